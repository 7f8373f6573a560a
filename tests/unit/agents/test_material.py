"""What every agent reads first: bounded, ranked, in the same words for all."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rat.agents.material import Material, material, shorten
from rat.model import Comment, Evidence, EvidenceKind, Ticket, TicketRef, TrackerKind

TICKET = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title="A title", body="A body.")


def shown(ticket: Ticket, evidence: tuple[Evidence, ...], chars: int = 14_000) -> Material:
    return material(ticket, evidence, may_send=lambda path: True, chars=chars)


def passage(number: int, kind: EvidenceKind, size: int = 1_000) -> Evidence:
    return Evidence(id=f"{kind}-{number}", kind=kind, title="t", path=f"{kind}/{number}", text="x" * size)


texts = st.text(max_size=3_000)
pieces = st.builds(
    Evidence,
    id=st.text(min_size=1, max_size=60),
    kind=st.sampled_from(EvidenceKind),
    title=texts,
    text=texts,
    status=st.text(max_size=300),
    reasons=st.lists(st.text(max_size=300), max_size=6).map(tuple),
)


@settings(max_examples=60)
@given(title=texts, body=texts, evidence=st.lists(pieces, max_size=12).map(tuple), chars=st.integers(2_000, 8_000))
def test_the_material_never_grows_beyond_its_size(
    title: str, body: str, evidence: tuple[Evidence, ...], chars: int
) -> None:
    result = shown(replace(TICKET, title=title, body=body * 20), evidence, chars)
    assert len(result.ticket) + len(result.comments) + sum(map(len, result.passages)) <= chars


def test_a_body_of_a_megabyte_shows_its_beginning_and_its_end() -> None:
    text = shown(replace(TICKET, body="begin " + "x" * 1_000_000 + " end"), ()).ticket
    assert "begin" in text
    assert text.endswith(" end")
    assert "[... cut ...]" in text
    assert len(text) <= 0.4 * 14_000


def test_no_kind_of_evidence_crowds_out_another() -> None:
    code = tuple(passage(number, EvidenceKind.CODE) for number in range(30))
    decision = passage(1, EvidenceKind.ADR)
    ids = [text.splitlines()[0] for text in shown(TICKET, (*code, decision)).passages]
    assert "id: adr-1" in ids
    assert ids[0] == "id: code-0"
    assert ids[-1] == "id: adr-1"  # shown in the order of the evidence
    assert len(ids) > 8


def test_of_one_kind_the_first_are_kept() -> None:
    code = tuple(passage(number, EvidenceKind.CODE) for number in range(30))
    ids = [text.splitlines()[0] for text in shown(TICKET, code).passages]
    assert ids == [f"id: code-{number}" for number in range(len(ids))]


def test_a_file_that_must_not_leave_is_left_out() -> None:
    code = (passage(1, EvidenceKind.CODE), passage(2, EvidenceKind.CODE))
    result = material(TICKET, code, may_send=lambda path: path != "code/1")
    assert [text.splitlines()[0] for text in result.passages] == ["id: code-2"]


def test_the_newest_comments_of_people_are_shown() -> None:
    comments = tuple(Comment(id=str(n), author="ada", body=f"comment {n} " + "x" * 500) for n in range(20))
    bot = Comment(id="b", author="rat", body="my own words", is_bot=True)
    marked = Comment(id="m", author="rat", body="my own words", marker="rat:1")
    text = shown(replace(TICKET, comments=(*comments, bot, marked)), ()).comments
    assert "comment 19" in text
    assert "comment 0 " not in text
    assert "my own words" not in text
    assert text.index("comment 18") < text.index("comment 19")


def test_an_empty_ticket_says_so() -> None:
    assert "(no text)" in shown(replace(TICKET, body=""), ()).ticket


@given(st.text(max_size=500), st.integers(0, 200))
def test_a_shortened_text_fits(text: str, chars: int) -> None:
    assert len(shorten(text, chars)) <= chars
