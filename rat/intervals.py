"""What a sample says about the whole: confidence intervals at 95 %, for shares, means and their differences. Pure."""

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rat.model.strict import Strict

Z = statistics.NormalDist().inv_cdf(0.975)
"""Standard errors on either side that hold 95 %."""

RESAMPLES = 2000
"""How often a sample is drawn again; Efron and Tibshirani (1993, section 13.3) ask for 1,000 at least."""

LARGE = 500
"""Values of which the mean is as good as normally distributed, also where a few are far out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval(Strict):
    """The values that are compatible with the sample, from *low* to *high*."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Whether *value* lies within, bounds included."""
        return self.low <= value <= self.high


def wilson(count: float, of: int) -> Interval:
    """The interval of a share *count* / *of* (*of* > 0): Wilson's score interval (J. Am. Stat. Assoc. 22, 1927).

    Where a tie counts one half it is too wide rather than too narrow: nothing between 0 and 1 varies more than a coin.
    """
    share = count / of
    centre = share + Z * Z / (2 * of)
    spread = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    low, high = max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
    return Interval(low=min(low, share), high=max(high, share))  # at 0 and 1 the bounds meet but for rounding


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """The interval of the first share less the second, each as (count, of): Newcombe's hybrid score interval.

    Method 10 in R. G. Newcombe, Statistics in Medicine 17 (1998), 873 to 890.
    """
    one, two = first[0] / first[1], second[0] / second[1]
    at_one, at_two = wilson(*first), wilson(*second)
    difference = one - two
    return Interval(
        low=difference - math.hypot(one - at_one.low, at_two.high - two),
        high=difference + math.hypot(at_one.high - one, two - at_two.low),
    )


def bootstrap(first: Sequence[float], second: Sequence[float]) -> Interval:
    """The interval of the first mean less the second, from samples drawn again with replacement (percentile method).

    B. Efron, Annals of Statistics 7 (1979). The same samples give the same interval: the draws are seeded. The mean of
    more than LARGE values is drawn from the normal distribution that it has by then, in a thousandth of the time.
    """
    draw = random.Random(0)  # noqa: S311 - statistics, not secrets
    one, two = _means(first, draw), _means(second, draw)
    means = sorted(one() - two() for _ in range(RESAMPLES))
    edge = round(RESAMPLES * 0.025)
    return Interval(low=means[edge], high=means[-edge - 1])


def _means(sample: Sequence[float], draw: random.Random) -> Callable[[], float]:
    """What gives the mean of *sample* drawn again."""
    if len(sample) <= LARGE:
        return lambda: statistics.fmean(draw.choices(sample, k=len(sample)))
    mean, error = statistics.fmean(sample), statistics.stdev(sample) / math.sqrt(len(sample))
    return lambda: draw.gauss(mean, error)
