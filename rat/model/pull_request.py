"""What a pull request changes."""

from dataclasses import dataclass

from rat.model.strict import Strict


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile(Strict):
    """A file that a pull request changes; *status* is added, modified, removed or renamed, *patch* its unified diff."""

    path: str
    status: str
    patch: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequest(Strict):
    """A pull request as RAT reads it; *key* is `owner/repo#12`."""

    key: str
    title: str
    body: str
    branch: str
    base: str
    head_sha: str
    author: str = ""
    url: str = ""
    state: str = "open"
    updated_at: str = ""
    from_fork: bool = False
    commits: tuple[str, ...] = ()
    files: tuple[ChangedFile, ...] = ()
