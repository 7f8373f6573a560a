import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.reporting.edits import MOST_WORDS, changed_share

WORDS = st.lists(st.sampled_from(["pay", "price", "cents", "list"]), max_size=8)


@pytest.mark.parametrize(
    ("offered", "stands", "share"),
    [
        ("", "", 0.0),
        ("pay in cents", "pay  in\ncents", 0.0),
        ("pay in cents", "pay in euros", 1 / 3),
        ("pay in cents", "", 1.0),
        ("pay in cents", "pay only in cents", 1 / 4),
        ("a b c d", "e f g h", 1.0),
    ],
)
def test_the_share_is_the_edit_distance_over_the_longer_text(offered: str, stands: str, share: float) -> None:
    assert changed_share(offered, stands) == pytest.approx(share)


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS)
def test_the_share_is_symmetric_bounded_and_0_only_for_the_same_words(one: list[str], two: list[str]) -> None:
    share = changed_share(" ".join(one), " ".join(two))
    assert 0 <= share <= 1
    assert share == changed_share(" ".join(two), " ".join(one))
    assert (share == 0) == (one == two)


def test_a_very_long_text_takes_bounded_work_and_one_changed_word_stays_small() -> None:
    words = [str(n) for n in range(MOST_WORDS * 20)]
    assert changed_share(" ".join(words), " ".join([*words[:100], "x", *words[101:]])) == pytest.approx(1 / len(words))
    assert changed_share(" ".join(words), "x") == pytest.approx(1.0)
