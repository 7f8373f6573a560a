"""Jira's two written forms read as Markdown: what they mean, and that nothing hostile costs time."""

import itertools
import json
import re
from collections.abc import Iterator
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
        ("a {*}bold{*}er {_}it{_} {-}gone{-} {*}{{code}}{*}", "a **bold**er *it* ~~gone~~ **`code`**"),
        ("{*}never closed, {_}nor this", "{*}never closed, {_}nor this"),
        ("{expand:title=More}\nin\n{expand}", "**More**\nin"),
        ("{info}\nin\n{info}", "in"),
        ("{{Add {user}}} now", "`Add {user}` now"),
        ("[*PAY*&#45;1|https://a.b]", "[**PAY**-1](https://a.b)"),
        ("see [^trace.log]", "see [attachment: trace.log]"),
    ],
)
def test_wiki_text_is_read_as_markdown(wiki: str, markdown: str) -> None:
    lines = [line for line in read_wiki(wiki).split("\n") if line not in ("", ">", "> ")]
    assert lines == [line for line in markdown.split("\n") if line]


@given(st.text(alphabet="{}[]|*_-+!?~#\\&;:code quotenarmbhx1.\n", max_size=400))
def test_any_wiki_text_is_read_and_keeps_its_words(wiki: str) -> None:
    read_wiki(wiki).encode()


@given(st.text(alphabet="abc XYZ,.\n", max_size=200))
def test_plain_text_comes_through_with_at_most_one_empty_line_in_a_row(text: str) -> None:
    assert read_wiki(text) == re.sub(r"\n{3,}", "\n\n", text.strip("\n"))


PIECES = [
    *("h2. {0}\n", "* {0}\n", "## {0}\n", "bq. {0}\n", "{{quote}}\n{0}\n{{quote}}\n", "||{0}||{1}||\n|{2}|{3}|\n"),
    *(
        "*{0}* ",
        "{{*}}{0}{{*}} ",
        "_{0}_ ",
        "-{0}- ",
        "{{{{{0}}}}} ",
        "[{0}|https://x.test/{1}] ",
        "[~{0}] ",
        "!{0}.png! ",
    ),
    *("{{code:java}}\n{0}\n{{code}}\n", "{{noformat}}{0}{{noformat}}\n", "{{panel:title={0}}}\n{1}\n{{panel}}\n"),
    *("{{color:red}}{0}{{color}} ", "{0}\\\\\n", "{{expand:title={0}}}{1}{{expand}}\n", "[^{0}.log] ", "{0}, {1}.\n\n"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20))
def test_wiki_text_as_people_write_it_loses_no_word_and_keeps_their_order(pieces: list[str]) -> None:
    number = itertools.count()
    wiki = "".join(piece.format(*(f"word{next(number)}q" for _ in range(4))) for piece in pieces)
    assert re.findall(r"word\d+q", read_wiki(wiki)) == re.findall(r"word\d+q", wiki)


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
    "{*}",
    "{*}a{_}b",
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


def table(*cell: object) -> dict[str, Any]:
    rows = [block("tableRow", block("tableHeader", words("H"))), block("tableRow", block("tableCell", *cell))]
    return block("table", *rows)


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
        (block("paragraph", {"type": "inlineCard", "attrs": {"url": "https://x.test/1"}}), "https://x.test/1"),
        (block("mediaSingle", {"type": "media", "attrs": {"id": "9", "alt": "a.png"}}), "(image: a.png)"),
        (block("mediaGroup", {"type": "media", "attrs": {"id": "9"}}), "(image: 9)"),
        (block("paragraph", {"type": "text", "text": "u", "marks": [{"type": "underline"}]}), "u"),
        (
            block("paragraph", {"type": "text", "text": "1. a"}, {"type": "hardBreak"}, {"type": "text", "text": "b"}),
            "1\\. a\nb",
        ),
        (table(words("a|b"), words("two")), "| H |\n| --- |\n| a\\|b<br>two |"),
        (table(block("bulletList", block("listItem", words("x")))), "| H |\n| --- |\n| x |"),
    ],
)
def test_adf_of_any_kind_of_node_loses_no_word(node: object, markdown: str) -> None:
    assert read_adf({"type": "doc", "version": 1, "content": [node]}) == markdown


LEAF = st.sampled_from(["strong", "em", "underline", "textColor", "code", "newer", ""]).map(
    lambda mark: {"type": "text", "text": "word", **({"marks": [{"type": mark, "attrs": {}}]} if mark else {})}
)
PARAGRAPH = st.lists(LEAF | st.just({"type": "hardBreak"}), max_size=4).map(lambda leaves: block("paragraph", *leaves))
NODE = st.recursive(
    PARAGRAPH,
    lambda inner: (
        st.builds(
            lambda kind, parts: block(kind, *parts),
            st.sampled_from(["blockquote", "panel", "expand", "layoutSection", "bodiedExtension", "newer"]),
            st.lists(inner, max_size=3),
        )
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: block("bulletList", block("listItem", *parts)))
        | st.lists(inner, max_size=2).map(lambda parts: table(*parts))
    ),
    max_leaves=8,
)


def numbered(node: Any, number: Iterator[int]) -> Any:
    """*node* with a word of its own in each text, in reading order."""
    if node["type"] == "text":
        return {**node, "text": f"word{next(number)}q"}
    return {**node, "content": [numbered(child, number) for child in node["content"]]} if "content" in node else node


@given(st.lists(NODE, max_size=4))
def test_a_document_as_people_write_it_loses_no_word_and_keeps_their_order(nodes: list[Any]) -> None:
    document = numbered({"type": "doc", "version": 1, "content": nodes}, itertools.count())
    wanted = re.findall(r"word\d+q", json.dumps(document))
    assert re.findall(r"word\d+q", read_adf(document)) == wanted


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


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=100), st.text(max_size=100))
def test_the_anchor_of_data_center_gives_text_and_marker_back(text: str, marker: str) -> None:
    body = DataCenterForm().payload(Draft(text=text, marker=marker))["body"]
    written = DataCenterForm().comment({"body": body})
    assert written.raw == text
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
