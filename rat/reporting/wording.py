"""How figures are written: shares, counts, money, times. What is not known says "unknown". Pure."""

from collections.abc import Callable

from rat.reporting.episodes import UNKNOWN
from rat.reporting.metrics import Share, Spread


def percent(share: float | None) -> str:
    """A share as a whole percentage; its sign stays on the line (U+202F)."""
    return UNKNOWN if share is None else f"{share * 100:.0f}\u202f%"


def of(share: Share) -> str:
    """A share with its counts: `83 % (10 of 12)`."""
    return UNKNOWN if share.share is None else f"{percent(share.share)} ({number(share.count)} of {number(share.of)})"


def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands parted by thin spaces."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}".replace(",", "\u202f")


def dollars(value: float | None) -> str:
    """US dollars, to the cent; smaller amounts to two figures that count."""
    if value is None:
        return UNKNOWN
    sign, size = ("-" if value < 0 else ""), abs(value)
    return f"{sign}${number(size, 2) if size >= 0.1 or not size else f'{size:.2g}'}"  # noqa: PLR2004 - ten cents


def duration(minutes: float | None) -> str:
    """A time in the unit that suits it."""
    if minutes is None:
        return UNKNOWN
    if minutes < 1:
        return f"{minutes * 60:.0f} s"
    if minutes < 120:  # noqa: PLR2004 - two hours
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.1f} h"


def mean(spread: Spread | None, show: Callable[[float | None], str] = number) -> str:
    """The mean of a spread."""
    return show(spread.mean if spread else None)


def plain(value: float | None) -> str:
    """A number with as many digits as tell something."""
    return UNKNOWN if value is None else number(value, 0 if abs(value) >= 100 else 2)  # noqa: PLR2004 - three figures
