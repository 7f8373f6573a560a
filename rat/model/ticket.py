"""A ticket as RAT reads it, whatever tracker it comes from."""

from dataclasses import dataclass
from enum import StrEnum

from rat.model.strict import Strict


class TrackerKind(StrEnum):
    """Where a ticket lives."""

    GITHUB = "github"
    JIRA = "jira"
    FILE = "file"


class TicketType(StrEnum):
    """What kind of work a ticket asks for; each has its own definition of ready."""

    BUG = "bug"
    STORY = "story"
    TASK = "task"
    EPIC = "epic"
    RFE = "rfe"
    SPIKE = "spike"
    QUESTION = "question"


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRef(Strict):
    """The name of a ticket: `owner/repo#12` on GitHub, `PAY-17` in Jira, a path for a file, `-` for standard input."""

    tracker: TrackerKind
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment(Strict):
    """A comment under a ticket.

    *body* is Markdown; *raw* the text as the tracker stores it (Markdown, ADF as canonical JSON, or wiki text);
    *author_name* is how people call the author, where *author* is an id; *by_member*: they have a say here, which
    decides what is listened to, never what is done; *marker* what the tracker keeps beside the text for RAT, or the
    marker line found inside it; *restricted_to* who alone may read it ("role Administrators", "staff" of a service
    desk), empty for all of the ticket's readers; *reactions* how many people gave it, where the tracker has any.
    """

    id: str
    author: str
    body: str
    created_at: str = ""
    updated_at: str = ""
    url: str = ""
    is_bot: bool = False
    by_member: bool = False
    author_name: str = ""
    marker: str = ""
    raw: str = ""
    restricted_to: str = ""
    reactions: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Link(Strict):
    """A link from a ticket to another: *relation* in the tracker's words ("parent", "blocks", "duplicates")."""

    relation: str
    key: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket(Strict):
    """A ticket: *body* is Markdown (converted from ADF or wiki text), times are ISO 8601 as the tracker gives them.

    *comment_count* is what the tracker says, whether or not the comments were read; None where it does not say.
    *marker* is what a ticket that RAT made is found again by (read by `Editor.children`); *restricted_to* names the
    security level that fewer people may read than the project has, empty for none; *hash_as_read* is the content hash
    from before secrets were taken out of title and body, empty where none were.
    """

    ref: TicketRef
    title: str
    body: str
    declared_type: str = ""
    state: str = "open"
    locked: bool = False
    labels: tuple[str, ...] = ()
    author: str = ""
    url: str = ""
    created_at: str = ""
    updated_at: str = ""
    comments: tuple[Comment, ...] = ()
    comment_count: int | None = None
    links: tuple[Link, ...] = ()
    marker: str = ""
    restricted_to: str = ""
    hash_as_read: str = ""

    @property
    def key(self) -> str:
        """The ticket's name as a person writes it."""
        return self.ref.key

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over the title and body: what RAT read, and what must not have changed before a write."""
        import hashlib  # 5 ms, and a search needs none

        if self.hash_as_read:
            return self.hash_as_read
        return hashlib.sha256(f"{self.title}\0{self.body}".encode(errors="surrogatepass")).hexdigest()
