"""Puts the label on a ticket that says where it stands; only RAT's own labels are ever added or taken off."""

from rat.errors import NotApproved
from rat.model.settings import Labels
from rat.ports import Dialect
from rat.publishing.change import Change, carry_out
from rat.publishing.dialect import text_hash
from rat.publishing.document import Document, Heading
from rat.publishing.editing import Editing
from rat.publishing.kept import Kept
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
    change = labels_change(work, present(work, names), _wanted(document, labels), names)
    return carry_out(change, work, done=Action.UPDATED)


def present(work: Editing, names: tuple[str, ...]) -> str:
    """Which of *names* are on the ticket as it was read, a name a line."""
    return "\n".join(name for name in names if name in work.ticket.labels)


def labels_change(work: Editing, before: str, after: str, names: tuple[str, ...]) -> Change:
    """The change of RAT's labels (*names*) from *before* to *after*, a name a line; *before* is kept."""

    def look() -> str:
        there = work.tracker.fetch(work.ref, comments=False).labels
        return "\n".join(name for name in names if name in there)

    def send() -> None:
        now, then = set(before.split("\n")) - {""}, set(after.split("\n")) - {""}
        work.tracker.add_labels(work.ref, tuple(sorted(then - now)))
        work.tracker.remove_labels(work.ref, tuple(sorted(now - then)))

    return Change(
        purpose="labels",
        operation="set_labels",
        target="labels",
        before=before,
        after=after,
        look=look,
        send=send,
        kept=Kept(target=KEPT_AS + " ".join(names), former=before, written=text_hash(after, Dialect.WIKI)),
    )


def _wanted(document: Document, labels: Labels) -> str:
    """The label for where the ticket stands, as the first heading says it; none for one that is blocked."""
    verdict = next((block.value for block in document.blocks if isinstance(block, Heading)), "")
    if verdict.startswith(READY_SIGN):
        return labels.ready
    return labels.needs_answers if verdict.startswith(WAITING_SIGN) else ""
