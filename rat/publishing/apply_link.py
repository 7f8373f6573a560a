"""Puts a link to the run that carried out an approval on a Jira item, where the project asks for it."""

from rat.errors import Ambiguous
from rat.model import TrackerKind
from rat.publishing.document import Link
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.outcome import Action, Call, Outcome

PURPOSE = "link"
TITLE = "Refined with RAT"


def apply_link(work: Editing) -> Outcome | None:
    """What became of the link; None on GitHub, and where the run has no address.

    Jira keeps one link for each marker, so that the newest run takes the place of the one before: nothing piles up,
    and a lost answer is settled by sending it once more.
    """
    run = work.desk.site.run()
    if work.ref.tracker is not TrackerKind.JIRA or not isinstance(run, Link):
        return None
    if work.desk.dry_run:
        target = f"{work.ref.key} {TITLE}"
        call = Call(tracker=work.ref.tracker.value, operation="add_remote_link", target=target, body=run.url)
        return _ended(work, Action.PLANNED, "dry run", call)
    entry = Entry(
        step="intent",
        ticket=work.ref.key,
        purpose=PURPOSE,
        operation="add_remote_link",
        target=TITLE,
        text=run.url,
        by=work.by,
    )
    done = journaled(entry, lambda: _send(work, run.url), work.desk.journal, done=Action.CREATED)
    return _ended(work, Action(done.action), done.reason)


def _send(work: Editing, url: str) -> None:
    marker = f"rat:{work.ref.key}"
    try:
        work.tracker.add_remote_link(work.ref, url=url, title=TITLE, marker=marker)
    except Ambiguous:
        work.tracker.add_remote_link(work.ref, url=url, title=TITLE, marker=marker)


def _ended(work: Editing, action: Action, reason: str, call: Call | None = None) -> Outcome:
    return Outcome(ticket=work.ref.key, purpose=PURPOSE, action=action, reason=reason, call=call)
