from rat.model import Comment, Link, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.readership import STAFF, for_readers, readable_beside
from rat.model.settings import Audience


def ticket(key: str = "PAY-1", *, level: str = "", comments: tuple[Comment, ...] = ()) -> Ticket:
    links = (Link(relation="blocks", key="PAY-9", title="The takeover of Acme"),)
    ref = TicketRef(tracker=TrackerKind.JIRA, key=key)
    return Ticket(ref=ref, title="t", body="b", comments=comments, links=links, restricted_to=level)


def said(name: str, *, to: str = "", marker: str = "") -> Comment:
    return Comment(id=name, author="alice", body=name, restricted_to=to, marker=marker)


COMMENTS = (
    said("for all"),
    said("for administrators", to="role Administrators"),
    said("for the staff", to=STAFF),
    said("by RAT", to=STAFF, marker="<!-- rat:1 x -->"),
)


def left(audience: Audience) -> tuple[list[str], tuple[str, ...]]:
    refinement = for_readers(Refinement(ticket=ticket(comments=COMMENTS)), audience)
    return [comment.body for comment in refinement.ticket.comments], refinement.notes


def test_a_comment_for_a_role_is_never_read_and_one_for_the_staff_only_among_colleagues() -> None:
    note = "comments that not every reader of the ticket may read were left out: {}"
    assert left(Audience.INTERNAL) == (["for all", "for the staff", "by RAT"], (note.format(1),))
    assert left(Audience.PUBLIC) == (["for all", "by RAT"], (note.format(2),))


def test_titles_of_linked_items_stay_among_colleagues() -> None:
    work = Refinement(ticket=ticket())
    assert for_readers(work, Audience.INTERNAL) is work
    (link,) = for_readers(work, Audience.PUBLIC).ticket.links
    assert (link.key, link.title) == ("PAY-9", "")


def test_titles_of_linked_issues_of_github_are_as_public_as_the_issue() -> None:
    issue = Ticket(ref=TicketRef(tracker=TrackerKind.GITHUB, key="a/b#1"), title="t", body="b", links=ticket().links)
    work = Refinement(ticket=issue)
    assert for_readers(work, Audience.PUBLIC) is work


def test_other_tickets_are_read_unless_their_level_is_another() -> None:
    others = (ticket("PAY-2"), ticket("PAY-3", level="Board"), ticket("PAY-4", level="Finance"))
    assert [other.key for other in readable_beside(ticket(), others)] == ["PAY-2"]
    assert [other.key for other in readable_beside(ticket(level="Board"), others)] == ["PAY-2", "PAY-3"]
