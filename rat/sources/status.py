"""What became of a decision, whatever words, marks or emoji its author used for it."""

import re
from enum import StrEnum

from rat.sources.headings import plain


class DecisionStatus(StrEnum):
    """The normalised status of a decision."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


_WORDS = {
    DecisionStatus.SUPERSEDED: r"super[sc]eded|superceeded|superseeded|replaced|overridden|overruled|obsoleted by",
    DecisionStatus.DEPRECATED: r"deprecated|obsoleted?|retired|outdated|expired|archived|no longer (?:valid|relevant)",
    DecisionStatus.REJECTED: (
        r"rejected|declined|denied|abandoned|withdrawn|cancell?ed|discarded|dismissed|won'?t (?:do|fix)|reverted"
        r"|not (?:accepted|approved|adopted)|no-?go"
    ),
    DecisionStatus.PROPOSED: (
        r"proposed|proposal|drafted|draft|pending|(?:in |under |for |to be |awaiting )?(?:review(?:ed|ing)?"
        r"|discuss(?:ion|ed))|in[- ]progress|work in progress|wip"
        r"|rfc|request for comments?|open|incomplete|provisional|undecided|to be decided|idea|deferred"
        r"|postponed|on hold|suggested|new"
    ),
    DecisionStatus.ACCEPTED: (
        r"accepted|approved|active|adopted|implemented|implementable|decided|agreed|done|final(?:i[sz]ed)?"
        r"|in (?:force|effect|use)|ratified"
        r"|enacted|current|confirmed|^completed?|resolved|endorsed|valid|committed"
    ),
}
_STATUS = re.compile(
    r"(?i)(?<![\w-])(?:" + "|".join(f"(?P<{status.name}>{words})" for status, words in _WORDS.items()) + r")(?![\w])"
)
_EMOJI = {
    "✅": DecisionStatus.ACCEPTED, "☑": DecisionStatus.ACCEPTED, "✔": DecisionStatus.ACCEPTED,
    "🟢": DecisionStatus.ACCEPTED,
    "👍": DecisionStatus.ACCEPTED, "❌": DecisionStatus.REJECTED, "✖": DecisionStatus.REJECTED,
    "🚫": DecisionStatus.REJECTED,
    "👎": DecisionStatus.REJECTED, "🔴": DecisionStatus.REJECTED, "🤔": DecisionStatus.PROPOSED,
    "🟡": DecisionStatus.PROPOSED,
    "📝": DecisionStatus.PROPOSED, "🚧": DecisionStatus.PROPOSED, "💬": DecisionStatus.PROPOSED,
    "⌛": DecisionStatus.SUPERSEDED,
    "⏳": DecisionStatus.PROPOSED, "🗑": DecisionStatus.DEPRECATED, "⚠": DecisionStatus.DEPRECATED,
}  # fmt: skip

_NEXT = re.compile(r"\s*(?:->|=>|→|⇒|➡|»)\s*")
_STRUCK = re.compile(r"~~[^~]{0,200}~~|<(?:del|s|strike)>[^<]{0,200}</(?:del|s|strike)>")
_TICKED = re.compile(r"^\s*(?:[-*+]\s+)?\[[xX]\]\s*(.+)$", re.MULTILINE)
_BOX = re.compile(r"^\s*(?:[-*+]\s+)?\[[ xX]\]", re.MULTILINE)


def normalise(raw: str) -> DecisionStatus:
    """The status that one line of text states; a choice left unmade ("proposed | accepted") is unknown."""
    words = plain(_NEXT.split(_STRUCK.sub("", raw))[-1])
    if not is_chosen(words):
        return DecisionStatus.UNKNOWN
    found = [DecisionStatus[match.lastgroup] for match in _STATUS.finditer(words[:300]) if match.lastgroup]
    if DecisionStatus.SUPERSEDED in found:
        return DecisionStatus.SUPERSEDED
    if found:
        return found[0]
    return next((status for mark, status in _EMOJI.items() if mark in raw), DecisionStatus.UNKNOWN)


def is_chosen(raw: str) -> bool:
    """Whether *raw* is one status rather than a template's list of them."""
    names = {match.lastgroup for match in _STATUS.finditer(raw[:300])}
    return not (len(names) > 1 and ("|" in raw or raw.count("/") >= 2 or raw.count(",") >= 2))  # noqa: PLR2004


def stated(text: str) -> tuple[str, DecisionStatus]:
    """The line of a status section that says how things stand, and what it says.

    Of several lines, one that ends a decision (superseded, deprecated, rejected) counts more than one that began it;
    of a dated history the last line counts; of tick boxes the ticked one.
    """
    ticked = _TICKED.findall(text)
    boxes = _BOX.search(text)
    lines = ticked if ticked else [] if boxes else [line.strip() for line in text.split("\n") if line.strip()]
    read = [(line, normalise(line)) for line in lines[:20] if len(line) < 300]  # noqa: PLR2004
    known = [(line, status) for line, status in read if status is not DecisionStatus.UNKNOWN]
    over = (DecisionStatus.SUPERSEDED, DecisionStatus.DEPRECATED, DecisionStatus.REJECTED)
    ended = [pair for pair in known if pair[1] in over and len(plain(pair[0]).split()) <= 25]  # noqa: PLR2004
    if ended:
        return _clean(ended[-1][0]), ended[-1][1]
    if known:
        dated = all(re.search(r"\d{4}", line) for line, _ in known)
        line, status = known[-1] if dated else known[0]
        return _clean(line), status
    first = next((line for line, _ in read), "")
    return _clean(first), DecisionStatus.UNKNOWN


def _clean(line: str) -> str:
    return unmarked(re.sub(r"^(?:[-*+>]\s+)?", "", line.strip()).rstrip("\\").strip())


def unmarked(text: str) -> str:
    """*text* without emphasis marks around the whole of it, or left over at one end."""
    found = re.fullmatch(r"([*_]{1,3})([^*_]+)\1", text)
    bare = found[2] if found else text
    return bare.strip("* ") if bare.count("*") in (1, 2) and (bare.startswith("*") != bare.endswith("*")) else bare
