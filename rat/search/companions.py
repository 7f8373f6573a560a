"""Which tests belong to a file, by the conventions of their names and folders."""

import re
from collections import defaultdict
from collections.abc import Sequence

from rat.search.kinds import LANGUAGES
from rat.search.path_words import PLAIN

SHOWN = 3
_AFFIXES = re.compile(
    r"^(?:tests?[-_.]|[Tt]est)|(?:[-_.](?:tests?|spec|e2e|stories|bench)|(?<=[a-z0-9])(?:Tests?|TestCase|IT|Spec))$"
)


class Companions:
    """The test files of a tree by the name of their subject."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._by_subject: defaultdict[str, list[str]] = defaultdict(list)
        for test in tests:
            if test.rpartition(".")[2].lower() in LANGUAGES:
                self._by_subject[subject_of(test)].append(test)

    def tests_of(self, path: str) -> tuple[str, ...]:
        """The tests named after *path*, those in the nearest folders first."""
        found = self._by_subject.get(name_of(path), [])
        folders = set(path.lower().split("/")[:-1])
        return tuple(
            sorted(found, key=lambda test: (-len(folders & set(test.lower().split("/"))), len(test), test))[:SHOWN]
        )


def name_of(path: str) -> str:
    """What a file is called: its name without suffix, for `__init__`, `index` and the like that of its folder."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return (folder.rpartition("/")[2] if stem in PLAIN and folder else stem).lower().strip("_")


def subject_of(test: str) -> str:
    """What a test file is named after: `test_url.py`, `url.test.ts`, `UrlTest.java` and `url_spec.rb` after `url`."""
    return _AFFIXES.sub("", test.rpartition("/")[2].rpartition(".")[0]).lower().strip("_")
