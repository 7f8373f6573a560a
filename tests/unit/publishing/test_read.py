"""What RAT wrote is read back whole: written again it is the same text, and what is not RAT's is not read at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.model import RunReport, TicketType
from rat.ports import Dialect
from rat.publishing.compose import compose, compose_answer
from rat.publishing.compose_impact import compose_impact
from rat.publishing.dialect import write
from rat.publishing.document import Block, Code, Document, Emphasis, Inline, Paragraph, Strong, Tasks, Text
from rat.publishing.fit import fit
from rat.publishing.read import read
from rat.publishing.sections import DRAFTED
from rat.publishing.site import Site
from tests.unit.publishing.payloads import DISGUISES, PAYLOADS
from tests.unit.publishing.sample import SITE, impact_report
from tests.unit.publishing.test_writers import SLOTS, SPICED, document


def comes_back(made: Document, dialect: Dialect) -> bool:
    text = write(made, dialect)
    found = read(text, dialect)
    return found is not None and write(found, dialect) == text


@pytest.mark.parametrize("dialect", Dialect)
def test_every_hostile_text_in_every_slot_comes_back_byte_for_byte(dialect: Dialect) -> None:
    """Each text in one disguise and four slots; the next test draws the rest at random."""
    disguises = list(DISGUISES.values())
    for place, payload in enumerate(PAYLOADS):
        for name in list(SLOTS)[place % 5 :: 5]:
            made = document(SLOTS[name](disguises[place % len(disguises)](payload)))
            assert comes_back(made, dialect), f"{payload!r} in {name}"


LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, SPICED), st.builds(Code, SPICED), st.builds(Strong, SPICED), st.builds(Emphasis, SPICED)
)
SLOTTED = st.builds(lambda slot, text: SLOTS[slot](text), st.sampled_from(sorted(SLOTS)), SPICED)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(SLOTTED, max_size=4), st.sampled_from(Dialect))
def test_any_text_in_any_slot_comes_back_byte_for_byte(blocks: list[Block], dialect: Dialect) -> None:
    assert comes_back(document(*blocks), dialect)


@settings(max_examples=100, deadline=None)
@given(st.lists(LEAVES, max_size=5), st.sampled_from(Dialect))
def test_any_leaves_side_by_side_come_back_or_are_refused(leaves: list[Inline], dialect: Dialect) -> None:
    """RAT puts no two stressed leaves of strangers' words side by side; if it did, a wrong reading would be refused."""
    text = write(document(Paragraph(tuple(leaves))), dialect)
    found = read(text, dialect)
    assert found is None or write(found, dialect) == text


@pytest.mark.parametrize("dialect", Dialect)
def test_each_comment_comes_back_with_its_sections_by_name(dialect: Dialect, report: RunReport) -> None:
    for made in (compose(report, SITE), compose(report, Site()), compose_impact(impact_report(report), SITE)):
        assert comes_back(made, dialect)
    assert comes_back(compose_answer("`/rat` is here: @a, #1.\n\nAnd more.", SITE), dialect)
    found = read(write(compose(report, SITE), dialect), dialect)
    assert found is not None
    names = [section.name for section in found.sections]
    assert [name for name in names if name in DRAFTED] == list(DRAFTED)
    criteria = next(section for section in found.sections if section.name == "criteria")
    assert isinstance(criteria.blocks[1], Tasks)
    assert len(criteria.blocks[1].items) == 2


@pytest.mark.parametrize("kind", TicketType)
def test_the_sections_have_the_same_names_whatever_the_type_calls_them(kind: TicketType, report: RunReport) -> None:
    work = replace(report.refinement, type=kind)
    for dialect in Dialect:
        found = read(write(compose(replace(report, refinement=work), SITE), dialect), dialect)
        assert found is not None
        assert [section.name for section in found.sections if section.name in DRAFTED] == list(DRAFTED)
        tasks = next(section for section in found.sections if section.name == "tasks")
        assert len(tasks.blocks) == (2 if dialect is Dialect.ADF else 3 if dialect is Dialect.MARKDOWN else 2)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("limit", [2500, 4000, 6000])
def test_a_shortened_comment_comes_back_too(dialect: Dialect, limit: int, report: RunReport) -> None:
    made = fit(compose(report, SITE), limit=2 * limit, write=lambda part: write(part, dialect))
    assert comes_back(made, dialect)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_text_with_anything_of_somebody_else_in_it_is_not_read(dialect: Dialect, report: RunReport) -> None:
    text = write(compose(report, SITE), dialect)
    foreign = {
        Dialect.MARKDOWN: ["<b>x</b>\n", "![x](https://a.b)\n", "*[x]*\n", "@octocat\n", "- [x] done\n", "    code\n"],
        Dialect.WIKI: ["{html}x{html}\n", "!x.png!\n", "[~octocat]\n", "{color:red}x{color}\n", "\\\\\n"],
        Dialect.ADF: [],
    }[dialect]
    for words in foreign:
        assert read(f"{text}\n{words}", dialect) is None, words
    assert dialect is not Dialect.ADF or read(text.replace('"paragraph"', '"panel"'), dialect) is None


def test_what_is_no_adf_is_not_read_and_what_jira_adds_to_it_is_not_minded(report: RunReport) -> None:
    for text in ("", "[]", "null", '{"content": 1}', '{"content": [{}]}', "[" * 5000):
        assert read(text, Dialect.ADF) is None
    sent = json.loads(write(compose(report, SITE), Dialect.ADF))
    for node in sent["content"]:
        node.setdefault("attrs", {})["localId"] = "1"
    assert read(json.dumps(sent), Dialect.ADF) is not None


@settings(max_examples=100, deadline=None)
@given(SPICED)
def test_any_text_at_all_is_read_rightly_or_not_at_all(text: str) -> None:
    for dialect in Dialect:
        found = read(text, dialect)
        assert found is None or comes_back(found, dialect)
