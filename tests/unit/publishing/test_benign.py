"""Ordinary text comes out readable and unchanged: the other side of making hostile text inert."""

import re
from pathlib import Path

from rat.publishing.adf import write_adf
from rat.publishing.document import Document, Paragraph, Section, Text
from rat.publishing.markdown import write_markdown
from rat.publishing.wiki import write_wiki
from tests.unit.publishing.oracle import alive, seen

TEXTS = tuple(Path(__file__).with_name("benign.txt").read_text(encoding="utf-8").splitlines())
NEEDED = 0.98


def expected(text: str) -> str:
    """What a reader should see: the text, its code spans without their ticks."""
    return " ".join(re.sub(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)", r"\2", text).split())


def paragraph(text: str) -> Document:
    return Document((Section("all", (Paragraph((Text(text),)),)),))


def share(written: list[bool]) -> float:
    assert len(written) == 300
    return sum(written) / len(written)


def test_github_shows_benign_text_unchanged() -> None:
    assert share([seen(write_markdown(paragraph(text))) == expected(text) for text in TEXTS]) >= NEEDED


def test_jira_cloud_shows_benign_text_unchanged() -> None:
    def shown(text: str) -> str:
        nodes = write_adf(paragraph(text))["content"]
        assert isinstance(nodes, list)
        return "".join(leaf["text"] for leaf in nodes[0]["content"])

    assert share([shown(text) == expected(text) for text in TEXTS]) >= NEEDED


def test_jira_data_center_shows_benign_text_unchanged() -> None:
    def shown(text: str) -> str:
        plain = re.sub(r"\{\{|\}\}", "", write_wiki(paragraph(text)).strip())
        return re.sub(r"&#(\d+);", lambda entity: chr(int(entity[1])), plain)

    assert share([shown(text) == expected(text) for text in TEXTS]) >= NEEDED


def test_most_benign_text_needs_no_code_that_it_did_not_have() -> None:
    added = [write_markdown(paragraph(text)).count("`") > text.count("`") + 2 for text in TEXTS if "@" not in text]
    assert sum(added) / len(added) < 1 - NEEDED


def test_no_benign_text_is_alive_either() -> None:
    assert not [text for text in TEXTS if alive(write_markdown(paragraph(text)))]
