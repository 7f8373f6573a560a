"""The comment shows beforehand what an approval would do to the description, and nothing of it is alive."""

from dataclasses import replace

from rat.model import RunReport
from rat.model.settings import Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.compose import compose
from rat.publishing.dialect import write
from rat.publishing.document import CodeBlock, Document, Folded, Section
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.preview import preview
from rat.publishing.publish import publish
from rat.publishing.read import read
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.payloads import DISGUISES, PAYLOADS
from tests.unit.publishing.sample import SITE
from tests.unit.publishing.test_writers import all_alive

REGION = Project(write=WritePolicy.REGION)
FIELDS = Project(write={"jira-field": {"description": "approved", "Acceptance Criteria": "approved"}})


def about(report: RunReport, body: str) -> RunReport:
    ticket = replace(report.refinement.ticket, body=body)
    return replace(report, refinement=replace(report.refinement, ticket=ticket))


def difference(document: Document) -> list[str]:
    folded = [block for block in document.blocks if isinstance(block, Folded) and block.title.startswith("Before and")]
    return [line for part in folded[0].blocks if isinstance(part, CodeBlock) for line in part.value.splitlines()]


def test_the_reporters_last_words_stand_before_what_would_come(report: RunReport) -> None:
    lines = difference(compose(about(report, "It hangs.\r\n\r\nOften.\r\n"), SITE, project=REGION))
    assert lines[:3] == [" It hangs.", " Often.", "+#### Proposal: Stream the order export"]
    assert "+- [ ] 1,000,000 orders end within 60 s." in lines
    assert "+(`export.py:10`)" in lines
    assert all(line.startswith("+") for line in lines[2:])
    assert not any("https://" in line or "Read orders by cursor" in line for line in lines)
    assert max(len(line) for line in lines) <= 52


def test_a_project_that_takes_comments_only_gets_no_preview_and_fields_are_named(report: RunReport) -> None:
    assert compose(report, SITE, project=Project()) == compose(report, SITE)
    text = write(compose(report, SITE, project=FIELDS), Dialect.MARKDOWN)
    assert "and replaces the field `Acceptance Criteria`" in text
    assert "+- [ ]" not in text


def test_the_preview_of_a_ticket_with_rats_part_shows_what_goes(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    desk = replace(desk, project_of=lambda _: REGION)
    tracker.person_writes("description", "It hangs.")
    report = replace(report, refinement=replace(report.refinement, ticket=tracker.ticket))
    publish([report], desk)
    assert "Before and after" in tracker.stored[0].raw
    assert apply(REF, desk, sections=(), project=REGION, by="jo")[0].action is Action.CREATED
    same = compose(about(report, tracker.ticket.body), SITE, project=REGION)
    assert difference(same) == []
    assert report.refinement.proposal is not None
    other = replace(report.refinement, proposal=replace(report.refinement.proposal, out_of_scope=("Imports",)))
    changed = compose(about(replace(report, refinement=other), tracker.ticket.body), SITE, project=REGION)
    assert {"-- Other exports", "+- Imports"} <= set(difference(changed))


def test_no_hostile_description_comes_to_life_in_the_preview(report: RunReport) -> None:
    drafted = tuple(section for section in compose(report, SITE).sections if section.name == "risks")
    for place, payload in enumerate(PAYLOADS):
        disguise = list(DISGUISES.values())[place % len(DISGUISES)]
        ticket = about(report, disguise(payload)).refinement.ticket
        made = Document((Section("preview", preview(ticket, drafted, REGION)),))
        assert not all_alive(made), payload
        for dialect in Dialect:
            assert read(write(made, dialect), dialect) is not None
