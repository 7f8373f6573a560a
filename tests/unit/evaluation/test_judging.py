"""Blind judging: both orders, no names, nothing guessed."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.asking import Asker, open_session
from rat.evaluation.dataset import Must
from rat.evaluation.judging import Better, Look, Sample, Side, Verdict, judgement, look_at, smallest_visible_win_rate
from rat.model import Usage
from rat.model.settings import ModelSettings, Settings
from rat.ports import Completion, Finish, Prompt
from rat.templates import Templates
from tests.unit.evaluation.cases import case

Opinion = Callable[[str, str], str]
GOOD, POOR = "A short and true text.", "A poor text."
SIDES = (Side(variant="alpha-7b", text=POOR), Side(variant="omega-70b", text=GOOD))


class Judge:
    """Says what its opinion of the two texts is, and keeps what it was shown."""

    name = "fake"

    def __init__(self, opinion: Opinion) -> None:
        self._opinion = opinion
        self.prompts: list[Prompt] = []

    def complete(self, prompt: Prompt, *, model: str) -> Completion:
        self.prompts.append(prompt)
        one, _, two = prompt.user.partition("# Refinement two")
        reply = self._opinion(one.partition("# Refinement one")[2], two)
        return Completion(text=reply, finish=Finish.STOP, usage=Usage(calls=1))


def says(better: str) -> str:
    return json.dumps({"better": better, "reason": "So it is."})


def prefers_good(one: str, _two: str) -> str:
    return says("one" if GOOD in one else "two")


def verdict_of(judge: Judge, samples: int = 3) -> Verdict:
    settings = Settings(model=ModelSettings(name="m"))
    session = open_session(llm=judge, settings=settings, templates=Templates())
    expected = case(must=Must(criteria=("last day|31 may !april",)), notes="The last day counts.")
    return look_at(expected, *SIDES, askers=[Asker(session, key="T-1") for _ in range(samples)])


def test_a_judge_with_an_opinion_is_heard_whatever_the_order() -> None:
    verdict = verdict_of(Judge(prefers_good))
    assert verdict.preference == 1
    assert [look.first for look in verdict.samples[0].looks] == ["alpha-7b", "omega-70b"]


@pytest.mark.parametrize("place", ["one", "two"])
def test_a_judge_that_goes_by_the_place_says_the_same_and_is_found_out(place: str) -> None:
    verdict = verdict_of(Judge(lambda _one, _two: says(place)))
    assert verdict.preference == 0.5
    assert all(sample.flipped for sample in verdict.samples)
    total = judgement("j", "a", "b", [verdict] * 30)
    assert (total.win_rate, total.ties, total.flipped, total.samples) == (0.5, 30, 90, 90)


def test_both_orders_are_shown_for_each_sample_and_no_name_with_them() -> None:
    judge = Judge(prefers_good)
    verdict_of(judge, samples=2)
    shown = [prompt.user.index(GOOD) < prompt.user.index(POOR) for prompt in judge.prompts]
    assert shown == [False, True, False, True]
    assert len({prompt.user for prompt in judge.prompts}) == 4
    assert not any(side.variant in prompt.system + prompt.user for prompt in judge.prompts for side in SIDES)
    assert all("The last day counts." in prompt.user for prompt in judge.prompts)
    assert all("To be required: last day or 31 may\n" in prompt.user for prompt in judge.prompts)


@pytest.mark.parametrize("reply", ["no JSON", says("alpha-7b"), '{"better": "one"}', '{"better": 1, "reason": "x"}'])
def test_a_reply_that_cannot_be_used_is_asked_for_again_and_then_not_guessed(reply: str) -> None:
    judge = Judge(lambda _one, _two: reply)
    verdict = verdict_of(judge, samples=1)
    assert verdict.preference is None
    assert [look.better for look in verdict.samples[0].looks] == [None, None]
    assert "could not assess" in verdict.samples[0].looks[0].reason
    assert len(judge.prompts) == 4


def test_a_sample_with_one_order_only_counts_for_nothing() -> None:
    verdict = verdict_of(Judge(lambda one, _two: says("one") if GOOD in one else "garbage"), samples=2)
    assert verdict.preference is None
    total = judgement("j", "a", "b", [verdict])
    assert (total.win_rate, total.interval, total.lost) == (None, None, 2)
    assert "nothing can be said" in total.sentence


def verdict(preference: float | None) -> Verdict:
    look = Look(first="a", better=Better.SAME, reason="")
    return Verdict(id="T", preference=preference, samples=(Sample(preference=preference, looks=(look, look)),))


def test_the_sentence_says_who_is_preferred_or_what_cannot_be_told() -> None:
    def sentence(*preferences: float) -> str:
        return judgement("j", "old", "new", [verdict(one) for one in preferences]).sentence

    assert sentence(*[1.0] * 30).startswith("The judge prefers new.")
    assert sentence(*[0.0] * 30).startswith("The judge prefers old.")
    assert sentence(*[1.0] * 17, *[0.0] * 13).startswith("No difference between old and new can be told from chance.")
    assert "With 30 tickets a win rate above 30% and below 70% cannot be told from chance." in sentence(*[0.5] * 30)
    assert "With 3 tickets not even a win on every one could be told from chance." in sentence(1, 1, 1)


@given(st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1]), min_size=1, max_size=60))
def test_swapping_the_variants_mirrors_the_result(preferences: list[float]) -> None:
    there = judgement("j", "a", "b", [verdict(one) for one in preferences])
    back = judgement("j", "b", "a", [verdict(1 - one) for one in preferences])
    assert there.win_rate == pytest.approx(1 - (back.win_rate or 0))
    assert (there.wins, there.ties, there.losses) == (back.losses, back.ties, back.wins)
    assert there.interval is not None
    assert back.interval is not None
    assert there.interval.low == pytest.approx(1 - back.interval.high)


def test_more_tickets_make_smaller_differences_visible() -> None:
    rates = [smallest_visible_win_rate(count) or 2 for count in (3, 10, 30, 100, 400)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == 2
