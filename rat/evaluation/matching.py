"""When a text counts as saying something. Two rules, both of plain string matching, so that anybody can retrace them.

A *topic* has alternatives parted by `|`. An alternative is met by a text in which each of its words begins a word, in
any order: `retry|try again` is met by "the call is retried". Words with `!` in front excuse: where the text has one,
that alternative is not met (`websocket !not`). Case does not count, nor do differences of Unicode form.

A *literal* has alternatives too. It is met by a text that holds one letter by letter, not inside a longer word.
"""

import functools
import re
import unicodedata

EXCUSE = "!"


def meets(text: str, topic: str) -> bool:
    """Whether one *text* (a criterion, a question, a statement) is about *topic*."""
    plain = _plain(text)
    return any(_all_words(plain, alternative) for alternative in topic.split("|") if alternative.strip())


def holds(text: str, literal: str, *, any_case: bool = False) -> bool:
    """Whether *text* holds *literal*; case counts unless told otherwise."""
    alternatives = [part.strip() for part in literal.split("|") if part.strip()]
    return any(_pattern(part, any_case=any_case).search(text) is not None for part in alternatives)


def _all_words(plain: str, alternative: str) -> bool:
    words = _plain(alternative).split()
    wanted = [word for word in words if not _excuses(word)]
    excuses = [word.removeprefix(EXCUSE) for word in words if _excuses(word)]
    return all(_begins(plain, word) for word in wanted) and not any(_begins(plain, word) for word in excuses)


def _excuses(word: str) -> bool:
    return word.startswith(EXCUSE) and len(word) > 1


def _begins(plain: str, word: str) -> bool:
    return _beginning(word).search(plain) is not None


@functools.lru_cache(maxsize=4096)
def _beginning(word: str) -> re.Pattern[str]:
    """*word* at the beginning of a word; a number is matched whole, for 15 is not 150."""
    before = r"(?<!\w)" if re.match(r"\w", word) else ""
    after = r"(?!\d)" if word[-1].isdigit() else ""
    return re.compile(before + re.escape(word) + after)


@functools.lru_cache(maxsize=4096)
def _pattern(literal: str, *, any_case: bool) -> re.Pattern[str]:
    before = r"(?<!\w)" if re.match(r"\w", literal) else ""
    after = r"(?!\w)" if re.search(r"\w$", literal) else ""
    return re.compile(before + re.escape(literal) + after, re.IGNORECASE if any_case else 0)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("`", "")
