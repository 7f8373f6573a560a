"""Every write of RAT with texts of an attacker wherever others have a say, and what is alive in what leaves."""

import itertools
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rat.model import RunReport, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue, Rejection
from rat.model.settings import Labels, Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.apply_link import TITLE
from rat.publishing.compose import compose
from rat.publishing.compose_impact import compose_impact
from rat.publishing.decision import publish_rejection
from rat.publishing.dialect import write
from rat.publishing.document import Document
from rat.publishing.inert import one_line
from rat.publishing.journal import Journal
from rat.publishing.markdown import write_markdown
from rat.publishing.offer import Desk, Policy
from rat.publishing.publish import publish, publish_answer
from rat.publishing.region import described
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.oracle import invisible
from tests.unit.publishing.sample import SITE, full_report, impact_report
from tests.unit.publishing.test_apply import ADF_BODY
from tests.unit.publishing.test_apply_hostile import ORIGIN, found_in
from tests.unit.publishing.test_compose import FIXED, own_links, spoiled

PLACES = {
    TrackerKind.GITHUB: Project(write=WritePolicy.REGION, labels=Labels()),
    TrackerKind.JIRA: Project(
        write={"jira-field": {"Acceptance Criteria": "approved", "description": "approved"}},
        labels=Labels(),
        link_run=True,
    ),
}
"""What a person lets RAT write."""

ORIGINS = ORIGIN | {"https://jira.example.org/browse/PAY-17"}
"""Where a sub-task says that it comes from."""

Say = Callable[[str], str]
"""Gives the next text of the attacker in place of one that stands somewhere."""
Write = Callable[[Say], Iterator[list[str]]]
"""A write with such texts: for each text that leaves, what is alive in it."""


@dataclass
class Supply:
    """The *texts* to try, one after the other, and what came of them; when they end, the last is said again."""

    texts: Sequence[str]
    given: int = 0
    judged: int = 0
    finds: list[str] = field(default_factory=list)

    @property
    def is_used_up(self) -> bool:
        """Whether each text was given out."""
        return self.given >= len(self.texts)

    def judge(self, write: Write) -> None:
        """Do *write* with as many of the texts as it takes; on a find do it again with each of them alone."""
        first = self.given
        if not self._alive(write, self._next):
            return
        for text in self.texts[first : self.given]:
            if found := self._alive(write, partial(_same, text)):
                self.finds.append(f"{text[:200]!r}: {found[:3]}")
                return
        self.finds.append(f"{self.texts[first][:200]!r}, beside others")

    def _next(self, _: str) -> str:
        self.given += 1
        return self.texts[min(self.given, len(self.texts)) - 1]

    def _alive(self, write: Write, say: Say) -> list[str]:
        every = list(write(say))
        self.judged += len(every)
        return list(itertools.chain(*every))


def _same(text: str, _: str) -> str:
    return text


