"""What a person sees, in which order, and that nothing of it is alive whatever stands in the report."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

import pytest

from rat.model import Refinement, RunReport, Status, TicketType
from rat.ports import Dialect
from rat.publishing.adf import write_adf
from rat.publishing.compose import compose
from rat.publishing.compose_impact import compose_impact, impact_hash
from rat.publishing.dialect import LIMITS, write, write_fitting
from rat.publishing.markdown import write_markdown
from rat.publishing.site import Site
from rat.publishing.wiki import write_wiki
from tests.unit.publishing.oracle import alive, alive_in_adf, alive_in_wiki, page, seen
from tests.unit.publishing.payloads import DISGUISES, PAYLOADS
from tests.unit.publishing.sample import HEAD, SITE, impact_report

Part = TypeVar("Part")
FIXED = frozenset({"key", "head", "path", "id", "head_sha", "source", "adr", "file", "files"})
"""Fields that checks have tied to the checkout and the tracker before; they get hostile values of their own below."""

OWN = re.compile(
    r"https://(?:redirect\.)?github\.com/[\w.-]+/[\w.-]+/(?:blob/[0-9a-f]{40}/|commit/[0-9a-f]{7}|issues/\d+$|actions/runs/7$)"
    r"|https://jira\.example\.org/browse/[A-Z]+-\d+$"
)


def spoiled(part: Part, hostile: Callable[[str], str], *, fixed: frozenset[str] = FIXED) -> Part:
    """*part* with every text in it, but those of the *fixed* fields, made hostile."""
    if isinstance(part, tuple):
        return tuple(spoiled(one, hostile, fixed=fixed) for one in part)  # type: ignore[return-value]
    if isinstance(part, str) and not isinstance(part, Enum):
        return hostile(part)  # type: ignore[return-value]
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changes = {
        one.name: spoiled(getattr(part, one.name), hostile, fixed=fixed)
        for one in fields(part)
        if one.name not in fixed and one.name != "mode"
    }
    return replace(part, **changes)


def always(text: str) -> Callable[[str], str]:
    return lambda _: text


def own_links(markdown: str) -> frozenset[str]:
    return frozenset(target for target in page(markdown).targets if OWN.match(target))


def test_the_whole_comment_reads_in_the_order_in_which_a_person_needs_it(report: RunReport) -> None:
    text = seen(write_markdown(compose(report, SITE)))
    order = [
        "Needs 2 answers · readiness 42 → 78",
        "14 cited, 14 verified, 2 dropped.",
        "2 questions for you",
        "How many orders?",
        "Why: It decides the design.",
        "Until answered: More than 100,000.",
        "Goes against a decision",
        "ADR-0003 Exports are streamed, never buffered (accepted)",
        "All exports are streamed.",
        "Proposal: Stream the order export",
        "What goes wrong",
        "Approach",
        "Keep the format. (assumption)",
        "Acceptance criteria",
        "Tasks",
        "Write rows as they come; after 1",
        "Test plan",
        "Risks",
        "Out of scope",
        "What is missing",
        "No steps to reproduce.",
        "The environment is not named.",
        "Impacted files",
        "Related decisions (1)",
        "Related requests (1)",
        "Similar tickets (1)",
        "Commits that matter (1)",
        "What could not be read (1)",
        "RAT this run",
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_the_footer_names_run_model_commit_input_and_the_way_out(report: RunReport) -> None:
    footer = write_markdown(compose(report, SITE)).rstrip().rpartition("\n")[2]
    for part in (
        "[this run](https://github.com/acme/shop/actions/runs/7)",
        "`gpt-5.5`",
        HEAD,
        "0123456789abcdef",
        "rat:off",
    ):
        assert part in footer


def test_with_no_model_it_says_so_and_shows_facts_only(report: RunReport) -> None:
    work = replace(report.refinement, proposal=None)
    text = seen(write_markdown(compose(replace(report, mode="offline", model="", refinement=work), SITE)))
    assert "No model was used: facts only." in text
    assert "readiness 42 of 100" in text
    assert "Acceptance criteria" not in text
    assert "· no model ·" in text


def test_empty_parts_vanish(report: RunReport) -> None:
    bare = replace(report, refinement=Refinement(ticket=report.refinement.ticket), mode="offline", status=Status.READY)
    headings = [line for line in write_markdown(compose(bare)).splitlines() if line.startswith(("#", "<details"))]
    assert headings == ["### 🟢 Ready to start"]


def test_a_skipped_ticket_says_why_and_no_more(report: RunReport) -> None:
    text = seen(write_markdown(compose(replace(report, status=Status.SKIPPED), SITE)))
    assert "Not refined" in text
    assert "What is missing" not in text


@pytest.mark.parametrize("kind", TicketType)
def test_the_problem_is_named_in_the_words_of_the_ticket_type(kind: TicketType, report: RunReport) -> None:
    text = seen(write_markdown(compose(replace(report, refinement=replace(report.refinement, type=kind)), SITE)))
    expected = {TicketType.BUG: "What goes wrong", TicketType.SPIKE: "What is to be found out"}
    assert expected.get(kind, "What is") in text


def test_a_path_leads_to_its_line_at_the_commit(report: RunReport) -> None:
    targets = page(write_markdown(compose(report, SITE))).targets
    blob = f"https://github.com/acme/shop/blob/{HEAD}"
    assert f"{blob}/shop/export.py#L10" in targets
    assert f"{blob}/shop/export.py#L10-L42" in targets
    assert f"{blob}/docs/adr/0003-stream.md" in targets
    assert "https://redirect.github.com/acme/shop/issues/9" in targets


def test_tests_that_are_called_the_same_are_told_apart_by_their_folders(report: RunReport) -> None:
    first, *rest = report.refinement.impacted_files
    twins = replace(first, tests=("a/test_export.py", "b/test_export.py", "a/test_rows.py"))
    text = write_markdown(
        compose(replace(report, refinement=replace(report.refinement, impacted_files=(twins, *rest))), SITE)
    )
    labels = re.findall(r"\[`([^`]*test_\w+\.py)`\]", text)
    assert labels[:3] == ["a/test_export.py", "b/test_export.py", "test_rows.py"]


def test_without_a_known_repository_there_is_no_link_at_all(report: RunReport) -> None:
    assert page(write_markdown(compose(report))).targets == []
    assert page(write_markdown(compose(report, Site(server_url="https://x y", repository="no slash")))).targets == []


def test_the_order_of_tasks_is_drawn_and_folded_on_github_alone(report: RunReport) -> None:
    document = compose(report, SITE)
    assert 't1["1. Read orders by cursor"]' in write_markdown(document)
    assert "t1 --> t2" in write_markdown(document)
    assert "Order of the tasks" not in write_wiki(document)
    assert "Order of the tasks" not in str(write_adf(document))


def test_the_first_files_are_shown_and_the_others_folded(report: RunReport) -> None:
    work = replace(report.refinement, impacted_files=report.refinement.impacted_files * 10)
    markdown = write_markdown(compose(replace(report, refinement=work), SITE))
    assert markdown.partition("<details>\n<summary>More impacted files (15)")[0].count("`shop/models/order.py`") == 2
    assert "5 more left out" in markdown


def test_more_than_three_questions_or_seven_criteria_are_counted_not_shown(report: RunReport) -> None:
    work, draft = report.refinement, report.refinement.proposal
    assert draft is not None
    many = replace(
        work, questions=work.questions * 3, proposal=replace(draft, acceptance_criteria=draft.acceptance_criteria * 5)
    )
    text = seen(write_markdown(compose(replace(report, refinement=many), SITE)))
    assert "3 questions for you" in text
    assert text.count("3 more left out") == 2


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_hostile_field_of_a_report_comes_to_life(disguise: str, report: RunReport) -> None:
    for payload in PAYLOADS[:: 4 if disguise == "as it is" else 16]:
        hostile = spoiled(report, always(DISGUISES[disguise](payload)))
        document = compose(hostile, SITE)
        markdown = write_markdown(document)
        links = own_links(markdown)
        assert not alive(markdown, links=links), payload
        assert not alive_in_adf(write_adf(document), links=links), payload
        assert not alive_in_wiki(write_wiki(document), links=links), payload


@pytest.mark.parametrize("prefix", ["", "code:", "commit:", "ADR-"])
def test_no_hostile_name_of_evidence_comes_to_life(prefix: str, report: RunReport) -> None:
    for payload in PAYLOADS[::5]:
        hostile = spoiled(report, always(prefix + payload), fixed=frozenset({"head"}))
        markdown = write_markdown(compose(hostile, SITE))
        assert not alive(markdown, links=own_links(markdown)), prefix + payload


def test_no_hostile_field_of_an_impact_comes_to_life(report: RunReport) -> None:
    for payload in PAYLOADS[::6]:
        hostile = spoiled(impact_report(report), always(payload), fixed=FIXED - {"key"})
        markdown = write_markdown(compose_impact(hostile, SITE))
        assert not alive(markdown, links=own_links(markdown)), payload


def test_an_impact_shows_tickets_relations_files_criteria_and_folded_proposals(report: RunReport) -> None:
    markdown = write_markdown(compose_impact(impact_report(report), SITE))
    text = seen(markdown)
    for words in (
        "This change names 1 ticket and touches files of 1 more",
        "acme/shop#12 Export hangs",
        "named in the body",
        "PAY-17 Orders as CSV",
        "works on the same files",
        "shop/export.py, a.py",
        "Criteria that the change seems to meet",
        "A broken connection ends the query.",
        "Proposal for acme/shop#12",
        "Stream the order export",
    ):
        assert words in text
    assert markdown.index("<details>") < markdown.index("Stream the order export")
    assert not alive(markdown, links=own_links(markdown))


def test_a_rebase_changes_nothing_of_an_impact_but_another_ticket_does(report: RunReport) -> None:
    impact = impact_report(report)
    assert impact_hash(replace(impact, head="f" * 40)) == impact_hash(impact)
    assert impact_hash(replace(impact, tickets=impact.tickets[:1])) != impact_hash(impact)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_report_of_any_size_fits_and_what_was_left_out_is_counted(dialect: Dialect, report: RunReport) -> None:
    def grown(text: str) -> str:
        return f"{text} " + "words, and more of them; " * 300

    huge = spoiled(report, grown)
    work, draft = huge.refinement, huge.refinement.proposal
    assert draft is not None
    work = replace(
        work,
        evidence=work.evidence * 50,
        impacted_files=work.impacted_files * 100,
        findings=work.findings * 50,
        notes=work.notes * 50,
        proposal=replace(draft, tasks=draft.tasks * 30, risks=draft.risks * 30, approach=draft.approach * 30),
    )
    text = write_fitting(compose(replace(huge, refinement=work), SITE), dialect)
    assert len(text) <= LIMITS[dialect]
    assert "left out" in text
    if dialect is Dialect.MARKDOWN:
        assert not alive(text, links=own_links(text))
        assert text.count("<details>") == text.count("</details>")
        assert "rat:off" in text


@pytest.mark.parametrize("dialect", Dialect)
def test_what_fits_is_not_touched(dialect: Dialect, report: RunReport) -> None:
    document = compose(report, SITE)
    assert write_fitting(document, dialect) == write(document, dialect)
