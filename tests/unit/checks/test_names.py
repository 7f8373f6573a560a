"""Names in prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.checks.names import NameKind, names_in

FOLDERS = frozenset({"rat", "docs"})


def found(text: str) -> set[tuple[str, str]]:
    return {(name.kind.value, name.text) for name in names_in(text, folders=FOLDERS)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Change `rat/cli.py` and docs/adr/0003-x.md.", {("path", "rat/cli.py"), ("path", "docs/adr/0003-x.md")}),
        ("everything in rat/agents", {("path", "rat/agents")}),
        ("pyproject.toml and Makefile", {("path", "pyproject.toml")}),
        ("../../etc/hosts.conf", {("path", "../../etc/hosts.conf")}),
        ("call `parse_config()` or read_file", {("symbol", "parse_config()"), ("symbol", "read_file")}),
        ("`Ledger.add` and `parseConfig`", {("symbol", "Ledger.add"), ("symbol", "parseConfig")}),
        ("set OPENAI_API_KEY", {("symbol", "OPENAI_API_KEY")}),
        ("as ADR-0003 and ADR 7 say", {("document", "ADR-0003"), ("document", "ADR 7")}),
        ("as RFE-export says.", {("document", "RFE-export")}),
        ("like #12, o/r#3 and PAY-17", {("ticket", "#12"), ("ticket", "o/r#3"), ("ticket", "PAY-17")}),
        ("since 1a2b3c4", {("commit", "1a2b3c4")}),
        ("see https://x.org/a.py", {("link", "https://x.org/a.py")}),
        ("fixes CVE-2024-1234", {("ticket", "CVE-2024")}),
    ],
)
def test_what_names_something_is_seen(text: str, names: set[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "and/or, read/write, 24/7, application/json",
        "UTF-8, SHA-256, ISO-8601, RFC-2119, HTTP-2",
        "at 9 a.m., e.g. i.e. v1.2.3 etc.",
        "Node.js and Vue.js on GitHub",
        "`ValueError`, `None`, `True`, `404`, `--fail-under`",
        "an ADR or an RFE, the RFC process, a Parser",
        "deadbeef and 1234567",
        "ends in a traceback.Then it stops",
    ],
)
def test_plain_words_are_no_names(text: str) -> None:
    assert found(text) == set()


def test_lines_are_read_with_the_path() -> None:
    lines = {
        name.line
        for text in ("a.py:12", "a.py:3-12", "a.py#L12", "a.py#L3-L12")
        for name in names_in(text, folders=FOLDERS)
    }
    assert lines == {12}


@given(st.text(max_size=200) | st.text(alphabet="aB_./`#-:1() \n", max_size=200))
def test_every_name_stands_in_the_text(text: str) -> None:
    for name in names_in(text, folders=FOLDERS):
        assert name.text in text
        assert isinstance(name.kind, NameKind)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("part", ["a/", "a.", "a_", "`", "ADR-", "a", "A-1", "../", "a.py:", "a.b.", "_a(", "https://"])
def test_no_text_takes_long_to_read(part: str) -> None:
    names_in(part * (4_000 // len(part)), folders=FOLDERS)
