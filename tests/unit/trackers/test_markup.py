"""Jira's two written forms read as Markdown: what they mean, and that nothing hostile costs time."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.ports import Draft
from rat.trackers.adf import bare_text, canonical, read_adf
from rat.trackers.jira_forms import CloudForm, DataCenterForm
from rat.trackers.wiki import read_wiki


@pytest.mark.parametrize(
    ("wiki", "markdown"),
    [
        ("h1. Title", "# Title"),
        ("h6. Title *x*", "###### Title **x**"),
        ("*bold* _it_ -gone- +under+ ??cited??", "**bold** *it* ~~gone~~ under cited"),
        ("_it with *bold*_", "*it with **bold***"),
        ("a*b*c 2*3*4 snake_case_name well-known-word", "a*b*c 2*3*4 snake_case_name well-known-word"),
        ("{{mono *x*}}", "`mono *x*`"),
        ("[text|https://a.b/c?d=1]", "[text](https://a.b/c?d=1)"),
        ("[https://a.b/c]", "<https://a.b/c>"),
        ("[~bob] asked", "`~bob` asked"),
        ("!screen.png|thumbnail!", "[image: screen.png]"),
        ("Wow! Really!", "Wow! Really!"),
        ("* a\n** b\n*** c\n# d\n#* e", "- a\n    - b\n        - c\n1. d\n    - e"),
        ("- a\n- b", "- a\n- b"),
        ("||a||b||\n|1|[x|https://y]|", "|a|b|\n| --- | --- |\n|1|[x](https://y)|"),
        ("bq. said", "> said"),
        ("{quote}\none\ntwo\n{quote}", "> one\n> two"),
        ("{panel:title=Note|borderStyle=dashed}\nin\n{panel}", "**Note**\n\n\nin"),
        ("{color:red}red{color}", "red"),
        ("{code:java}\nint x; // *no*\n{code}", "```java\nint x; // *no*\n```"),
        ("{code:title=A.java|borderStyle=solid}\nx\n{code}", "```\nx\n```"),
        ("{noformat}\na\n\n```\n{noformat}", "````\na\n\n```\n````"),
        ("before {code}x{code} after", "before \n```\nx\n```\n after"),
        ("{code} never closed", "{code} never closed"),
        ("----", "---"),
        ("line\\\\\nnext", "line  \nnext"),
        ("\\*no\\*", "\\*no\\*"),
        ("&#91;x&#93; &#128293;", "[x] 🔥"),
        ("PAY-17 and user@example.com", "PAY-17 and user@example.com"),
        ("", ""),
        ("日本語 *太字*", "日本語 **太字**"),
    ],
)
def test_wiki_text_is_read_as_markdown(wiki: str, markdown: str) -> None:
    lines = [line for line in read_wiki(wiki).split("\n") if line not in ("", ">", "> ")]
    assert lines == [line for line in markdown.split("\n") if line]


@given(st.text(alphabet="{}[]|*_-+!?~#\\&;:code quotenarmbhx1.\n", max_size=400))
def test_any_wiki_text_is_read_and_keeps_its_words(wiki: str) -> None:
    read_wiki(wiki).encode()


@given(st.text(alphabet="abc XYZ,.\n", max_size=200))
def test_plain_text_comes_through_unchanged(text: str) -> None:
    assert read_wiki(text) == text.strip("\n")


HOSTILE = [
    "{",
    "*a ",
    "*a",
    "{code}x{code}[~a]",
    "{code:x}",
    "[",
    "!a",
    "_a ",
    "{quote}",
    "{{a",
    "??a",
    "[a|",
    "\\",
    "&#",
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", [*HOSTILE, "||", "|a", " ", "\n", "-a ", "h1. ", "{panel:title=", "{anchor:"])
def test_hostile_wiki_text_ends_in_bounded_time(part: str) -> None:
    """Three times what a field of Jira may hold: a step for each pair of letters would take ten thousand million."""
    assert read_wiki(part * (100_000 // len(part))) is not None


def paragraph(*content: object) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": list(content)}]}


def block(kind: str, *content: object, **attributes: object) -> dict[str, Any]:
    return {"type": kind, "attrs": attributes, "content": list(content)}


def words(text: str) -> dict[str, Any]:
    return block("paragraph", {"type": "text", "text": text})


@pytest.mark.parametrize(
    ("node", "markdown"),
    [
        (block("expand", words("in"), title="More"), "**More**\n\nin"),
        (block("panel", words("in"), panelType="info"), "in"),
        (block("layoutSection", block("layoutColumn", words("a")), block("layoutColumn", words("b"))), "a\n\nb"),
        (block("bodiedExtension", words("in")), "in"),
        (block("decisionList", block("decisionItem", {"type": "text", "text": "We do"})), "We do"),
        (block("newer", {"type": "text", "text": "loose"}), "loose"),
        (block("paragraph", {"type": "text", "text": "a "}, {"type": "newer", "attrs": {"text": "b"}}), "a b"),
        (block("paragraph", {"type": "mention", "attrs": {"id": "1", "text": "@Bob"}}), "@Bob"),
        (block("codeBlock", {"type": "text", "text": "```\nx"}, language="py"), "````py\n```\nx\n````"),
    ],
)
def test_adf_of_any_kind_of_node_loses_no_word(node: object, markdown: str) -> None:
    assert read_adf({"type": "doc", "version": 1, "content": [node]}) == markdown


def test_the_bare_text_is_in_reading_order() -> None:
    document = {"type": "doc", "content": [words("one"), block("panel", words("two"), words("three"))]}
    assert bare_text(document) == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "document", [None, {}, [], "", [1], "text", {"type": "doc"}, {"type": "doc", "content": [None]}]
)
def test_what_is_no_document_is_read_without_a_crash(document: object) -> None:
    assert isinstance(read_adf(document), str)


def test_a_document_of_any_depth_is_read() -> None:
    node: dict[str, Any] = {"type": "paragraph", "content": [{"type": "text", "text": "leaf"}]}
    for _ in range(20_000):
        node = {"type": "blockquote", "content": [node]}
    document = {"type": "doc", "version": 1, "content": [node]}
    assert "leaf" in read_adf(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "content", "text", "attrs", "marks", "version"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["type", "content", "version"]), JSON) | JSON)
def test_any_json_is_read_without_a_crash(document: object) -> None:
    assert isinstance(read_adf(document), str)


def test_equal_documents_have_the_same_text() -> None:
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


@given(st.text(max_size=100), st.text(max_size=100))
def test_the_anchor_of_data_center_gives_text_and_marker_back(text: str, marker: str) -> None:
    body = DataCenterForm().payload(Draft(text=text, marker=marker))["body"]
    written = DataCenterForm().comment({"body": body})
    assert written.raw == text.replace("\r\n", "\n")
    assert written.marker == marker


@pytest.mark.parametrize("anchor", ["{anchor:rat-!}", "{anchor:rat-////}", "{anchor:rat-_w}", "{anchor:other}"])
def test_a_forged_anchor_is_no_marker(anchor: str) -> None:
    written = DataCenterForm().comment({"body": f"text\n{anchor}"})
    assert written.marker == ""
    assert written.raw == f"text\n{anchor}"


def test_an_anchor_inside_the_text_is_no_marker() -> None:
    body = DataCenterForm().payload(Draft(text="inner", marker="<!-- rat:1 x -->"))["body"]
    assert DataCenterForm().comment({"body": f"{body}\nmore"}).marker == ""


@pytest.mark.parametrize("properties", [None, [], [{"key": "rat.marker", "value": "text"}], [{"key": "other"}]])
def test_a_property_of_another_form_is_no_marker(properties: object) -> None:
    data = {"body": paragraph({"type": "text", "text": "x"}), "properties": properties}
    assert CloudForm().comment(data).marker == ""


def test_a_cloud_draft_is_sent_as_the_document_that_it_is() -> None:
    document = paragraph({"type": "text", "text": "x"})
    payload = CloudForm().payload(Draft(text=json.dumps(document), marker="m"))
    assert payload["body"] == document
