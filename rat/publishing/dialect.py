"""A document in the form that a tracker takes, within its limit, and two such texts compared."""

import hashlib
import json
from collections.abc import Iterator

from rat.ports import Dialect
from rat.publishing.adf import write_adf
from rat.publishing.document import Document
from rat.publishing.fit import fit
from rat.publishing.markdown import write_markdown
from rat.publishing.wiki import write_wiki

# GitHub refuses more than 65,536 characters (and has been seen to keep the old text with a 200), Jira more than 32,767.
# How Jira counts ADF is not documented, so its JSON is counted, which is the longest reading.
LIMITS = {Dialect.MARKDOWN: 60_000, Dialect.ADF: 32_000, Dialect.WIKI: 32_000}


def write(document: Document, dialect: Dialect) -> str:
    """*document* as text of *dialect*; ADF as compact JSON."""
    match dialect:
        case Dialect.MARKDOWN:
            return write_markdown(document)
        case Dialect.ADF:
            return json.dumps(write_adf(document), ensure_ascii=False, separators=(",", ":"))
        case Dialect.WIKI:
            return write_wiki(document)


def write_fitting(document: Document, dialect: Dialect, *, reserved: int = 0) -> str:
    """*document* as text of *dialect*, shortened by section to the tracker's limit less *reserved* code points."""
    return write(fit(document, limit=LIMITS[dialect] - reserved, write=lambda part: write(part, dialect)), dialect)


def same_text(one: str, other: str, dialect: Dialect) -> bool:
    """Whether a tracker that stored *one* and gives *other* kept it: line ends, and what Jira adds to ADF, aside."""
    return comparable(one, dialect) == comparable(other, dialect)


def comparable(text: str, dialect: Dialect) -> str:
    """*text* without what a tracker may change of its own accord: line ends, and in ADF every attribute but links'."""
    if dialect is not Dialect.ADF:
        return text.replace("\r\n", "\n").strip()
    try:
        return json.dumps(list(_substance(json.loads(text))), ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def text_hash(text: str, dialect: Dialect) -> str:
    """SHA-256 (hex, 16 digits) over what a tracker keeps of *text*."""
    return hashlib.sha256(comparable(text, dialect).encode(errors="surrogatepass")).hexdigest()[:16]


def _substance(node: object) -> Iterator[object]:
    if isinstance(node, list):
        for part in node:
            yield from _substance(part)
    elif isinstance(node, dict):
        attrs = node.get("attrs")
        link = attrs.get("href") or attrs.get("title") if isinstance(attrs, dict) else None
        marks = node.get("marks")
        yield [node.get("type"), node.get("text"), link, list(_substance(marks)) if marks else None]
        yield from _substance(node.get("content"))
