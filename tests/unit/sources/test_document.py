"""Files are read as text with the lines that git counts, or not at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rat.sources.document import MAX_BYTES, Document, Problem, at_most, read_document


def _document(data: bytes, path: str = "docs/adr/0001-x.md") -> Document:
    document, _ = read_document(path, data)
    assert document is not None
    return document


def test_a_byte_order_mark_does_not_hide_the_front_matter() -> None:
    assert _document(b"\xef\xbb\xbf---\nstatus: accepted\n---\n# T\n").front.values["status"] == ("accepted",)


def test_crlf_keeps_its_bytes_and_its_line_numbers() -> None:
    document = _document(b"---\r\nstatus: accepted\r\n---\r\n\r\n# Title\r\n\r\ntext\r\n")
    assert document.title is not None
    assert (document.title.text, document.title.line) == ("Title", 5)
    assert document.passage(5, 7) == "# Title\r\n\r\ntext\r"


def test_another_encoding_is_read_and_noted() -> None:
    document, problems = read_document("a.md", "# Größe".encode("latin-1"))
    assert document is not None
    assert document.title is not None
    assert document.title.text == "Größe"
    assert "not UTF-8" in problems[0].message
    assert _document("# Größe".encode("utf-16")).title is not None


def test_binary_data_is_a_note() -> None:
    document, problems = read_document("a.md", b"# T\n\0\1\2")
    assert document is None
    assert "binary" in problems[0].message


def test_a_huge_file_is_read_in_part() -> None:
    document, problems = read_document("a.md", b"# Title\n" + b"word \n" * MAX_BYTES)
    assert document is not None
    assert len(document.text) <= MAX_BYTES
    assert "larger than" in problems[0].message


def test_a_cut_inside_a_character_is_no_encoding_problem() -> None:
    _, problems = read_document("a.md", b"a" * (MAX_BYTES - 1) + "é".encode() * 10)
    assert [problem.message for problem in problems if "UTF-8" in problem.message] == []


def test_a_first_heading_that_is_a_usual_section_is_no_title() -> None:
    assert _document(b"## Context and Problem Statement\n\ntext").title is None
    assert _document(b"# Context for agents\n\n## Context\n").title is not None


def test_a_bare_number_above_the_name_is_passed_over() -> None:
    title = _document(b"# ADR-0012\n\n## Use Kafka\n\n- Status: accepted\n\n## Context\n").title
    assert title is not None
    assert title.text == "Use Kafka"


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    document = _document(b"# T\n\n## A\n\none\n\n### B\n\ntwo\n\n## C\n\nthree\n")
    sections = {section.title: (section.start, section.end) for section in document.sections()}
    assert sections == {"T": (1, 14), "A": (3, 10), "B": (7, 10), "C": (11, 14)}


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    for path in ("a.md", "a.rst", "a.adoc"):
        document, _ = read_document(path, data)
        if document:
            assert document.passage(1, len(document.lines)) == document.text


def test_files_beyond_the_limit_are_left_out_and_named() -> None:
    problems: list[Problem] = []
    assert list(at_most(2, ["a.md", "b.md", "c.md"], problems)) == ["a.md", "b.md"]
    assert (problems[0].path, "more than 2 files" in problems[0].message) == ("c.md", True)
