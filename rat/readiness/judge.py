"""A refinement judged: its type, what is wrong with the ticket, what to ask, and the score before and after."""

from dataclasses import replace

from rat.model.evidence import EvidenceKind
from rat.model.finding import Finding, Score
from rat.model.proposal import Proposal
from rat.model.refinement import Refinement
from rat.model.ticket import TicketType
from rat.ports import Grounds
from rat.readiness.answers import without_repeats
from rat.readiness.assess import assess, rule_of
from rat.readiness.classify import classify
from rat.readiness.definitions import DefinitionOfReady, parts_for
from rat.readiness.place import is_known
from rat.readiness.questions import questions
from rat.readiness.references import dead_references
from rat.readiness.rules import RULES, finding
from rat.readiness.score import HEAVY, READY, score_of
from rat.readiness.weights import POINTS

_DRAFTED = {
    "acceptance-criteria": "acceptance_criteria",
    "expected": "acceptance_criteria",
    "outcome": "acceptance_criteria",
    "breakdown": "tasks",
    "proposal": "approach",
    "goal": "approach",
}
"""Part -> the field of a proposal that can stand in for it. What was seen, where, and for whom, only a person knows:
steps, actual, environment and value are never taken from a draft."""

_HAVE_A_PLACE = frozenset({TicketType.BUG, TicketType.TASK, TicketType.STORY})
"""Types whose work begins at one place in the code; an epic has many, a question or a spike none."""
_SETTLED_BY_CRITERIA = ("untestable-criterion", "too-many-criteria", "error-alone")


def judge(
    refinement: Refinement, definition_of_ready: DefinitionOfReady, *, grounds: Grounds | None = None
) -> Refinement:
    """*refinement* with type, the ticket's findings, rule-made questions where nobody drafted any, and the score.

    Without a proposal both scores are the same. With one, parts that it drafts count if they cite something, findings
    about the draft cost their points, and an open question keeps the score below "ready"; it never falls below before.
    What the proposal leaves open is asked by rule where no agent asked anything. What was answered is not asked again.
    *grounds* is the checkout, where one is at hand: what the ticket names and it does not have counts as dead.
    """
    kind = refinement.type if refinement.proposal else classify(refinement.ticket)
    own = (
        *assess(refinement.ticket, kind, definition_of_ready),
        *_known_to_rat(refinement, kind),
        *(dead_references(refinement.ticket, kind, grounds) if grounds else ()),
    )
    drafted = tuple(one for one in refinement.findings if one.check not in RULES)
    asked = refinement.questions
    parts = parts_for(kind, definition_of_ready)
    left = own if refinement.proposal is None else _left(own, refinement.proposal, kind, parts)
    if not asked and (score_of(left) < READY or must_be_asked(left, kind, definition_of_ready)):
        asked = questions(left, ticket=refinement.ticket)
    asked = without_repeats(asked, refinement.dialogue.closed)
    before = after = score_of(own)
    if refinement.proposal is not None:
        after = score_of((*left, *drafted))
        after = max(before, min(after, READY - 1) if asked else after)
    return replace(
        refinement, type=kind, findings=(*own, *drafted), questions=asked, score=Score(before=before, after=after)
    )


def must_be_asked(own: tuple[Finding, ...], kind: TicketType, definition_of_ready: DefinitionOfReady) -> bool:
    """Whether a part is missing that no score makes up for: one that weighs much, or that the project asks for."""
    listed = {rule_of(part) for part in definition_of_ready.get(kind.value, ())}
    missing = {one.check for one in own if one.check.startswith("missing-")}
    return bool(missing & listed) or any(POINTS[check] >= HEAVY for check in missing)


def is_ready(refinement: Refinement) -> bool:
    """Whether an engineer could start: judged, over the line, nothing blocking, no question open."""
    score = refinement.score
    return score is not None and score.after >= READY and not refinement.blockers and not refinement.questions


def _left(
    own: tuple[Finding, ...], proposal: Proposal, kind: TicketType, parts: tuple[str, ...]
) -> tuple[Finding, ...]:
    """The ticket's findings that the proposal does not settle."""
    settled = {rule_of(part) for part in parts if _is_drafted(part, proposal)}
    if _is_drafted("acceptance-criteria", proposal):
        settled.update(_SETTLED_BY_CRITERIA)
    if _is_drafted("breakdown", proposal):
        settled.add("several-requests")
    if _is_drafted("goal", proposal):
        settled.update(("few-specifics", "no-pointer"))
    if proposal.out_of_scope:
        settled.add("missing-scope")
    if kind is TicketType.QUESTION and _is_drafted("goal", proposal):  # whoever answers from the sources understood it
        settled.update(("missing-question", "missing-tried", "diluted"))
    return tuple(one for one in own if one.check not in settled)


def _is_drafted(part: str, proposal: Proposal) -> bool:
    """Whether the draft has this part with at least one citation; what is not grounded is not information."""
    field = _DRAFTED.get(part)
    return field is not None and any(entry.citations for entry in getattr(proposal, field))


def _known_to_rat(refinement: Refinement, kind: TicketType) -> tuple[Finding, ...]:
    """What the evidence says: a decision against it, the same ticket twice, no place in the code that stands out."""
    found = [
        finding("against-decision", f"{conflict.adr} says: “{conflict.quote[:160]}”.")
        for conflict in refinement.conflicts[:1]
    ]
    for one in refinement.evidence:
        if one.kind is EvidenceKind.TICKET and any("duplicate" in reason.casefold() for reason in one.reasons):
            found.append(finding("duplicate", f"{one.id} may be the same: “{one.title[:100]}”."))
            break
    searched = any(one.kind is EvidenceKind.CODE for one in refinement.evidence)
    if searched and kind in _HAVE_A_PLACE and not is_known(refinement.impacted_files):
        found.append(finding("place-unknown", "The code search is not sure where this lands: no file stands out."))
    return tuple(found)
