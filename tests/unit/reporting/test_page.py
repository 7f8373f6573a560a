import html.parser
import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.cli import rat
from rat.commands.report_summary import markdown_of
from rat.decode import encode, schema_of
from rat.model.ledger import AgentUsage, Ending, LedgerRecord, Verdict
from rat.model.refinement import Usage
from rat.reporting.charts import charts
from rat.reporting.page import write_page
from rat.reporting.report import Report, build
from tests.unit.reporting.records import decision, offer, run

STYLE = Path(__file__).parents[3] / "rat/reporting/templates/report.css"
HOSTILE = '<img src=x onerror="alert(1)">\'"</script></style></title><script>alert(2)</script>{{ 7*7 }}'


def full() -> list[LedgerRecord]:
    """Two teams, two months, two variants, every kind of decision."""
    agents = (AgentUsage(agent="critic", usage=Usage(calls=1, prompt_tokens=10, cost_usd=0.01)),)
    records: list[LedgerRecord] = []
    for number in range(24):
        month, team = 10 + number % 2, ("payments", "checkout")[number % 2]
        at = f"2026-{month}-02T08:00:00+00:00"
        ending = Ending.READY if number % 3 else Ending.BLOCKED
        variant = ("built-in", "own-1")[number // 12]
        key = f"acme/shop#{number}"
        records.append(
            run(key, at=at, team=team, ending=ending, variant=variant, agents=agents, after=60 + number, labelled_at=at)
        )
        records.append(offer(key, at=at.replace("T08:00", "T08:07"), team=team))
    for number, verdict in enumerate(Verdict):
        records.append(decision(f"acme/shop#{number}", verdict, at="2026-12-01T00:00:00+00:00", changed=number / 10))
    return records


class Elements(html.parser.HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_needs_nothing_from_anywhere_and_says_so_to_the_browser() -> None:
    elements = Elements(write_page(build(full()))).found
    policy = next(a["content"] for tag, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    addresses = [a[name] for _, a in elements for name in ("src", "href", "action", "srcset") if name in a]
    assert all(address is not None and address.startswith(("#", "data:,")) for address in addresses)
    assert not {"script", "iframe", "img", "object", "embed", "form", "base"} & {tag for tag, _ in elements}
    assert not [a for _, a in elements if any(name.startswith("on") or name == "style" for name in a)]
    assert re.findall(r"url\(|@import", STYLE.read_text()) == []


def test_every_link_leads_to_a_place_on_the_page_and_every_id_is_there_once() -> None:
    elements = Elements(write_page(build(full()))).found
    names = [a["id"] for _, a in elements if "id" in a]
    links = [a["href"] for tag, a in elements if tag == "a"]
    assert len(names) == len(set(names))
    assert [link for link in links if link and link.removeprefix("#") not in names] == []


def test_every_chart_has_a_title_a_description_and_the_same_figures_as_a_table() -> None:
    report = build(full())
    assert [chart.name for chart in charts(report)] == [
        "readiness",
        "ready",
        "decisions",
        "grounding",
        "cost",
        "waiting",
    ]
    elements = Elements(write_page(report)).found
    names = {a["id"] for _, a in elements if "id" in a}
    svgs = [a for tag, a in elements if tag == "svg"]
    assert [a["role"] for a in svgs] == ["img"] * 6
    assert all(set((a["aria-labelledby"] or "").split()) <= names for a in svgs)
    assert sum(tag == "details" for tag, _ in elements) >= 6


def test_shapes_stay_on_their_canvas() -> None:
    for chart in charts(build(full())):
        for shape in chart.shapes:
            right = shape.width if shape.kind == "line" else shape.x + shape.width
            bottom = shape.height if shape.kind == "line" else shape.y + shape.height
            assert -1 <= shape.x <= right <= 300
            assert -1 <= min(shape.y, bottom) <= max(shape.y, bottom) <= chart.height


@pytest.mark.parametrize("field", ["ticket", "team", "variant", "model"])
def test_hostile_names_are_shown_as_text_wherever_they_stand(field: str) -> None:
    records: list[LedgerRecord] = [
        run(**{"ticket": "T-1", field: HOSTILE}),
        run("T-2", team="b", variant="c", model="d"),
    ]
    records.append(decision("T-2", Verdict.REJECTED, reason=HOSTILE))
    page = write_page(build(records))
    plain = Elements(write_page(build([run("T-1"), run("T-2", team="b", variant="c", model="d"), records[2]])))
    hostile = Elements(page)
    assert {tag for tag, _ in hostile.found} == {tag for tag, _ in plain.found}
    assert HOSTILE in hostile.text
    for written in (page, markdown_of(build(records))):
        assert "<img" not in written
        assert "<script" not in written


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text(min_size=1))
def test_no_text_makes_an_element(reason: str, team: str) -> None:
    records: list[LedgerRecord] = [run(team=team), decision(verdict=Verdict.REJECTED, reason=reason)]
    tags = [tag for tag, _ in Elements(write_page(build(records))).found]
    usual = [tag for tag, _ in Elements(write_page(build([run(), decision(verdict=Verdict.REJECTED)]))).found]
    assert tags == usual


def test_an_empty_report_is_a_page_too_and_says_that_nothing_is_known() -> None:
    page = write_page(build([]))
    assert "there is nothing to say" in page
    assert "<svg" not in page
    assert page.count("unknown") >= 5
    assert "unknown" in markdown_of(build([]))


def test_the_same_records_give_the_same_bytes() -> None:
    assert write_page(build(full())) == write_page(build(list(reversed(full()))))


def test_the_json_keeps_to_its_schema() -> None:
    jsonschema.validate(encode(build(full())), schema_of(Report))


def test_every_record_keeps_to_the_schema_of_the_ledger() -> None:
    printed = CliRunner().invoke(rat, ["schema", "ledger"])
    validator = jsonschema.Draft202012Validator(json.loads(printed.output))
    for record in full():
        validator.validate(encode(record))


def contrast(one: str, two: str) -> float:
    """WCAG 2.2's contrast ratio of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_words_and_bars_stand_out_from_what_is_behind_them(scheme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for paper in ("paper", "card"):
        for ink in ("ink", "soft", "link", "aim"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    for look in ("before", "after", "good", "edited", "bad"):
        assert contrast(colours[look], colours["card"]) >= 3, look
        assert contrast(colours["on-bar"], colours[look]) >= 3, look


def test_a_long_list_of_tickets_is_cut_on_the_page_and_whole_in_the_json() -> None:
    report = build([run(f"T-{number}") for number in range(700)])
    page = write_page(report)
    assert "And 200 more" in page
    assert len(json.loads(json.dumps(encode(report)))["tickets"]) == 700
