"""The run itself: read, refine with each variant, measure, judge, and say what to keep in mind."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rat import __version__, results
from rat.batch import Progress
from rat.connect import Connections
from rat.decode import encode
from rat.errors import ConfigError, TicketsFailed
from rat.evaluation.dataset import read_dataset
from rat.evaluation.outcome import Evaluation, compared
from rat.evaluation.variants import read_variants
from rat.model.access import Access
from rat.trial.judges import judged
from rat.trial.setting import Trial, checkouts_of
from rat.trial.work import Worked, work

NAMED = 10
"""How many failures the last message names; the results have all of them."""


def evaluate(trial: Trial, *, progress: Progress) -> Evaluation:
    """What came of *trial*; the refinements are kept in its folder, if it has one. Raises ConfigError.

    A ticket that fails is measured as failed and stops nothing: `failures_of` says how the run ends.
    """
    cases = read_dataset(trial.dataset)
    variants = read_variants(trial.variants)
    if trial.judge and len(variants) == 1:
        raise ConfigError("A judge compares two variants, and there is one. Give `--variant` twice.")
    with checkouts_of(cases, trial) as checkouts:
        worked = [work(variant, cases, checkouts, trial, progress=progress) for variant in variants]
        judgements = judged(worked, cases, checkouts, trial)
        heads = {name: Connections(access=Access(), repo=folder).checkout.head for name, folder in checkouts.items()}
    outcomes = tuple(one.outcome for one in worked)
    return Evaluation(
        version=__version__,
        dataset=str(trial.dataset),
        tickets=len(cases),
        heads=heads,
        variants=outcomes,
        comparisons=compared(outcomes),
        judgements=judgements,
        notes=tuple(_caveats(worked, trial)),
    )


def failures_of(evaluation: Evaluation) -> TicketsFailed | None:
    """What ends the run non-zero: the refinements and verdicts that there are not."""
    lost = [
        (f"{one.name}, {gap.id}: {gap.error}", gap.exit_code) for one in evaluation.variants for gap in one.failures
    ]
    unseen = [(f"judge, {gap.id}: {gap.error}", gap.exit_code) for one in evaluation.judgements for gap in one.unjudged]
    gaps = lost + unseen
    if not gaps:
        return None
    total = evaluation.tickets * len(evaluation.variants)
    counts = [f"{len(lost)} of {total} refinements failed."] if lost else []
    counts += [f"Tickets not judged: {len(unseen)}."] if unseen else []
    return TicketsFailed(
        f"{' '.join(counts)} {'; '.join(text for text, _ in gaps[:NAMED])}",
        exit_code=gaps[0][1],
    )


def keep(evaluation: Evaluation, text: str, page: str, folder: Path) -> None:
    """Write `evaluation.json`, `evaluation.txt` and `evaluation.html` to *folder*. Raises ConfigError."""
    results.keep_json(encode(evaluation), folder / "evaluation.json")
    for name, content in (("evaluation.txt", text), ("evaluation.html", page)):
        try:
            (folder / name).write_text(content, encoding="utf-8", errors="backslashreplace")
        except OSError as problem:
            raise ConfigError(f"{folder / name} could not be written ({problem.strerror}). Check --out.") from problem


def _caveats(worked: Sequence[Worked], trial: Trial) -> Iterator[str]:
    """What a reader has to know before believing the figures."""
    models = {one.model for one in worked} | {m for one in worked for m in one.variant.per_agent.values()}
    measured = [measurement for one in worked for measurement in one.measured]
    if trial.judge and trial.judge in models:
        yield f"The judge {trial.judge} also wrote: models favour their own texts. Take another one as judge."
    if "" in models:
        yield "With no model nothing is drafted: criteria, drafted facts, words and citations are not measured there."
    if "" in models and len(models) > 1:
        yield "“covered: everything” expects more where there is a draft: compare the kinds one by one."
    if cached := sum(one.cached for one in measured):
        yield f"{cached} replies had been paid for before: calls and tokens leave them out."
    if any(one.usage.estimated for one in measured):
        yield "The server reported no tokens for some calls: those are estimated."
    if any(one.usage.calls for one in measured) and not any(one.usage.cost_usd for one in measured):
        yield "No cost is known: give `budget.prices` in the configuration."