@dataclass
class Recorder(MemoryTracker):
    """Keeps the titles of remote links too."""

    titles: set[str] = field(default_factory=set)

    def add_remote_link(self, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
        """Keep it."""
        MemoryTracker.add_remote_link(self, ref, url=url, title=title, marker=marker)
        self.titles |= {title}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A ticket in one tracker, and the desk at which RAT writes on it."""

    tracker: Recorder
    desk: Desk

    @property
    def ref(self) -> TicketRef:
        """The ticket."""
        return self.tracker.ticket.ref

    def judged(self, links: frozenset[str]) -> Iterator[list[str]]:
        """What is alive in each of RAT's texts on the ticket as they stand; *links* are RAT's own."""
        dialect = self.tracker.dialect
        texts = [_unmarked(comment.raw, dialect) for comment in self.tracker.stored]
        texts += [_unmarked(child.body, dialect) for child in self.tracker.below]
        part = described(self.tracker.fields["description"], dialect, ticket=self.ref.key, key="").inside
        texts += [part, self.tracker.fields.get("Acceptance Criteria", "")]
        yield from (found_in(text, dialect, links) for text in texts if text)
        for child in self.tracker.below:
            yield invisible(child.title) + (["title of two lines"] if child.title != one_line(child.title) else [])


def _unmarked(text: str, dialect: Dialect) -> str:
    return text.partition("\n")[2] if dialect is Dialect.MARKDOWN else text


def stage(dialect: Dialect, folder: Path, *labels: str) -> Stage:
    """A fresh ticket whose tracker writes in *dialect*."""
    is_jira = dialect is not Dialect.MARKDOWN
    ref = TicketRef(tracker=TrackerKind.JIRA, key="PAY-17") if is_jira else REF
    ticket = Ticket(ref=ref, title="Export hangs", body="", labels=labels, updated_at="2026-11-01T10:00:00Z")
    tracker = Recorder(ticket, kind=ref.tracker, dialect=dialect)
    tracker.person_writes("description", ADF_BODY if dialect is Dialect.ADF else "It hangs.")
    journal = Journal(folder / "journal.jsonl")
    journal.path.unlink(missing_ok=True)
    policy = Policy(repositories=frozenset({"acme/shop"}), jira_projects=frozenset({"PAY"}))
    return Stage(tracker=tracker, desk=Desk(tracker_for=lambda _: tracker, site=SITE, policy=policy, journal=journal))


def former(text: str, dialect: Dialect) -> str:
    """What a person wrote into a field, as its tracker stores it."""
    if dialect is not Dialect.ADF:
        return text
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text or "x"}]}
    return json.dumps({"version": 1, "type": "doc", "content": [paragraph]}, ensure_ascii=False)


def hijacked(say: Say) -> RunReport:
    """A report in which every text is the attacker's: the ticket's, the evidence's, each field of each reply."""
    report = full_report(Ticket(ref=REF, title="t", body="b", author="a", labels=("l",), updated_at="u"))
    dialogue = Dialogue(settled=("s",), rejection=Rejection(by="b", why="w", stands=True))
    whole = replace(report, refinement=replace(report.refinement, dialogue=dialogue))
    return spoiled(whole, say, fixed=FIXED | {"input_hash"})  # which RAT computes


def comment(say: Say) -> Iterator[list[str]]:
    """The comment on a ticket, with the preview of what an approval would write, in the three languages."""
    yield from _documents(compose(hijacked(say), SITE, project=PLACES[TrackerKind.GITHUB]))


def names(say: Say) -> Iterator[list[str]]:
    """The same with hostile names as well: paths, keys, ids of evidence."""
    yield from _documents(compose(spoiled(hijacked(say), say, fixed=frozenset({"head"})), SITE))


def impact(say: Say) -> Iterator[list[str]]:
    """The comment on a pull request."""
    report = impact_report(hijacked(say))
    yield from _documents(compose_impact(spoiled(report, say, fixed=FIXED - {"key"}), SITE))


def _documents(document: Document) -> Iterator[list[str]]:
    links = own_links(write_markdown(document))
    yield from (found_in(write(document, dialect), dialect, links) for dialect in Dialect)


def approval(say: Say, dialect: Dialect) -> Iterator[list[str]]:
    """RAT's part of the description, a Jira field, labels, sub-tasks, a remote link; what they replace; all undone."""
    report = hijacked(lambda text: f"{say(text)} {text}")  # tasks keep names of their own
    links = own_links(write_markdown(compose(report, SITE))) | ORIGINS
    with tempfile.TemporaryDirectory() as folder:
        at = stage(dialect, Path(folder), say(""))
        before = former(say(""), dialect)
        if at.tracker.kind is TrackerKind.JIRA:
            at.tracker.fields["Acceptance Criteria"] = before
        work = replace(report.refinement, ticket=at.tracker.fetch(at.ref, comments=False))
        publish([replace(report, refinement=work)], at.desk)
        for sections in (("labels", "problem", "approach"), ("criteria", "risks", "problem"), ("tasks",)):
            apply(at.ref, at.desk, sections=sections, project=PLACES[at.ref.tracker], by="jo")
        if at.tracker.fields.get("Acceptance Criteria") == before:  # nothing was written there
            del at.tracker.fields["Acceptance Criteria"]
        yield from at.judged(links)
        yield [f"label {name}" for name in set(at.tracker.ticket.labels[1:]) - {"rat:ready", "rat:needs-answers"}]
        yield [f"title of a link: {title}" for title in at.tracker.titles - {TITLE}]
        for _ in range(6):
            undo(at.ref, at.desk)
        at.tracker.fields.pop("Acceptance Criteria", None)  # somebody's own words again
        yield from at.judged(links)


def replies(say: Say, dialect: Dialect) -> Iterator[list[str]]:
    """The record of a rejection, and the answer to a command that could not be carried out, with its reasons."""
    with tempfile.TemporaryDirectory() as folder:
        at = stage(dialect, Path(folder))
        publish_rejection(at.ref, say(""), at.desk, by=say(""), command_id="7")
        publish_answer(at.ref, "\n\n".join(say("") for _ in range(8)), at.desk, command_id="8")
        yield from at.judged(frozenset({SITE.run_url}))


WRITES: dict[str, Write] = {
    "comment": comment,
    "comment with hostile names": names,
    "pull request": impact,
    **{f"approval and undo, {dialect}": partial(approval, dialect=dialect) for dialect in Dialect},
    **{f"rejection and answer, {dialect}": partial(replies, dialect=dialect) for dialect in Dialect},
}
"""By name. In the first three each text is written in the three languages."""
