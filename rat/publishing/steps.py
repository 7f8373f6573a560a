"""The tasks of RAT's comment as steps that can become tickets, and the tickets that RAT made of them."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rat.model import Ticket
from rat.ports import Child, Dialect
from rat.publishing.clip import clip
from rat.publishing.dialect import text_hash, write
from rat.publishing.document import (
    Bullets,
    Content,
    Document,
    Footer,
    Item,
    Link,
    Paragraph,
    Section,
    Text,
)
from rat.publishing.editing import Editing
from rat.publishing.inert import one_line
from rat.publishing.marker import Marker, marker_in, short_hash

PURPOSE = "task"
TITLE_LIMIT = 200
_HASH = len(short_hash(""))
_AFTER = re.compile(r"^(?P<title>.*?)(?:; after (?P<after>\d+(?:, \d+)*))?$", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One task as the comment shows it; *after* are the positions of the steps that come before it."""

    title: str
    content: Content
    after: tuple[int, ...] = ()


def steps_of(section: Section) -> tuple[Step, ...]:
    """The steps of the section with the tasks, in its order; the same title twice is one step."""
    items = [item for block in section.blocks if isinstance(block, Bullets) and block.ordered for item in block.items]
    return _without_circles([_step(item, len(items)) for item in items])


def child_of(work: Editing, step: Step, steps: tuple[Step, ...]) -> Child:
    """The ticket that *step*, one of *steps*, is to become below this one, with a marker by which it is found again."""
    ticket, desk, dialect = work.ticket, work.desk, work.dialect
    run = desk.site.run()
    document = Document(
        (
            Section("step", (Paragraph(step.content),)),
            Section("origin", (Paragraph((Text("One step of "), desk.site.ticket(ticket.key), Text("."))),)),
            Section("footer", (Footer((Text("Drafted by RAT "), run) if run else (Text("Drafted by RAT"),)),)),
        )
    )
    text = write(desk.guard.clean(document), dialect)
    title = desk.guard.clean_text(step.title)
    marker = Marker(
        ticket=ticket.key,
        purpose=PURPOSE,
        input_hash=short_hash(step.title),
        content_hash=short_hash(title),
        text_hash=text_hash(text, dialect),
        seen="".join(short_hash(steps[place].title) for place in step.after),
    )
    return Child(title=title, text=text, marker=marker.write(key=desk.marker_key))


def own_children(work: Editing) -> dict[str, tuple[Ticket, Marker]]:
    """The tickets below this one that RAT made, by the hash of the step; of several the first."""
    own: dict[str, tuple[Ticket, Marker]] = {}
    for child, marker in every_own_child(work):
        own.setdefault(marker.input_hash, (child, marker))
    return own


def every_own_child(work: Editing) -> tuple[tuple[Ticket, Marker], ...]:
    """The tickets below this one that RAT made, in the tracker's order: the order in which they came there."""
    marked = [
        (child, marker)
        for child in work.tracker.children(work.ref)
        if (marker := marker_in(child.marker, key=work.desk.marker_key))
        and (marker.ticket, marker.purpose) == (work.ref.key, PURPOSE)
    ]
    mine = work.tracker.identity() if marked else ""
    return tuple((child, marker) for child, marker in marked if child.author == mine)


def waits_for(own: Mapping[str, tuple[Ticket, Marker]]) -> tuple[tuple[Ticket, Ticket], ...]:
    """Which of RAT's *own* tickets was made to wait for which, as their markers say: the one that waits comes first."""
    return tuple(
        (child, own[step][0])
        for child, marker in own.values()
        for step in textwrap.wrap(marker.seen, _HASH)
        if step in own
    )


def is_as_made(child: Ticket, marker: Marker, work: Editing) -> bool:
    """Whether nobody has touched *child* since RAT made it: its title, its text, its comments."""
    text = work.tracker.field(child.ref, "description")
    if work.dialect is Dialect.MARKDOWN:
        text = text.replace("\r\n", "\n").partition("\n")[2]
    same = short_hash(child.title) == marker.content_hash and text_hash(text, work.dialect) == marker.text_hash
    return same and not child.comment_count


def names(tickets: Iterable[Ticket]) -> str:
    """The keys of *tickets* in a row."""
    return ", ".join(ticket.key for ticket in tickets)


def _without_circles(steps: list[Step]) -> tuple[Step, ...]:
    """*steps*, each waiting only for what does not wait for it in turn: a title may end with "; after 2" by itself."""
    behind: list[set[int]] = [set() for _ in steps]
    for place, step in enumerate(steps):
        after = []
        for first in step.after:
            if first != place and place not in behind[first]:
                after.append(first)
                for number, known in enumerate(behind):
                    if number == place or place in known:
                        known.update({first}, behind[first])
        steps[place] = replace(step, after=tuple(after))
    return tuple(steps)


def _step(item: Item, count: int) -> Step:
    """The words before the citations, without what they wait for."""
    first = next((place for place, leaf in enumerate(item.content) if isinstance(leaf, Link)), None)
    content = item.content[:first]
    words = "".join("" if isinstance(leaf, Link) else leaf.value for leaf in content).strip()
    words = words.removesuffix("(").strip() if first is not None else words
    found = _AFTER.match(words)
    title = clip(one_line((found["title"] if found else words).replace("`", "")), TITLE_LIMIT)
    after = [int(number) - 1 for number in (found["after"] or "").split(", ") if number] if found else []
    return Step(title=title, content=item.content, after=tuple(place for place in after if 0 <= place < count))
