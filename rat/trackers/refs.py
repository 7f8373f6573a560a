"""What a ticket's name on the command line means: `#12`, `owner/repo#12`, a URL, a Jira key, a file, `-`."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from rat.errors import ConfigError
from rat.model.ticket import TicketRef, TrackerKind

_FILE_SUFFIXES = (".md", ".markdown", ".json", ".jsonl")
_NUMBER = re.compile(r"#([1-9]\d{0,18})")
# Owner and repository names: https://docs.github.com/rest/repos/repos (letters, digits, `-`, `_`, `.`)
_ISSUE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100})#([1-9]\d{0,18})")
_ISSUE_PATH = re.compile(r"(?:.*/)?([A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100})/issues/([1-9]\d{0,18})/?")
_PULL_PATH = re.compile(r".*/([^/]+/[^/]+)/pulls?/(\d+)(?:/.*)?")
# The default key pattern of Jira: https://confluence.atlassian.com/adminjiraserver/changing-the-project-key-format-938847081.html
_JIRA_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,18}")
_GATEWAY = "api.atlassian.com"
_FORMS = (
    "Give `#12`, `owner/repo#12`, an issue URL, a Jira key such as PAY-17 or its URL, "
    "a .md, .json or .jsonl file, or `-`."
)


def parse_ref(text: str, *, default_repository: str, jira_url: str) -> TicketRef:
    """What *text* names. `#12` is an issue of *default_repository* (`owner/repo`). Raises ConfigError."""
    name = text.strip()
    if name == "-" or (name.lower().endswith(_FILE_SUFFIXES) and "://" not in name):
        return TicketRef(tracker=TrackerKind.FILE, key=name)
    if "://" in name:
        return _parse_url(name, jira_url=jira_url)
    if found := _ISSUE.fullmatch(name):
        return TicketRef(tracker=TrackerKind.GITHUB, key=f"{found[1]}#{found[2]}")
    if found := _NUMBER.fullmatch(name):
        if not default_repository:
            raise ConfigError(
                f"{name} does not say in which repository. Give owner/repo{name}, or set GITHUB_REPOSITORY=owner/repo."
            )
        return TicketRef(tracker=TrackerKind.GITHUB, key=f"{default_repository}{name}")
    if _JIRA_KEY.fullmatch(name):
        return TicketRef(tracker=TrackerKind.JIRA, key=name)
    if name and _is_file(name):
        return TicketRef(tracker=TrackerKind.FILE, key=name)
    raise ConfigError(f"{shown(text)} names no ticket.{_nearest(name)} {_FORMS}")


def shown(text: str, *, limit: int = 100) -> str:
    """*text* for a message: on one line, its control characters spelled out, cut at *limit*."""
    return repr(text if len(text) <= limit else text[:limit] + "…")


def split_issue(ref: TicketRef) -> tuple[str, int]:
    """The repository and number of a GitHub issue. Raises ConfigError for any other ticket."""
    found = _ISSUE.fullmatch(ref.key)
    if found is None:
        raise ConfigError(f"{shown(ref.key)} is not an issue of GitHub. Give owner/repo#12.")
    return found[1], int(found[2])


def _parse_url(name: str, *, jira_url: str) -> TicketRef:
    try:
        url = urlsplit(name)
    except ValueError as error:
        raise ConfigError(f"{shown(name)} is not a URL ({error}). {_FORMS}") from error
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ConfigError(f"{shown(name)} is not the address of a ticket. {_FORMS}")
    if found := _PULL_PATH.fullmatch(url.path):
        raise ConfigError(
            f"{found[1]}#{found[2]} is a pull request, not a ticket. "
            f"`rat impact {found[2]}` says which tickets it touches."
        )
    if found := _ISSUE_PATH.fullmatch(url.path):
        return TicketRef(tracker=TrackerKind.GITHUB, key=f"{found[1]}#{found[2]}")
    key = _jira_key(url.path, url.query)
    if not key:
        raise ConfigError(f"{shown(name)} is not the address of an issue. {_FORMS}")
    ours = urlsplit(jira_url).hostname
    if ours and ours not in (url.hostname, _GATEWAY):
        raise ConfigError(
            f"{key} lies on {url.hostname}, but JIRA_URL is {ours}. Set JIRA_URL to the Jira that has it."
        )
    return TicketRef(tracker=TrackerKind.JIRA, key=key)


def _jira_key(path: str, query: str) -> str:
    """The key in a browse, board or project address of Jira; empty without one."""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    selected = parse_qs(query, max_num_fields=50).get("selectedIssue", [""])[0]
    return next((key for key in (selected, last) if _JIRA_KEY.fullmatch(key)), "")


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _nearest(name: str) -> str:
    if name.isascii() and name.isdigit():
        return f" Did you mean #{name}?"
    if _JIRA_KEY.fullmatch(name.upper()):
        return f" Did you mean {name.upper()}?"
    return ""
