"""What people may have RAT do to a Jira issue beyond comments: fields, labels, sub-tasks, links, their commands."""

import contextlib
import threading

from rat.errors import TicketNotFound
from rat.model.ticket import Ticket, TicketRef
from rat.ports import Child
from rat.trackers import jira_children as subtasks
from rat.trackers import jira_fields as fields
from rat.trackers import jira_links as links
from rat.trackers import jira_people as people
from rat.trackers.calls import Call
from rat.trackers.jira_site import Site


class JiraEditor:
    """Fulfils `rat.ports.Editor` and `rat.ports.Commanded` for both kinds of Jira."""

    def __init__(self, *, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._may_mute: dict[str, bool] = {}

    def field(self, ref: TicketRef, name: str) -> str:
        """The text of a field, by its name or id, as stored now; empty for none."""
        return fields.read_field(self._site, ref, name)

    def update_field(self, ref: TicketRef, name: str, text: str) -> None:
        """WRITE. Replace the whole text of one field."""
        fields.write_field(self._site, ref, name, text, params=self._manners(ref))

    def add_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Put *labels* on the issue; the others stay."""
        fields.change_labels(self._site, ref, "add", labels, params=self._manners(ref))

    def remove_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Take *labels* off the issue; one that is not there is no error."""
        fields.change_labels(self._site, ref, "remove", labels, params=self._manners(ref))

    def children(self, ref: TicketRef) -> tuple[Ticket, ...]:
        """Every sub-task, open and closed."""
        return subtasks.read_children(self._site, ref)

    def create_child(self, ref: TicketRef, child: Child) -> Ticket:
        """WRITE. A new sub-task."""
        return subtasks.create_child(self._site, ref, child)

    def close_child(self, ref: TicketRef) -> None:
        """WRITE. Close a sub-task that RAT made."""
        subtasks.close_child(self._site, ref)

    def blockers(self, ref: TicketRef) -> frozenset[str]:
        """The keys of the issues that block *ref*."""
        return links.read_blockers(self._site, ref)

    def add_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Say that *ref* is blocked by another issue."""
        links.add_blocker(self._site, ref, by)

    def remove_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Take back that *ref* is blocked by another issue."""
        links.remove_blocker(self._site, ref, by)

    def retract_comment(self, ref: TicketRef, comment_id: str) -> None:
        """WRITE. Delete a comment; one that is gone is no error."""
        what = f"comment {comment_id} of {ref.key}"
        with contextlib.suppress(TicketNotFound):
            path = self._site.comment(ref, comment_id)
            self._site.calls.write(Call(what=what, method="DELETE", path=path, bodiless=True))

    def add_remote_link(self, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
        """WRITE. A remote link, one for each *marker*."""
        links.add_remote_link(self._site, ref, url=url, title=title, marker=marker)

    def remote_link(self, ref: TicketRef, *, marker: str) -> str:
        """The address and the title of the remote link with *marker*, a line each; empty for none."""
        return links.read_remote_link(self._site, ref, marker=marker)

    def remove_remote_link(self, ref: TicketRef, *, marker: str) -> None:
        """WRITE. Take the remote link with *marker* off."""
        links.remove_remote_link(self._site, ref, marker=marker)

    def may_write(self, ref: TicketRef, login: str) -> bool:
        """Whether *login* may edit the issue right now. Raises AccessRefused where this token may not ask."""
        return people.may_edit(self._site, ref, login)

    def react(self, ref: TicketRef, comment_id: str, reaction: str) -> None:
        """WRITE. Record a reaction, which nobody sees: Jira's public API has none to comments."""
        people.react(self._site, ref, comment_id, reaction)

    def reactions(self, ref: TicketRef, comment_id: str) -> frozenset[str]:
        """The reactions that were recorded for one comment."""
        return frozenset(people.reactions(self._site, ref, comment_id))

    def _manners(self, ref: TicketRef) -> dict[str, str]:
        """The parameter that spares watchers the mail, where this token may; asked for once a project."""
        project = self._site.project(ref)
        with self._lock:
            if project not in self._may_mute:
                self._may_mute[project] = people.may_mute(self._site, ref)
            return {"notifyUsers": "false"} if self._may_mute[project] else {}
