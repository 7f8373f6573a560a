import pytest

from rat.model import Ticket, TicketRef, TrackerKind


class Write:
    """Writes tickets as a person would file them."""

    def __call__(self, title: str, body: str = "", **more: object) -> Ticket:
        ref = TicketRef(tracker=TrackerKind.FILE, key="ticket.md")
        return Ticket(ref=ref, title=title, body=body, **more)  # type: ignore[arg-type]


@pytest.fixture
def write() -> Write:
    return Write()
