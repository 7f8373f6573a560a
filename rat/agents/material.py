"""What every agent reads first, the same for all of them: the ticket, its comments, and the evidence that fits."""

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rat.model import Comment, Evidence, EvidenceKind, Ticket
from rat.model.command import Verb, read_command
from rat.model.dialogue import Dialogue

SHARED_CHARS = 14_000
"""Characters of ticket and evidence, so that five agents read fewer than 25,000 tokens (benchmarks/team_prompts.py)."""
TICKET_SHARE = 0.4
COMMENTS_SHARE = 0.15
PASSAGE_CHARS = 1_500
ASKED_LIMIT = 12

# One of each in turn, code twice: no kind of evidence crowds out another.
_TURNS = (
    EvidenceKind.CODE,
    EvidenceKind.ADR,
    EvidenceKind.CODE,
    EvidenceKind.RFE,
    EvidenceKind.TEST,
    EvidenceKind.TICKET,
    EvidenceKind.COMMIT,
    EvidenceKind.OWNER,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """The texts that a prompt shows, each to be fenced."""

    ticket: str
    comments: str
    passages: tuple[str, ...]


def material(
    ticket: Ticket, evidence: tuple[Evidence, ...], *, may_send: Callable[[str], bool], chars: int = SHARED_CHARS
) -> Material:
    """What fits into *chars*: the ticket first, then comments, then evidence by rank with every kind in turn."""
    said = _ticket_text(ticket, int(chars * TICKET_SHARE))
    comments = _comments_text(ticket.comments, int(chars * COMMENTS_SHARE))
    sendable = tuple(piece for piece in evidence if may_send(piece.path))
    return Material(ticket=said, comments=comments, passages=_fitting(sendable, chars - len(said) - len(comments)))


def asked_before(dialogue: Dialogue) -> str:
    """The questions of earlier runs, one a line, with what became of each."""
    lines = [f"answered: {shorten(question, 200)}" for question in dialogue.closed[-ASKED_LIMIT:]]
    lines += [f"open: {shorten(one, 200)}" for one in dialogue.open if one not in dialogue.closed]
    return "\n".join(lines)


def shorten(text: str, chars: int) -> str:
    """*text* in at most *chars* characters: its beginning and its end, with the gap shown."""
    if len(text) <= chars:
        return text
    gap = "\n[... cut ...]\n"
    if chars <= len(gap):
        return text[:chars]
    head = (chars - len(gap)) * 3 // 4
    tail = chars - len(gap) - head
    return text[:head] + gap + text[len(text) - tail :]


def _ticket_text(ticket: Ticket, chars: int) -> str:
    head = [f"title: {shorten(ticket.title, 300)}"]
    facts = (("type", ticket.declared_type), ("labels", ", ".join(ticket.labels)), ("state", ticket.state))
    head += [f"{name}: {shorten(value, 200)}" for name, value in facts if value]
    head += [f"{link.relation}: {link.key} {link.title}"[:200] for link in ticket.links[:10]]
    start = "\n".join(head) + "\n---\n"
    return start + shorten(ticket.body or "(no text)", max(0, chars - len(start)))


def _comments_text(comments: tuple[Comment, ...], chars: int) -> str:
    """The newest comments of people that fit, oldest of them first; commands to RAT by what they ask for."""
    kept: deque[str] = deque()
    for comment in reversed([comment for comment in comments if not comment.is_bot and not comment.marker]):
        if not (said := _said(comment)):
            continue
        text = f"{comment.author[:60]}{said}"
        if len(text) + 1 > chars:
            break
        chars -= len(text) + 1
        kept.appendleft(text)
    return "\n".join(kept)


def _said(comment: Comment) -> str:
    """What a comment says, for the team: a hint and the reason of a rejection count, other commands say nothing."""
    command = read_command(comment.body)
    if command is None:
        return f": {shorten(comment.body, 600)}"
    asks = {Verb.REFINE: " asks for", Verb.REJECT: " rejected an earlier draft"}.get(command.verb or Verb.HELP)
    return f"{asks}: {shorten(command.words, 600)}" if asks and command.words else ""


def _fitting(evidence: tuple[Evidence, ...], chars: int) -> tuple[str, ...]:
    """Passages that fit, in the order of *evidence*."""
    kept: dict[str, str] = {}
    for piece in _by_turns(evidence):
        text = _passage(piece)
        if len(text) > chars:
            continue
        chars -= len(text)
        kept[piece.id] = text
    return tuple(kept[piece.id] for piece in evidence if piece.id in kept)


def _by_turns(evidence: tuple[Evidence, ...]) -> Iterator[Evidence]:
    queues = {kind: deque(piece for piece in evidence if piece.kind is kind) for kind in EvidenceKind}
    for kind in itertools.cycle(_TURNS):
        if not any(queues.values()):
            return
        if queues[kind]:
            yield queues[kind].popleft()


def _passage(piece: Evidence) -> str:
    facts = (("status", piece.status), ("why", "; ".join(piece.reasons[:4])))
    head = [f"id: {piece.id}", f"{piece.kind}: {shorten(piece.title, 200)}"]
    head += [f"{name}: {shorten(value, 200)}" for name, value in facts if value]
    return "\n".join([*head, "---", shorten(piece.text, PASSAGE_CHARS)])
