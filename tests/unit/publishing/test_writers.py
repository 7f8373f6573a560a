"""Every writer, every slot of a document, every hostile text: nothing comes out alive."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.publishing.adf import write_adf
from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Folded,
    Footer,
    Graph,
    Heading,
    Item,
    Language,
    Link,
    Paragraph,
    Quote,
    Rule,
    Section,
    Strong,
    Table,
    Tasks,
    Text,
)
from rat.publishing.inert import one_line, runs, visible
from rat.publishing.markdown import write_markdown
from rat.publishing.wiki import write_wiki
from tests.unit.publishing.oracle import alive, alive_in_adf, alive_in_wiki, seen
from tests.unit.publishing.payloads import DISGUISES, PAYLOADS

URL = "https://github.com/acme/shop/blob/main/a.py#L1"
LINKS = frozenset({URL})

SLOTS: dict[str, Callable[[str], Block]] = {
    "heading": Heading,
    "paragraph": lambda text: Paragraph((Text(text),)),
    "after words": lambda text: Paragraph((Text("fixes "), Text(text))),
    "beside code": lambda text: Paragraph((Code("a"), Text(text), Code("b"), Code("c"))),
    "code": lambda text: Paragraph((Code(text),)),
    "strong": lambda text: Paragraph((Strong(text),)),
    "emphasis": lambda text: Paragraph((Text("a "), Emphasis(text), Text(" b"))),
    "link": lambda text: Paragraph((Link(text or "x", URL),)),
    "code link": lambda text: Paragraph((Link(text or "x", URL, is_code=True),)),
    "item": lambda text: Bullets((Item((Text(text),), ((Text(text),),)),)),
    "numbered item": lambda text: Bullets((Item((Text(text),)), Item((Strong(text),))), ordered=True, omitted=2),
    "task": lambda text: Tasks((Item((Text(text),)),)),
    "cell": lambda text: Table((text, "b"), (((Text(text),), (Code(text),)), ((Strong(text),), (Text(text),)))),
    "code block": CodeBlock,
    "diff": lambda text: CodeBlock(text, Language.DIFF),
    "quote": Quote,
    "graph": lambda text: Graph((text, "b"), ((0, 1),)),
    "footer": lambda text: Footer((Text(text),)),
    "folded title": lambda text: Folded(text, (Paragraph((Text("a"),)),)),
    "folded": lambda text: Folded("a", (Paragraph((Text(text),)), Quote(text), Rule())),
}


def document(*blocks: Block) -> Document:
    return Document((Section("all", blocks),))


def every_slot(text: str) -> Document:
    return document(*(slot(text) for slot in SLOTS.values()))


def all_alive(made: Document) -> list[str]:
    return [
        *alive(write_markdown(made), links=LINKS),
        *alive_in_adf(write_adf(made), links=LINKS),
        *alive_in_wiki(write_wiki(made), links=LINKS),
    ]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_hostile_text_comes_to_life_in_any_slot(disguise: str) -> None:
    """About 11,000 cases; `python -m tests.unit.publishing.every_case` runs all of them."""
    for place, payload in enumerate(PAYLOADS):
        hostile = DISGUISES[disguise](payload)
        for name in list(SLOTS)[place % 10 :: 10]:
            found = all_alive(document(SLOTS[name](hostile)))
            assert not found, f"{payload!r} in {name}: {found[:5]}"


SPICE = st.one_of(
    st.sampled_from("@`|\\<>[]()!*_~$/&-+=:a0#\n\r \u200b\u202e\ufe0f\u2028\x85\u00a0\u0301漢😀"),
    st.sampled_from(("#1", "``", "```", "{{", "}}", "::", "&#64;", "https://", "www.", "fixes ", "GH-1")),
    st.sampled_from(("<!--", "-->", "##[", "${{", "[~", "{code}", "PAY-17", "1.", "![")),
)
SPICED = st.lists(st.one_of(SPICE, st.text(max_size=5)), max_size=25).map("".join)


@settings(max_examples=80, deadline=None)
@given(SPICED)
def test_no_text_at_all_comes_to_life(text: str) -> None:
    assert not all_alive(every_slot(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(SPICED, min_size=1, max_size=4))
def test_leaves_side_by_side_make_nothing_alive_together(texts: list[str]) -> None:
    kinds = (Text, Code, Strong, Emphasis)
    content = tuple(kinds[place % 4](text) for place, text in enumerate(texts))
    assert not all_alive(document(Paragraph(content), Paragraph(tuple(Text(text) for text in texts))))


@settings(max_examples=80, deadline=None)
@given(SPICED)
def test_making_visible_and_splitting_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert one_line(one_line(text)) == one_line(text)
    assert one_line("".join(run.value for run in runs(text))) == one_line("".join(run.value for run in runs(text)))


@settings(max_examples=80, deadline=None)
@given(SPICED)
def test_what_a_reader_sees_written_again_is_seen_the_same(text: str) -> None:
    once = seen(write_markdown(document(Paragraph((Text(text),)))))
    words = "".join(run.value for run in runs(text))
    # Backticks inside code that holds both single and double ones are shown as apostrophes.
    assert words.replace(" ", "").replace("`", "'") == once.replace(" ", "").replace("`", "'")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_markdown(every_slot("a_b `c`")) == write_markdown(every_slot("a_b `c`"))


def test_code_lines_that_look_like_commands_stand_behind_a_mark() -> None:
    written = write_markdown(document(CodeBlock("a\n  ::add-mask::x\n/deploy")))
    assert written == ">  ```text\n>  a\n>    ::add-mask::x\n>  /deploy\n>  ```\n"
    assert seen(written) == "a ::add-mask::x /deploy"


def test_a_link_keeps_what_an_address_needs_and_encodes_the_rest() -> None:
    written = write_markdown(document(Paragraph((Link("x", "https://a.b/c d(é)>\n"),))))
    assert written == "[x](https://a.b/c%20d%28%C3%A9%29%3E%0A)\n"
