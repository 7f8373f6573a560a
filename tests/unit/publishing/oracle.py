"""Judges what was written as the platforms would: rendered, walked, and searched for anything that is alive."""

import re
import unicodedata
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "input",
        "strong",
        "em",
        "code",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "blockquote",
        "hr",
        "details",
        "summary",
        "sub",
        "br",
    ]
)
QUIET = frozenset({"code", "pre"})

LIVE_TEXT = {
    "mention": re.compile(r"@\w"),
    "reference": re.compile(r"#\d|\bGH-\d", re.IGNORECASE),
    "closing keyword": re.compile(
        r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\s*:?\s+(?:[\w./-]*#|GH-)\d", re.IGNORECASE
    ),
    "address": re.compile(r"[a-z]://|(?<![a-z])www\.", re.IGNORECASE),
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+"),
    "commit": re.compile(r"(?<!\w)[0-9a-f]{7,64}(?!\w)", re.IGNORECASE),
    "formula": re.compile(r"\$"),
    "emoji": re.compile(r"(?<!:):[a-z+-][a-z0-9_+-]*:(?!:)", re.IGNORECASE),
}
RAW = {
    "slash command": re.compile(r"^\s*/", re.MULTILINE),
    "workflow command": re.compile(r"^\s*::|##\[", re.MULTILINE),
    "suggestion": re.compile(r"^\s*(?:`{3,}|~{3,})\s*suggestion", re.MULTILINE),
    "expression": re.compile(r"\$\{\{"),
    "comment": re.compile(r"<!--"),
}
_UNUSUAL = re.compile(r"[^\n -~]")
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")


class _Page(HTMLParser):
    """Collects tags, link targets, and text nodes with whether they stand in code; a node ends at any tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.targets: list[str] = []
        self.attributes: set[str] = set()
        self.nodes: list[tuple[str, bool]] = []
        self.others: list[str] = []
        self._open: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_node()
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
        if tag not in ("br", "hr", "input", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_node()
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._end_node()
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def close(self) -> None:
        super().close()
        self._end_node()

    def _end_node(self) -> None:
        if self._text:
            self.nodes.append((self._text, bool(QUIET & set(self._open))))
        self._text = ""


def page(markdown: str) -> _Page:
    """*markdown* as GitHub's own renderer makes it, raw HTML kept so that none can hide."""
    html = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    parsed = _Page()
    parsed.feed(html)
    parsed.close()
    return parsed


def seen(markdown: str) -> str:
    """What a reader sees, on one line."""
    return " ".join("".join(text for text, _ in page(markdown).nodes).split())


def alive(markdown: str, *, links: frozenset[str] = frozenset()) -> list[str]:
    """Everything alive in *markdown*; link targets in *links* are RAT's own."""
    parsed = page(markdown)
    found = [f"tag <{tag}>" for tag in parsed.tags if tag not in TAGS]
    found += [f"link {target}" for target in parsed.targets if target not in links]
    found += [f"hidden {text!r}" for text in parsed.others]
    found += [
        f"attribute {name}" for name in parsed.attributes - {"href", "type", "disabled", "lang", "checked", "class"}
    ]
    for text, is_quiet in parsed.nodes:
        if not is_quiet:
            found += [f"{name} in {text!r}" for name, pattern in LIVE_TEXT.items() if pattern.search(text)]
    found += [f"{name} in the raw text" for name, pattern in RAW.items() if pattern.search(markdown)]
    return found + invisible(markdown)


def invisible(text: str) -> list[str]:
    """Every character of *text* that a reader cannot see."""
    hidden = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    return [
        f"invisible U+{ord(letter):04X}"
        for letter in _UNUSUAL.findall(text)
        if unicodedata.category(letter) in hidden or _BLANK.match(letter)
    ]


_PARENTS = {
    "doc": {"paragraph", "heading", "bulletList", "orderedList", "table", "codeBlock", "expand", "rule"},
    "expand": {"paragraph", "heading", "bulletList", "orderedList", "table", "codeBlock", "rule"},
    "bulletList": {"listItem"},
    "orderedList": {"listItem"},
    "listItem": {"paragraph", "bulletList"},
    "table": {"tableRow"},
    "tableRow": {"tableHeader", "tableCell"},
    "tableHeader": {"paragraph"},
    "tableCell": {"paragraph"},
    "paragraph": {"text"},
    "heading": {"text"},
    "codeBlock": {"text"},
    "rule": set(),
    "text": set(),
}
_ATTRIBUTES = {"heading": {"level"}, "codeBlock": {"language"}, "expand": {"title"}}


def alive_in_adf(node: dict[str, object], *, links: frozenset[str] = frozenset()) -> list[str]:
    """Everything in an ADF document that is alive or that the format does not allow there."""
    kind = str(node.get("type"))
    children = node.get("content", [])
    assert isinstance(children, list)
    found = [
        f"{child.get('type')} in {kind}" for child in children if child.get("type") not in _PARENTS.get(kind, set())
    ]
    attrs = node.get("attrs", {})
    assert isinstance(attrs, dict)
    found += [f"attribute {name} of {kind}" for name in attrs.keys() - _ATTRIBUTES.get(kind, set())]
    found += [line for value in attrs.values() if isinstance(value, str) for line in invisible(value)]
    if kind in ("bulletList", "orderedList", "table", "tableRow", "listItem", "tableCell", "expand") and not children:
        found.append(f"empty {kind}")
    if kind == "text":
        found += _alive_in_text(node, links)
    return found + [line for child in children for line in alive_in_adf(child, links=links)]


def _alive_in_text(node: dict[str, object], links: frozenset[str]) -> list[str]:
    text, marks = node["text"], node.get("marks", [])
    assert isinstance(text, str)
    assert isinstance(marks, list)
    kinds = {mark["type"] for mark in marks}
    found = [f"mark {kind}" for kind in kinds - {"code", "strong", "em", "link"}]
    found += [
        f"link {mark['attrs']}" for mark in marks if mark["type"] == "link" and mark["attrs"]["href"] not in links
    ]
    if "code" in kinds and kinds & {"strong", "em"}:
        found.append("code with another mark")
    if not text:
        found.append("empty text")
    return found + invisible(text)


def alive_in_wiki(text: str, *, links: frozenset[str] = frozenset()) -> list[str]:
    """Everything in wiki text that its parser would act on, RAT's own marks taken away first."""
    for link in links:
        text = re.sub(rf"\[[^\[\]|{{}}!]*\|{re.escape(link)}\]", "", text)
    text = re.sub(r"\{noformat\}\n.*?\n\{noformat\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{[^{}]*\}\}", "", text)
    text = re.sub(r"^(?:h[1-6]\.|bq\.|[*#]+ |\|\|?|-{4}$)", "", text, flags=re.MULTILINE)
    patterns = {
        "macro": r"[{}]",
        "link": r"[\[\]]",
        "picture": r"!",
        "mention": r"[@~^]",
        "address": r"(?i:[a-z]://|(?<![a-z])www\.)|mailto:\S",
        "ticket": r"\b[A-Z][A-Z0-9_]+-\d",
        "html": r"<",
        "line break": r"\\",
        "expression": r"\$\{\{",
    }
    return [name for name, pattern in patterns.items() if re.search(pattern, text)] + invisible(text)
