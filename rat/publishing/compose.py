"""Puts the report of a ticket into a document: the verdict first, the proposal, then what it rests on, folded."""

from rat.model import RunReport, Status
from rat.model.settings import Project
from rat.publishing.asked import settled
from rat.publishing.clip import paragraphs
from rat.publishing.document import Block, Document, Footer, Paragraph, Rule, Section, Text
from rat.publishing.draft import proposal_sections
from rat.publishing.evidence import evidence_sections
from rat.publishing.preview import preview
from rat.publishing.site import Site
from rat.publishing.small_print import reply_origin, small_print
from rat.publishing.verdict import conflicts, missing, questions, rejected, verdict


def compose(report: RunReport, site: Site | None = None, *, project: Project | None = None) -> Document:
    """What a person reads of *report*, in the order in which they need it; parts with nothing in them are left out.

    With the *project* it shows too what an approval would write where that lets RAT.
    """
    site = site or Site()
    drafted = proposal_sections(report, site)
    sections = (
        Section("verdict", verdict(report), weight=100),
        Section("decision", rejected(report), weight=95),
        Section("questions", questions(report), weight=90),
        Section("settled", settled(report.refinement.dialogue.closed), weight=70),
        Section("conflicts", conflicts(report, site), weight=85),
        *drafted,
        Section("preview", preview(report.refinement.ticket, drafted, project or Project()), weight=15),
        Section("missing", missing(report), weight=60),
        *evidence_sections(report, site),
        Section("footer", _footer(report, site), weight=100),
    )
    return Document(tuple(section for section in sections if section.blocks))


def compose_answer(message: str, site: Site | None = None) -> Document:
    """The answer to a command: a few plain paragraphs and the small print."""
    said = tuple(Paragraph((Text(part),)) for part in paragraphs(message))
    footer = Footer(reply_origin(site or Site()))
    return Document((Section("answer", said, weight=100), Section("footer", (footer,), weight=100)))


def _footer(report: RunReport, site: Site) -> tuple[Block, ...]:
    if report.status is Status.SKIPPED:
        return (Footer(small_print(report, site)),)
    return (Rule(), Footer(small_print(report, site)))
