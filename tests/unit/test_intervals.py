import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.intervals import LARGE, bootstrap, newcombe, wilson


def test_wilsons_interval_is_that_of_newcombes_paper_on_one_share() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), 857 to 872, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    found = {case: wilson(*case) for case in published}
    assert {case: (round(one.low, 4), round(one.high, 4)) for case, one in found.items()} == published


def test_newcombes_interval_is_that_of_his_paper_on_differences() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), 873 to 890, table II, method 10.
    interval = newcombe((56, 70), (48, 80))
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.0524, 0.3339)
    interval = newcombe((9, 10), (3, 10))
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.1705, 0.8090)


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_itself_lies_in_its_interval(case: tuple[int, int]) -> None:
    interval = wilson(*case)
    assert 0 <= interval.low <= case[0] / case[1] <= interval.high <= 1


def test_the_bootstrap_agrees_with_the_normal_interval_on_a_large_sample() -> None:
    first, second = [float(n % 10) for n in range(400)], [float(n % 7) for n in range(400)]
    interval = bootstrap(first, second)
    difference = statistics.fmean(first) - statistics.fmean(second)
    error = ((statistics.variance(first) + statistics.variance(second)) / 400) ** 0.5
    assert interval.low == pytest.approx(difference - 1.96 * error, abs=0.06)
    assert interval.high == pytest.approx(difference + 1.96 * error, abs=0.06)


def test_the_same_samples_give_the_same_interval() -> None:
    assert bootstrap([1.0, 2.0], [3.0]) == bootstrap([1.0, 2.0], [3.0])


def test_a_large_sample_gives_about_the_interval_that_drawing_again_would_give() -> None:
    first, second = [float(n % 10) for n in range(LARGE + 1)], [float(n % 7) for n in range(LARGE + 1)]
    drawn, reckoned = bootstrap(first[:LARGE], second), bootstrap(first, second)
    assert reckoned.low == pytest.approx(drawn.low, abs=0.05)
    assert reckoned.high == pytest.approx(drawn.high, abs=0.05)


def test_a_hundred_thousand_values_are_no_matter() -> None:
    interval = bootstrap([1.0, 3.0] * 50_000, [1.0] * 100_000)
    assert interval.low < 1 < interval.high
    assert interval.high - interval.low < 0.02
