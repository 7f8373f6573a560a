"""What a ledger says, in figures: readiness, acceptance, grounding, time, cost. Pure; what is not known is None."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rat.intervals import Interval, wilson
from rat.model.ledger import Ending, RunRecord, Verdict
from rat.model.strict import Strict
from rat.reporting.episodes import Episode

AIM = 0.9
"""The share of tickets that shall be ready for a cold start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share(Strict):
    """*count* of *of*, with the interval of the share behind it; all of it None where *of* is 0."""

    count: int
    of: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread(Strict):
    """Values of one kind: how many are known, their mean, median and 90th percentile."""

    count: int
    mean: float
    median: float
    p90: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Metrics(Strict):
    """The figures over some episodes; docs/reporting.md says what each counts.

    Scores and shares are over tickets (their last refinement), tokens and cost over runs, those for one run over the
    runs that asked a model. *cost_unknown* counts the runs whose price is not known; the cost leaves them out.
    """

    tickets: int
    runs: int
    skipped: int
    failed: int
    before: Spread | None
    after: Spread | None
    ready: Share
    waiting: int
    questions_asked: int
    questions_answered: int | None
    grounded: Share
    accepted: Share
    unchanged: Share
    rejected: int
    undone: int
    changed: Spread | None
    minutes_to_proposal: Spread | None
    seconds: Spread | None
    calls: int
    tokens: int
    tokens_per_run: Spread | None
    cost_usd: float | None
    cost_unknown: int
    cost_per_run: Spread | None


def measure(episodes: Iterable[Episode]) -> Metrics:
    """The figures over *episodes*."""
    every = tuple(episodes)
    refined = tuple(episode for episode in every if episode.refined)
    runs = tuple(episode.run for episode in refined if episode.run)
    last = tuple({episode.key: episode.run for episode in refined if episode.run}.values())
    first = tuple({episode.key: episode.run for episode in reversed(refined) if episode.run}.values())
    costs = [run.cost_usd for run in runs if run.cost_usd is not None]
    verdicts = {key: verdict for episode in every for key, verdict in [(episode.key, verdict_of(episode))] if verdict}
    accepted = [key for key, verdict in verdicts.items() if verdict in (Verdict.APPLIED, Verdict.EDITED)]
    changes = {episode.key: change for episode in every if (change := change_of(episode)) is not None}
    known = [change for key, change in changes.items() if key in accepted]
    return Metrics(
        tickets=len(last),
        runs=len(runs),
        skipped=_ended(every, Ending.SKIPPED),
        failed=_ended(every, Ending.FAILED),
        before=spread(run.before for run in first),
        after=spread(run.after for run in last),
        ready=share(sum(run.ending is Ending.READY for run in last), len(last)),
        waiting=sum(run.ending is Ending.NEEDS_ANSWERS for run in last),
        questions_asked=_asked(runs),
        questions_answered=_answered(runs),
        grounded=share(
            sum(run.verified for run in runs), sum(max(run.cited, run.verified) + run.dropped for run in runs)
        ),
        accepted=share(len(accepted), len(verdicts)),
        unchanged=share(sum(not change for change in known), len(known)),
        rejected=sum(verdict is Verdict.REJECTED for verdict in verdicts.values()),
        undone=sum(verdict is Verdict.UNDONE for verdict in verdicts.values()),
        changed=spread(known),
        minutes_to_proposal=spread(minutes_to_proposal(episode) for episode in refined),
        seconds=spread(run.seconds for run in runs),
        calls=sum(run.calls for run in runs),
        tokens=sum(tokens_of(run) for run in runs),
        tokens_per_run=spread(tokens_of(run) for run in runs if run.calls),
        cost_usd=sum(costs) if costs else None,
        cost_unknown=len(runs) - len(costs),
        cost_per_run=spread(run.cost_usd for run in runs if run.calls),
    )


def share(count: int, of: int) -> Share:
    """*count* of *of* with Wilson's interval."""
    return Share(count=count, of=of, share=count / of if of else None, interval=wilson(count, of) if of else None)


def spread(values: Iterable[float | None]) -> Spread | None:
    """The spread of those *values* that are known; None where none is."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    tenth = known[min(len(known) - 1, -(-9 * len(known) // 10) - 1)]
    return Spread(count=len(known), mean=statistics.fmean(known), median=statistics.median(known), p90=tenth)


def verdict_of(episode: Episode) -> Verdict | None:
    """What a person made of the proposal in the end: the last decision counts."""
    return episode.decisions[-1].verdict if episode.decisions else None


def change_of(episode: Episode) -> float | None:
    """How much of the proposal was changed, as the last decision that knows it says; None where none does."""
    return next((one.changed for one in reversed(episode.decisions) if one.changed is not None), None)


def minutes_to_proposal(episode: Episode) -> float | None:
    """Minutes from the label that asked for a refinement to its comment; None where one of the times is missing."""
    offered = next((o.at for o in episode.offers if o.purpose == "refinement" and o.action in _OFFERED), "")
    try:
        labelled = datetime.fromisoformat(episode.run.labelled_at if episode.run else "")
        minutes = (datetime.fromisoformat(offered) - labelled).total_seconds() / 60
    except (ValueError, TypeError):
        return None
    return minutes if minutes >= 0 else None


_OFFERED = ("created", "updated")
"""How an offer ends that a person sees."""


def tokens_of(run: RunRecord) -> int:
    """All tokens of *run*, read and written."""
    return run.prompt_tokens + run.completion_tokens


def _ended(episodes: Sequence[Episode], ending: Ending) -> int:
    return sum(episode.run is not None and episode.run.ending is ending for episode in episodes)


def _asked(runs: Sequence[RunRecord]) -> int:
    """The questions of all tickets; one that is asked again in the next run is not counted twice."""
    most: dict[tuple[str, str], int] = {}
    for run in runs:
        key = (run.repository, run.ticket)
        most[key] = max(most.get(key, 0), run.questions)
    return sum(most.values())


def _answered(runs: Sequence[RunRecord]) -> int | None:
    known: dict[tuple[str, str], int] = {}
    for run in runs:
        if run.answered is not None:
            key = (run.repository, run.ticket)
            known[key] = max(known.get(key, 0), run.answered)
    return sum(known.values()) if known else None
