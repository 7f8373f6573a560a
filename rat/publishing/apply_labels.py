"""Puts the label on a ticket that says where it stands; only RAT's own labels are ever added or taken off."""

from collections.abc import Callable
from dataclasses import replace

from rat.errors import Ambiguous, NotApproved, TrackerError
from rat.model import TicketRef
from rat.model.settings import Labels
from rat.ports import Dialect
from rat.publishing.change import Change, carry_out
from rat.publishing.dialect import text_hash
from rat.publishing.document import Document, Heading
from rat.publishing.editing import Editing
from rat.publishing.kept import Kept, kept_on
from rat.publishing.outcome import Action, Outcome
from rat.publishing.verdict import READY_SIGN, WAITING_SIGN

KEPT_AS = "labels "


def apply_labels(work: Editing, document: Document, labels: Labels | None) -> Outcome:
    """What became of the label that the verdict of *document* asks for. Raises NotApproved where none are set."""
    if labels is None:
        raise NotApproved(
            f"No labels were set on {work.ref.key}: add `labels: {{}}` to the project in .github/rat.yml."
        )
    names = tuple(sorted({labels.ready, labels.needs_answers}))
    before, after = present(work, names), _wanted(document, labels)
    change = labels_change(work, before, after, names)
    for kept in kept_on(work):
        is_this = kept.target == _kept_as(names) and kept.written == text_hash(after, Dialect.WIKI)
        if is_this and before == halfway(kept.former, after, names):
            change = replace(change, kept=kept, replaced=kept.former)
    return carry_out(change, work, done=Action.UPDATED)


def present(work: Editing, names: tuple[str, ...]) -> str:
    """Which of *names* are on the ticket as it was read, a name a line."""
    return "\n".join(name for name in names if name in work.ticket.labels)


def halfway(before: str, after: str, names: tuple[str, ...]) -> str:
    """Which of *names* are there when a run died between its two writes: the new ones, and the old ones still."""
    return "\n".join(name for name in names if name in before.split("\n") or name in after.split("\n"))


def labels_change(work: Editing, before: str, after: str, names: tuple[str, ...]) -> Change:
    """The change of RAT's labels (*names*) from *before* to *after*, a name a line; *before* is kept."""

    def look() -> str:
        there = work.tracker.fetch(work.ref, comments=False).labels
        return "\n".join(name for name in names if name in there)

    def send() -> None:
        now, then = set(before.split("\n")) - {""}, set(after.split("\n")) - {""}
        _surely(work.tracker.add_labels, work, then - now)
        # What stood there goes last, since an undoing needs it; another run may have been there already.
        if now - then and look() not in (halfway(before, after, names), after):
            raise TrackerError(
                f"The labels of {work.ref.key} are not what was sent (the tracker answered that all was well). Look at "
                "them; the next run compares again."
            )
        _surely(work.tracker.remove_labels, work, now - then)

    return Change(
        purpose="labels",
        operation="set_labels",
        target="labels",
        before=before,
        after=after,
        look=look,
        send=send,
        kept=Kept(target=_kept_as(names), former=before, written=text_hash(after, Dialect.WIKI)),
    )


def _surely(write: Callable[[TicketRef, tuple[str, ...]], None], work: Editing, labels: set[str]) -> None:
    """Carry *write* out; said a second time it does no harm, so a lost answer is settled by that."""
    try:
        write(work.ref, tuple(sorted(labels)))
    except Ambiguous:
        write(work.ref, tuple(sorted(labels)))


def _kept_as(names: tuple[str, ...]) -> str:
    return KEPT_AS + " ".join(names)


def _wanted(document: Document, labels: Labels) -> str:
    """The label for where the ticket stands, as the first heading says it; none for one that is blocked."""
    verdict = next((block.value for block in document.blocks if isinstance(block, Heading)), "")
    if verdict.startswith(READY_SIGN):
        return labels.ready
    return labels.needs_answers if verdict.startswith(WAITING_SIGN) else ""
