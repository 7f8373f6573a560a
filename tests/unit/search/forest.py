"""A checkout in memory, for the search's tests."""

from dataclasses import dataclass, field
from pathlib import Path

from rat.model import Commit


@dataclass(kw_only=True)
class Forest:
    """Fulfils `rat.ports.Checkout` from a dict of texts."""

    texts: dict[str, str | bytes]
    history: tuple[Commit, ...] = ()
    root: Path = Path("/forest")
    head: str = "0" * 40
    reads: list[str] = field(default_factory=list)

    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self.texts))

    def read(self, path: str) -> bytes | None:
        self.reads.append(path)
        text = self.texts.get(path)
        return text.encode() if isinstance(text, str) else text

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        return self.history[:limit]

    def has_commit(self, sha: str) -> bool:
        return any(commit.sha.startswith(sha) for commit in self.history)

    def notes(self) -> tuple[str, ...]:
        return ()


def commit(number: int, subject: str, *files: str, body: str = "") -> Commit:
    return Commit(
        sha=f"{number:040x}", author="Ada", email="a@b", date="2026-01-01", subject=subject, body=body, files=files
    )
