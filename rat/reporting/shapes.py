"""What charts are drawn with: shapes on a small canvas, whose colours are the style sheet's. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 300
"""The canvas is as wide as its place on a small phone, so that its letters are never shrunk below their size."""

LEFT, RIGHT, TOP, FLOOR = 36, 296, 12, 140
"""The plot's edges on the canvas."""

SIDE_BY_SIDE = 5
"""How many names of months stand beside one another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A rectangle, line, dot or text at *x*, *y*; *look* is its class in the style sheet, *tip* what it stands for."""

    kind: str
    look: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    anchor: str = "start"
    tip: str = ""


def scale(top: float, unit: str = "") -> list[Shape]:
    """Four lines across with their values."""
    shapes = []
    for part in range(5):
        value = top * part / 4
        shown = f"{value:g}" if top >= 4 else f"{value:.3g}"  # noqa: PLR2004 - whole steps
        label = f"${shown}" if unit == "$" else shown + unit
        y = height_of(part / 4)
        shapes += [line("grid", LEFT, y, RIGHT, y), text("tick", LEFT - 5, y + 4, label, "end")]
    return shapes


def bar(look: str, x: float, width: float, share: float, tip: str) -> Shape:
    """A bar of *share* of the plot's height, standing on its floor."""
    height = (FLOOR - TOP) * share
    return Shape(kind="bar", look=look, x=at(x), y=at(FLOOR - height), width=at(width), height=at(height), tip=tip)


def line(look: str, x: float, y: float, to_x: float, to_y: float, tip: str = "") -> Shape:
    """A line from one place to another; they are kept as *width* and *height*."""
    return Shape(kind="line", look=look, x=at(x), y=at(y), width=at(to_x), height=at(to_y), tip=tip)


def text(look: str, x: float, y: float, words: str, anchor: str = "start") -> Shape:
    """Words at a place."""
    return Shape(kind="text", look=look, x=at(x), y=at(y), text=words, anchor=anchor)


def height_of(share: float) -> float:
    """Where a *share* of the plot's height is on the canvas."""
    return at(FLOOR - (FLOOR - TOP) * share)


def at(place: float) -> float:
    """A place, to a tenth: finer than a screen, and the same on every machine."""
    return round(place, 1)


def places_for(count: int) -> list[float]:
    """The middles of *count* equal parts of the plot's width."""
    slot = (RIGHT - LEFT) / count
    return [at(LEFT + slot * (index + 0.5)) for index in range(count)]


def steps_up(value: float) -> int:
    """The next number that four steps part evenly."""
    return max(4, math.ceil(value / 4) * 4)


def round_up(value: float) -> float:
    """The next number that is round: 1, 2 or 4 of its power of ten, or the next one."""
    power = 10 ** math.floor(math.log10(value))
    return float(next((step * power for step in (1, 2, 4) if step * power >= value), 10 * power))


def month_names(places: list[float], months: Sequence[str]) -> list[Shape]:
    """The names of the months; where there are many, every other one."""
    each = 1 if len(months) <= SIDE_BY_SIDE else 2
    named = [(x, name) for index, (x, name) in enumerate(zip(places, months, strict=True)) if index % each == 0]
    return [text("tick", x, FLOOR + 16, name, "middle") for x, name in named]
