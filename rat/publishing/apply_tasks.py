"""Makes the approved tasks tickets below the ticket, each once, with what each of them waits for."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial

from rat.errors import Ambiguous, FieldRefused, TicketNotFound, TrackerError
from rat.model import Ticket
from rat.ports import Child
from rat.publishing.blocking import block
from rat.publishing.closing import PURPOSE, close
from rat.publishing.conflict import at_most_twice
from rat.publishing.document import Section
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.marker import short_hash
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.send import SETTLING_SECONDS
from rat.publishing.steps import Step, child_of, every_own_child, is_as_made, names, own_children, steps_of

log = logging.getLogger("rat")


def apply_tasks(work: Editing, section: Section) -> Iterator[Outcome]:
    """What became of the tasks in *section*: one outcome for all of them, in a dry run one for each call.

    A task that became a ticket before is left as it is, closed or not. Raises TrackerError where one could not be made;
    those made until then stay, and the next run goes on with the rest.
    """
    steps = {step.title: step for step in steps_of(section) if step.title}
    known = own_children(work)
    missing = [step for step in steps.values() if short_hash(step.title) not in known]
    if work.desk.dry_run:
        yield from _planned(work, missing, steps_of(section))
        return
    every = steps_of(section)
    made = [at_most_twice(partial(_made, work, step, every), partial(_anew, work, step, every)) for step in missing]
    children = {title: child for title in steps if (child := _child(title, known, made, missing))}
    notes = tuple(_blocked(work, children, steps_of(section)))
    action = Action.CREATED if made else Action.UNCHANGED
    reason = f"made {names(made)}" if made else "every task is a ticket already"
    yield Outcome(ticket=work.ref.key, purpose=PURPOSE, action=action, reason=reason, notes=notes)


def _anew(work: Editing, step: Step, steps: tuple[Step, ...]) -> Ticket:
    """The ticket of *step* that there is by now, or else a new one."""
    known = own_children(work).get(short_hash(step.title))
    return known[0] if known else _made(work, step, steps)


def _made(work: Editing, step: Step, steps: tuple[Step, ...]) -> Ticket:
    """The new ticket for *step*, read back and journaled. Raises TrackerError."""
    child = child_of(work, step, steps)
    if work.desk.guard.leaks(child.title + child.text):
        raise FieldRefused(f"The task “{step.title}” holds a secret of this run; no ticket was made of it.")
    entry = Entry(
        step="intent",
        ticket=work.ref.key,
        purpose=PURPOSE,
        operation="create_child",
        text=child.text,
        marker=child.marker,
        by=work.by,
    )
    stored: list[Ticket] = []

    def send() -> Ticket:
        stored.append(_sent(work, step, child))
        return stored[-1]

    ended = journaled(entry, send, work.desk.journal, done=Action.CREATED)
    if not stored:
        raise Ambiguous(f"{ended.reason} Say `/rat apply tasks` again: RAT looks for its tickets first.")
    return stored[-1]


def _sent(work: Editing, step: Step, child: Child) -> Ticket:
    def look() -> Ticket | None:
        for seconds in SETTLING_SECONDS:
            work.desk.wait(seconds)
            found = own_children(work).get(short_hash(step.title))
            if found is not None:
                return found[0]
        return None

    try:
        made = work.tracker.create_child(work.ref, child)
    except Ambiguous:
        made = look() or _sent_again(work, child, look)
    return _first(work, step, made)


def _first(work: Editing, step: Step, made: Ticket) -> Ticket:
    """*made* as it is stored, or the ticket that another run made of the same *step* before it; *made* is closed then.

    Each run looks again after it has made one, so that of two that did not know of each other the later one sees both.
    """
    same = [pair for pair in every_own_child(work) if pair[1].input_hash == short_hash(step.title)]
    mine = next((pair for pair in same if pair[0].key == made.key), None)
    if mine is None or not is_as_made(*mine, work):
        raise TrackerError(
            f"{made.key} does not say what was sent, or is not below {work.ref.key} (the tracker answered that all was "
            "well). Look at it."
        )
    first = same[0][0]
    if first.key != made.key:
        try:
            close(work, made)
        except FieldRefused as error:
            log.warning("%s was made a second time, as %s, which stays: %s", first.key, made.key, error)
    return first


def _sent_again(work: Editing, child: Child, look: Callable[[], Ticket | None]) -> Ticket:
    try:
        return work.tracker.create_child(work.ref, child)
    except Ambiguous:
        found = look()
        if found is None:
            raise
        return found


def _child(
    title: str, known: Mapping[str, tuple[Ticket, object]], made: list[Ticket], missing: list[Step]
) -> Ticket | None:
    if short_hash(title) in known:
        return known[short_hash(title)][0]
    return next((child for step, child in zip(missing, made, strict=True) if step.title == title), None)


def _blocked(work: Editing, children: dict[str, Ticket], steps: tuple[Step, ...]) -> Iterator[str]:
    """Say of each ticket what it waits for; what the tracker has no place for is a note."""
    for step in steps:
        for place in step.after:
            waiting, first = children.get(step.title), children.get(steps[place].title)
            if waiting is None or first is None or waiting == first or waiting.state != "open":
                continue
            try:
                at_most_twice(partial(block, work, waiting, first))
            except (FieldRefused, TicketNotFound) as error:
                yield f"{waiting.key} waits for {first.key}, which could not be said there: {error}"


def _planned(work: Editing, missing: list[Step], steps: tuple[Step, ...]) -> Iterator[Outcome]:
    for step in missing:
        child = child_of(work, step, steps)
        body = json.dumps(asdict(child), ensure_ascii=False)
        call = Call(tracker=work.ref.tracker.value, operation="create_child", target=work.ref.key, body=body)
        yield Outcome(ticket=work.ref.key, purpose=PURPOSE, action=Action.PLANNED, reason="dry run", call=call)
