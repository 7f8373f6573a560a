"""What a title needs to be found in a list: the thing, and what is wrong or wanted."""

import re
from collections.abc import Iterator

from rat.model.finding import Finding
from rat.readiness.reading import Reading
from rat.readiness.rules import finding
from rat.readiness.substance import content, words

MIN_WORDS, MAX_TITLE = 2, 120

_PREFIX = re.compile(r"^\s*(?:\[[^\]\n]{1,30}\]\s*:?|[a-z]{2,10}(?:\([^)\n]{1,30}\))?:\s)\s*", re.IGNORECASE)


def title_smells(reading: Reading) -> Iterator[Finding]:
    """At most one finding: too short, empty of meaning, or too long."""
    title = _PREFIX.sub("", reading.title)
    own = content(title)
    if len(words(title)) < MIN_WORDS and not any(mark in title for mark in "._()"):
        yield finding("title-too-short", f"The title “{reading.title[:60]}” is too short to tell what this is about.")
    elif not own:
        yield finding("title-vague", f"The title “{reading.title[:60]}” fits any ticket.")
    elif len(title) > MAX_TITLE:
        yield finding("title-too-long", f"The title has {len(title)} characters.")
