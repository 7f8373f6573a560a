"""Dates as people write them, turned into ISO 8601."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ORDERS = (
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![0-9A-SU-Za-z])"), "ymd"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)"), "dmy"),
    (re.compile(rf"(?i)\b{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"), "mdy"),
    (re.compile(rf"(?i)\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_NAME},?[\s-]+(\d{{4}})\b"), "dmy"),
)
_MONTH_ONLY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])")
_NAMED_MONTH = re.compile(rf"(?i)\b{_NAME},?\s+((?:19|20)\d\d)\b")


def iso_date(text: str) -> str:
    """The first date in *text* as YYYY-MM-DD (YYYY-MM where no day is given); "" if there is none.

    03/05/2018 is read as 3 May, unless only the American order gives a date.
    """
    for pattern, order in _ORDERS:
        if (found := pattern.search(text[:300])) and (day := _day(found.groups(), order)):
            return day
    if named := _NAMED_MONTH.search(text[:300]):
        return f"{named[2]}-{_month(named[1]):02d}"
    month = _MONTH_ONLY.search(text[:300])
    return month[0] if month else ""


def _day(parts: tuple[str, ...], order: str) -> str:
    named = dict(zip(order, parts, strict=True))
    year, month, day = int(named["y"]), _month(named["m"]), int(named["d"])
    if order == "dmy" and month > len(_MONTHS) >= day:
        month, day = day, month
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1
