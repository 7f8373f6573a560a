"""The report in a real browser: what no reading of the source can show."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rat.model.ledger import LedgerRecord, Verdict
from rat.reporting.page import write_page
from rat.reporting.report import build
from tests.stand_ins.browser import Browser, chromium, run_browser
from tests.unit.reporting.records import decision, offer, run

HOSTILE = (
    "<img src=https://example.org/x onerror=\"document.title='hijacked'\"><script>document.title='hijacked'</script>"
)
TAB = 9


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI looks at the report in a real Chromium, and none is installed.")
        pytest.skip("no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)")
    with run_browser(program) as running:
        yield running


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two teams and 30 tickets, hostile names among them."""
    records: list[LedgerRecord] = []
    for number in range(30):
        at = f"2026-{9 + number % 3:02}-02T08:00:00+00:00"
        team = ("payments", HOSTILE)[number % 2]
        records += [run(f"acme/shop#{number}", at=at, team=team, after=50 + number, labelled_at=at)]
        records += [offer(f"acme/shop#{number}", at=at.replace("T08:00", "T08:09"), team=team)]
    records.append(decision("acme/shop#1", Verdict.REJECTED, reason=HOSTILE * 3, at="2026-12-01T00:00:00+00:00"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(write_page(build(records)), encoding="utf-8")
    return path


def complaints(browser: Browser) -> list[dict[str, Any]]:
    """What the page said on the console, what it threw, and what the browser found wrong with it."""
    kinds = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded")
    return [event for event in browser.events if event.get("method") in kinds]


def requested(browser: Browser) -> list[str]:
    events = [event for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    return [event["params"]["request"]["url"] for event in events]


def test_the_page_asks_for_nothing_but_itself_and_runs_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert requested(browser) == [page.as_uri()]
    assert complaints(browser) == []
    assert browser.evaluate("document.title") == "RAT: what refinement brought"
    assert browser.evaluate("document.styleSheets.length") == 1
    assert browser.evaluate("document.querySelectorAll('main img, main script').length") == 0


def test_the_browser_itself_refuses_what_the_policy_forbids(browser: Browser, page: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    text = page.read_text(encoding="utf-8").replace("</body>", "<script>document.title = 'hijacked'</script></body>")
    spoilt.write_text(text, encoding="utf-8")
    browser.open(spoilt)
    assert browser.evaluate("document.title") == "RAT: what refinement brought"
    assert complaints(browser) != []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_runs_over_the_edge_of_the_screen(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width=width)
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    smallest = "Math.min(...[...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect().height))"
    assert browser.evaluate(smallest) >= 10


def test_words_in_charts_stay_on_the_chart(browser: Browser, page: Path) -> None:
    browser.open(page, width=360)
    outside = """[...document.querySelectorAll('svg text')].filter(t => {
        const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect();
        return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
    }).map(t => t.textContent)"""
    assert browser.evaluate(outside) == []


def test_the_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(browser: Browser, page: Path) -> None:
    browser.open(page)
    stops: list[tuple[str, float, bool]] = []
    for _ in range(80):
        browser.press("Tab", code=TAB)
        where = browser.evaluate(
            "(e => e === document.body ? null : [e.tagName + ' ' + (e.getAttribute('href') || e.className),"
            " [...document.querySelectorAll('*')].indexOf(e), getComputedStyle(e).outlineStyle !== 'none'])"
            "(document.activeElement)"
        )
        if where is None:
            break
        stops.append(where)
    names = [name for name, _, _ in stops]
    assert names[:2] == ["A #main", "A #charts"]
    assert names.count("SUMMARY ") == browser.evaluate("document.querySelectorAll('summary').length")
    assert [place for _, place, _ in stops] == sorted(place for _, place, _ in stops)
    assert all(shown for _, _, shown in stops)


def test_a_table_opens_from_the_keyboard(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.evaluate("document.querySelector('summary').focus()")
    browser.press("Enter", code=13)
    assert browser.evaluate("document.querySelector('details').open") is True


def test_the_dark_scheme_is_dark_and_its_words_are_light(browser: Browser, page: Path) -> None:
    browser.open(page, dark=True)
    look = "(e => getComputedStyle(e).%s)(document.body)"
    assert browser.evaluate(look % "backgroundColor") == "rgb(20, 23, 26)"
    assert browser.evaluate(look % "color") == "rgb(236, 239, 241)"
    browser.open(page)
    assert browser.evaluate(look % "backgroundColor") == "rgb(251, 251, 249)"


def test_it_prints_with_every_ticket_and_without_what_is_to_be_clicked(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.printed().startswith(b"%PDF-")
    browser.send("Emulation.setEmulatedMedia", media="print")
    hidden = "getComputedStyle(document.querySelector('%s')).display"
    assert browser.evaluate(hidden % "nav") == "none"
    assert browser.evaluate(hidden % "figure details") == "none"
    ticket = "[...document.querySelectorAll('section details')].at(-1).querySelector('td')"
    shown = f"{ticket}.checkVisibility({{contentVisibilityAuto: true}})"
    assert browser.evaluate(shown) is True
    browser.send("Emulation.setEmulatedMedia", media="screen")
    assert browser.evaluate(shown) is False
