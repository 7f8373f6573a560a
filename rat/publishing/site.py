"""Where links go: every address in a document is built here, from the run's own settings and checked names."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from rat.publishing.document import Code, Inline, Link

_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_ISSUE = re.compile(r"([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)#([1-9]\d{0,9})")
_JIRA_KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9]\d{0,9}")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT_SHA = re.compile(r"[0-9a-f]{7,64}")
_SERVER = re.compile(r"https?://[^\s()<>\[\]|\"']+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The addresses of a run: GitHub's *server_url*, the *repository* of the checkout (`owner/repo`), the run, Jira.

    What is empty or does not look like what it should be gives code spans instead of links.
    """

    server_url: str = ""
    repository: str = ""
    run_url: str = ""
    jira_url: str = ""

    def file(
        self, path: str, *, head: str, lines: tuple[int, int] | None = None, label: str = "", is_code: bool = False
    ) -> Inline:
        """A link to *path* at the commit *head*, at *lines* if given, shown as *label* or else as the path in code."""
        shown = label or path
        if not (self._knows_repository() and _SHA.fullmatch(head)) or not _inside(path):
            return Code(shown)
        anchor = "" if lines is None else f"#L{lines[0]}" + (f"-L{lines[1]}" if lines[1] != lines[0] else "")
        return Link(
            shown, f"{self._base()}/blob/{head}/{quote(path, errors='replace')}{anchor}", is_code=is_code or not label
        )

    def commit(self, sha: str) -> Inline:
        """A link to a commit, shown by its first seven letters."""
        if not (self._knows_repository() and _SHORT_SHA.fullmatch(sha)):
            return Code(sha[:7])
        return Link(sha[:7], f"{self._base()}/commit/{sha}", is_code=True)

    def ticket(self, key: str) -> Inline:
        """A link to a ticket that leaves no trace on it.

        A link to an issue puts "mentioned this" on that issue; one by `redirect.github.com`, which leads to the same
        page, does not. Dependabot and Renovate write theirs in this way.
        """
        issue = _ISSUE.fullmatch(key)
        if issue and _SERVER.fullmatch(self.server_url):
            server = self.server_url.rstrip("/").replace("https://github.com", "https://redirect.github.com", 1)
            return Link(key, f"{server}/{issue[1]}/issues/{issue[2]}", is_code=True)
        if _JIRA_KEY.fullmatch(key) and _SERVER.fullmatch(self.jira_url):
            return Link(key, f"{self.jira_url.rstrip('/')}/browse/{key}")
        return Code(key)

    def run(self) -> Inline | None:
        """A link to this run, if it has an address."""
        return Link("this run", self.run_url) if _SERVER.fullmatch(self.run_url) else None

    def _knows_repository(self) -> bool:
        return bool(_SERVER.fullmatch(self.server_url) and _REPOSITORY.fullmatch(self.repository))

    def _base(self) -> str:
        return f"{self.server_url.rstrip('/')}/{self.repository}"


def _inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
