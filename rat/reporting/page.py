"""Writes the report as one HTML page that asks nobody for anything: no script, no request, everything escaped."""

import base64
import functools
import hashlib
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from rat.reporting.charts import charts
from rat.reporting.metrics import AIM
from rat.reporting.report import Report
from rat.reporting.shapes import WIDTH
from rat.reporting.sheets import key_figures, sheets
from rat.reporting.wording import percent


def write_page(report: Report) -> str:
    """*report* as a whole HTML document; the same report gives the same bytes.

    The page's own policy (https://www.w3.org/TR/CSP3/) allows its one style sheet, by hash, and nothing else.
    """
    style = _text("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            figures=key_figures(report.total),
            charts=charts(report),
            sheets=sheets(report),
            style=style,
            digest=digest,
            width=WIDTH,
            aim=percent(AIM),
        )
    )


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _text(name: str) -> str:
    return (files("rat.reporting") / "templates" / name).read_text(encoding="utf-8")
