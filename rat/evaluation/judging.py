"""A model says which of two refinements is better. It never learns whose they are, and sees each pair in both orders.

A judge that prefers what it is shown first, or second, thereby says "the same": what is left of a preference is about
the refinements. One sample is both orders; where one of them cannot be assessed, the sample counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from rat.asking import Asker
from rat.errors import CouldNotAssess
from rat.evaluation.dataset import Case
from rat.evaluation.matching import EXCUSE
from rat.intervals import Interval, wilson
from rat.model.strict import Strict

NAME = "judge"
EDGE = 1e-9


class Better(StrEnum):
    """Which of the two that were shown is better."""

    ONE = "one"
    TWO = "two"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the judge replies; prompts/judge.md.j2 says what each part is."""

    reason: str
    better: Better


@dataclass(frozen=True, kw_only=True, slots=True)
class Look(Strict):
    """One reply of the judge: *first* is the variant that it was shown first, *better* what it said, None for nothing
    that can be used, with the *reason*.
    """

    first: str
    better: Better | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample(Strict):
    """One ticket looked at in both orders. *preference* for the second variant: 0, 0.25 … 1, None if not assessed."""

    preference: float | None
    looks: tuple[Look, ...]

    @property
    def flipped(self) -> bool:
        """Whether the judge went with the place and not with the text: the same place both times."""
        said = [look.better for look in self.looks]
        return said in ([Better.ONE, Better.ONE], [Better.TWO, Better.TWO])


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict(Strict):
    """What the judge made of one ticket, over all samples; *preference* as in a sample."""

    id: str
    preference: float | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unjudged(Strict):
    """A ticket that the judge could not be asked about: why, and how that ends a run."""

    id: str
    error: str
    exit_code: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement(Strict):
    """Two variants in the judge's eyes. *win_rate* is the second's, a tie counting one half; None with no verdict.

    *flipped* of *samples* changed with the order alone, *lost* could not be assessed.
    """

    judge: str
    first: str
    second: str
    verdicts: tuple[Verdict, ...]
    unjudged: tuple[Unjudged, ...]
    wins: int
    ties: int
    losses: int
    win_rate: float | None
    interval: Interval | None
    samples: int
    flipped: int
    lost: int
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A variant's refinement of the case, as text."""

    variant: str
    text: str


def look_at(case: Case, first: Side, second: Side, *, askers: Sequence[Asker]) -> Verdict:
    """The verdict on one case, a sample for each of *askers*. Raises ModelError, BudgetError."""
    samples = tuple(_sample(case, first, second, asker, number) for number, asker in enumerate(askers, 1))
    given = [sample.preference for sample in samples if sample.preference is not None]
    return Verdict(id=case.id, preference=fmean(given) if given else None, samples=samples)


def judgement(
    judge: str, first: str, second: str, verdicts: Sequence[Verdict], unjudged: Sequence[Unjudged] = ()
) -> Judgement:
    """What *verdicts* say of the two variants, and what they cannot say."""
    preferences = [verdict.preference for verdict in verdicts if verdict.preference is not None]
    samples = [sample for verdict in verdicts for sample in verdict.samples]
    win_rate = fmean(preferences) if preferences else None
    interval = wilson(sum(preferences), len(preferences)) if preferences else None
    return Judgement(
        judge=judge,
        first=first,
        second=second,
        verdicts=tuple(verdicts),
        unjudged=tuple(unjudged),
        wins=sum(one > 1 / 2 + EDGE for one in preferences),
        ties=sum(abs(one - 1 / 2) <= EDGE for one in preferences),
        losses=sum(one < 1 / 2 - EDGE for one in preferences),
        win_rate=win_rate,
        interval=interval,
        samples=len(samples),
        flipped=sum(sample.flipped for sample in samples),
        lost=sum(sample.preference is None for sample in samples),
        sentence=_sentence(first, second, len(preferences), interval),
    )


def smallest_visible_win_rate(tickets: int) -> float | None:
    """The lowest win rate over *tickets* whose interval leaves out one half; None where even all wins do not."""
    wins = range(tickets // 2, tickets + 1)
    return next((won / tickets for won in wins if wilson(won, tickets).low > 1 / 2), None)


def _sample(case: Case, first: Side, second: Side, asker: Asker, number: int) -> Sample:
    looks = (_look(case, first, second, asker, number), _look(case, second, first, asker, number))
    points = [_points(look, second.variant) for look in looks if look.better is not None]
    return Sample(preference=fmean(points) if len(points) == len(looks) else None, looks=looks)


def _look(case: Case, one: Side, two: Side, asker: Asker, number: int) -> Look:
    inputs = {
        "ticket": f"{case.title}\n\n{case.body}",
        "expected": _expected(case),
        "one": one.text,
        "two": two.text,
        "sample": number,  # makes it a prompt of its own, which no kept reply answers
    }
    try:
        reply = asker.ask(NAME, inputs, Reply)
    except CouldNotAssess as problem:
        return Look(first=one.variant, better=None, reason=str(problem))
    return Look(first=one.variant, better=reply.better, reason=reply.reason)


def _points(look: Look, variant: str) -> float:
    """What a look gives *variant*: 1 where it is preferred, 0 where the other is, one half for the same."""
    if look.better is Better.SAME:
        return 1 / 2
    return float((look.better is Better.ONE) == (look.first == variant))


def _expected(case: Case) -> str:
    """What people said about the case, for the judge to hold both against."""
    must, must_not = case.must, case.must_not
    parts = (
        ("Where it lands", must.files),
        ("Decisions that bear on it", must.decisions),
        ("It goes against", must.conflicts),
        ("Tickets that ask for the same", must.tickets),
        ("To be asked", must.questions),
        ("To be required", must.criteria),
        ("Not asked for", must_not.scope),
        ("Not so", must_not.claims),
    )
    lines = [f"{name}: {'; '.join(map(_in_words, things))}" for name, things in parts if things]
    return "\n".join([*([case.notes] if case.notes else []), *lines]) or "Nothing was written down."


def _in_words(topic: str) -> str:
    """A topic as a person would put it: alternatives by "or", without the words that excuse."""
    parts = (" ".join(word for word in part.split() if not word.startswith(EXCUSE)) for part in topic.split("|"))
    return " or ".join(filter(None, parts))


def _sentence(first: str, second: str, tickets: int, interval: Interval | None) -> str:
    if interval is None:
        return "The judge could not assess a single ticket, so nothing can be said."
    if interval.low > 1 / 2:
        said = f"The judge prefers {second}."
    elif interval.high < 1 / 2:
        said = f"The judge prefers {first}."
    else:
        said = f"No difference between {first} and {second} can be told from chance."
    rate = smallest_visible_win_rate(tickets)
    if rate is None:
        return f"{said} With {tickets} tickets not even a win on every one could be told from chance."
    chance = f"a win rate above {1 - rate:.0%} and below {rate:.0%} cannot be told from chance"
    return f"{said} With {tickets} tickets {chance}."
