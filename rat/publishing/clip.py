"""Shortens one text to what a reader takes in; done before anything is escaped, so a cut can bring nothing to life."""

import re

from rat.publishing.inert import visible

LIMIT = 1200


def clip(text: str, limit: int = LIMIT) -> str:
    """*text*, or its beginning up to a word's end and how many characters were left out. Counts code points."""
    text = visible(text[: 4 * limit]).strip() if len(text) > 4 * limit else visible(text).strip()
    if len(text) <= limit:
        return text
    kept = text[:limit].rsplit(maxsplit=1)[0] if re.search(r"\s", text[:limit]) else text[:limit]
    return f"{kept.rstrip()} … (shortened)"


def paragraphs(text: str, *, limit: int = 4000) -> tuple[str, ...]:
    """The paragraphs of a longer text, at most *limit* code points in all."""
    parts = re.split(r"\n\s*\n", clip(text, limit))
    return tuple(" ".join(part.split()) for part in parts if part.strip())
