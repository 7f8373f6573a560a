"""What `rat eval` found, as it is written to JSON; keys may be added, these stay."""

from dataclasses import dataclass

from rat.evaluation.judging import Judgement
from rat.evaluation.measure import Measurement
from rat.evaluation.metrics import Difference, Mean, differences, means
from rat.model.strict import Strict
from rat.model.variant import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried(Strict):
    """One variant on every ticket. *prompts* names the templates that it replaced; *model* is empty for none."""

    name: str
    model: str
    base_url: str
    per_agent: dict[str, str]
    team: tuple[str, ...]
    prompts: tuple[str, ...]
    means: tuple[Mean, ...]
    measurements: tuple[Measurement, ...]

    @property
    def failures(self) -> tuple[Measurement, ...]:
        """The tickets that could not be refined."""
        return tuple(one for one in self.measurements if one.error)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Strict):
    """Two variants by the figures; *second* less *first*."""

    first: str
    second: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation(Strict):
    """A whole run. *heads* maps each checkout (as the data set names it) to the commit that was read."""

    version: str
    dataset: str
    tickets: int
    heads: dict[str, str]
    variants: tuple[Tried, ...]
    comparisons: tuple[Comparison, ...]
    judgements: tuple[Judgement, ...]
    notes: tuple[str, ...]


def tried(variant: Variant, model: str, measured: tuple[Measurement, ...]) -> Tried:
    """What came of *variant*, which asked *model*."""
    return Tried(
        name=variant.name,
        model=model,
        base_url=variant.base_url,
        per_agent=variant.per_agent,
        team=variant.team,
        prompts=tuple(sorted(variant.texts)),
        means=means(measured),
        measurements=measured,
    )


def compared(variants: tuple[Tried, ...]) -> tuple[Comparison, ...]:
    """Every other variant against the first."""
    first = variants[0]
    return tuple(
        Comparison(first=first.name, second=other.name, differences=differences(first.measurements, other.measurements))
        for other in variants[1:]
    )
