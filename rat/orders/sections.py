"""Which sections `/rat apply` names, as people write them: `criteria, test plan and tasks`."""

import re
from collections.abc import Iterator

from rat.model.command import Command
from rat.publishing.sections import named

MOST_WORDS = 3
"""Words of the longest name."""


def sections_in(command: Command) -> tuple[str, ...]:
    """The names on the command's first line, each once; a word that begins no name stands by itself."""
    first = command.words.partition("\n")[0].lower()
    return tuple(dict.fromkeys(name for phrase in re.split(r"[,;]", first) for name in _names(phrase.split())))


def _names(words: list[str]) -> Iterator[str]:
    words = [word for word in words if word not in ("and", "&", "the")]
    while words:
        size = next((size for size in range(MOST_WORDS, 1, -1) if named(" ".join(words[:size]))), 1)
        yield " ".join(words[:size])
        words = words[size:]
