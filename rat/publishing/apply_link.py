"""Puts a link to the run that carried out an approval on a Jira item, where the project asks for it."""

import re

from rat.errors import FieldRefused
from rat.model import TrackerKind
from rat.publishing.change import Change, carry_out
from rat.publishing.document import Link
from rat.publishing.editing import Editing
from rat.publishing.outcome import Action, Outcome

PURPOSE = "link"
TITLE = "Refined with RAT"
_OF_A_RUN = re.compile(rf"https?://\S+/actions/runs/\d+(?:/attempts/\d+)?\n{TITLE}")


def apply_link(work: Editing, *, changed: bool = True) -> Outcome | None:
    """What became of the link; None on GitHub, and where the run has no address.

    Where the run *changed* nothing, it is put there only if there is none: a run before could not, and wrote the rest.

    Jira keeps one link for each marker, so that the newest run takes the place of the one before: nothing piles up,
    and a lost answer is settled by sending it once more. Raises FieldRefused where somebody made RAT's link another.
    """
    run = work.desk.site.run()
    if work.ref.tracker is not TrackerKind.JIRA or not isinstance(run, Link):
        return None
    before = link_now(work)
    if before and not changed:
        return None
    if before and not is_as_made(before):
        raise FieldRefused(f"Somebody changed RAT's link on {work.ref.key}, so it is left alone. Remove it to get one.")
    change = link_change(work, before, f"{run.url}\n{TITLE}")
    return carry_out(change, work, done=Action.UPDATED if before else Action.CREATED)


def link_now(work: Editing) -> str:
    """RAT's link on the item as it is now: its address and its title, a line each; empty for none."""
    return work.tracker.remote_link(work.ref, marker=_marker(work))


def is_as_made(link: str) -> bool:
    """Whether *link* looks as RAT makes them: a run's address under RAT's title."""
    return _OF_A_RUN.fullmatch(link) is not None


def link_change(work: Editing, before: str, after: str) -> Change:
    """The change of the link from *before* to *after*, each an address and a title or nothing."""

    def send() -> None:
        if not after:
            work.tracker.remove_remote_link(work.ref, marker=_marker(work))
            return
        url, _, title = after.partition("\n")
        work.tracker.add_remote_link(work.ref, url=url, title=title, marker=_marker(work))

    return Change(
        purpose=PURPOSE,
        operation="add_remote_link" if after else "remove_remote_link",
        target=TITLE,
        before=before,
        after=after,
        look=lambda: link_now(work),
        send=send,
    )


def _marker(work: Editing) -> str:
    return f"rat:{work.ref.key}"
