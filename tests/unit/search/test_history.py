import pytest

from rat.search.history import History
from rat.search.vocabulary import Wanted
from tests.unit.search.forest import commit

pytestmark = pytest.mark.usefixtures("either_matcher")

COMMITS = (
    commit(1, "Retry budget for uploads", "src/upload.py", "src/budget.py"),
    commit(2, "Format everything", *(f"src/{number}.py" for number in range(100))),
    commit(3, "Merge branch", body="nothing of its own"),
    commit(4, "Fix the retry budget", "src/budget.py", body="It was spent twice\n\nCo-authored-by: Zebra <z@z>"),
    commit(5, "Rename the parser", "src/parser.py", "src/budget.py"),
)


def test_commits_that_read_like_the_ticket_speak_for_their_files() -> None:
    spoken = History(COMMITS).speak({"retry": 1.0, "budget": 1.0})
    assert [found.number for found in spoken.alike] == [0, 3]
    assert max(spoken.by_path, key=lambda path: spoken.by_path[path]) == "src/budget.py"
    assert "src/parser.py" not in spoken.by_path
    assert spoken.alike[0].shared == ("retry", "budget")


def test_wide_commits_merges_and_names_of_co_authors_say_nothing() -> None:
    history = History(COMMITS)
    assert history.speak({"format": 1.0, "everything": 1.0, "branch": 1.0, "zebra": 1.0}).by_path == {}
    assert list(history.changes("src/7.py")) == []


def test_files_that_change_together_are_known_by_their_share() -> None:
    together = History(COMMITS).together("src/budget.py")
    assert together == {"src/upload.py": 0.2, "src/parser.py": 0.2}


def test_no_history_says_nothing() -> None:
    assert History(()).speak({"retry": 1.0}).alike == ()
    assert History(()).together("src/a.py") == {}


def test_the_words_of_one_ticket_are_enough_for_it() -> None:
    asked = {"retry": 1.0, "budget": 1.0}
    assert History(COMMITS, Wanted(asked, [])).speak(asked) == History(COMMITS).speak(asked)
