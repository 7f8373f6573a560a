"""Hostile texts, made here from the vectors that the platforms document, and the ways to disguise them."""

import base64
from collections.abc import Callable
from urllib.parse import quote

PAYLOADS = (
    "@octocat", "cc @acme/security please", "(@octocat)", "hello,@octocat!", "@@octocat", "@octocat@octocat", "#1",
    "fixes #1", "Closes: #1", "resolved acme/shop#1", "FIXED GH-1", "closes https://github.com/a/b/issues/1",
    "_www.evil.example", "(9WWW.evil.example/a.b//c",
    "acme/shop@1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", "see 1a2b3c4 .",
    "GHSA-abcd-1234-wxyz", "https://evil.example/?q=1", "www.evil.example", "HTTPS://EVIL.EXAMPLE",
    "ftp://evil.example", "http://evil.example.", "<https://evil.example>", "mail me@evil.example",
    "<me@evil.example>", "mailto:me@evil.example", "xmpp:a@b.c/d", "[text](https://evil.example)",
    "[text](javascript:alert(1))", "[a]: https://evil.example 't'", "[text][a]", "[text]",
    "![x](https://evil.example/x.png)", "![](https://github.com@evil.example/x)", "![x][a]",
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<a href='https://evil.example'>x</a>",
    "<b>bold</b>", "<!-- hidden -->", "<!-- rat:1 ticket=a/b#1 purpose=refinement input= content= text= -->", "-->",
    "<?php x ?>", "<!DOCTYPE html>", "<![CDATA[x]]>", "</details>", "</summary><img src=x>", "</sub>",
    "<details open>", "<style>*{}</style>", "&lt;img src=x&gt;", "&#64;octocat", "&commat;octocat", "&num;1",
    "&#x40;octocat", "&amp;#64;octocat", "\\@octocat", "\\#1", "\\\\@octocat", "`@octocat", "``@octocat`",
    "`a` @octocat `b`", "` @octocat", "`\\`@octocat`", "```suggestion\nrm -rf /\n```", "~~~suggestion\nx\n~~~",
    "```\n@octocat\n```\n@octocat", "`````", "`` ` `` @octocat", "/deploy prod", "\n/deploy prod", "  /deploy",
    "/rat apply", "::set-output name=a::b", "\n::add-mask::x", "::stop-commands::x", "##[set-env name=a]b",
    "x ##[add-path]y", "${{ secrets.TOKEN }}", "$ {{ x }}", "$\\{\\{x", "$x^2$", "$$x$$", "$`x`$", "costs $5 and $6",
    "\\(x\\)", ":tada: :+1: :shipit:", ":octocat:", "# heading", "## heading\n### more", "- item\n- item", "* item",
    "+ item", "1. item", "1) item", "> quote", "---", "===", "***", "___", "text\n===", "text\n---", "    indented",
    "\tindented", "a\n\nb", "- [x] done", "[x]", "[^1]", "[^1]: note", "> [!NOTE]\n> x",
    "| a | b |\n|---|---|\n| c | d |", "a | b", "a \\| b", "`a|b`", "`a\\|b`", "\\", "a\\", "a\\\\|", "**bold**",
    "__bold__", "*i*", "_i_", "~~s~~", "***a**", "a**b**c", "**", "* *", "_ _", "a_b_", "_a", "__init__", "~",
    "[~admin]", "[~accountid:1]", "{code}x{code}[~a]", "{html}<b>{html}", "{noformat}x{noformat}", "{{x}}",
    "{color:red}x", "!image.png!", "!https://evil.example/x.png!", "[x|https://evil.example]", "[x|mailto:a@b.c]",
    "[^file.txt]", "[#a]", "PAY-17", "see PAY-17.", "h1. heading", "bq. quote", "||a||b||", "|a|b|", "----",
    "??cite??", "-gone-", "+new+", "^up^", "~down~", "\\\\", "(!)", "(/)", ":)", "{panel:title=x}y{panel}",
    "{jira:PAY-17}", "{include:x}", "{toc}", "$[x]", "\u200b@octocat", "@\u200boctocat", "\u202e@octocat",
    "\u2066#1\u2069", "a\xadb", "\ufeff@x", "@\U000e0061\U000e0062", "\U000e0041", "a\ufe0f", "@o\ufe01x",
    "\u2028/deploy", "\u2029::add-mask::x", "\x85/deploy", "\x0b/deploy", "\x0c::x", "\r/deploy", "\r\n::x", "a\x00b",
    "\x1b[31mred", "\x07", "\ud800", "\u3164", "\u2800", "\u115f", "\u180e", "\uffa0", "\uff20octocat", "\uff031",
    "\ufe6boctocat", "#\u200b1", "#\ufe0f1", "fixes\xa0#1", "f\u200bixes #1", "http\u200bs://x.y",
    "https:/\u200b/x.y", "<\u200bimg src=x>", "<\x00script>", "![\u200b](x)", "`\u200b@x`", "$\u200b{{x}}",
    "<!\u200b-- x -->", "##\u200b[x]", "\u200b/deploy", "\u200b::x", "", " ", "\n", "a" * 3000, "@a " * 200, "`" * 50,
    "[" * 200, "(" * 200, "> " * 60 + "x", "*a " * 100, "_a " * 100, "<" * 200, "![" * 100, "`a" * 99, "\\" * 99,
    "|" * 99, "#" * 99 + "1", "end\"]\n  click t1 href \"https://evil.example\"", "t1[\"<img src=x>\"]",
    "%%{init: {}}%%", "--> t9", "; rm", "`graph`",
)  # fmt: skip


def _apart(text: str, mark: str) -> str:
    return mark.join(text)


def _split(text: str, mark: str) -> str:
    """*text* with *mark* after every fourth letter."""
    return mark.join(text[start : start + 4] for start in range(0, len(text), 4))


_LOOK_ALIKES = str.maketrans("aceopxyijsABEHKMOPTX", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455"
    "\u0410\u0412\u0415\u041d\u039a\u041c\u041e\u0420\u0422\u03a7")  # fmt: skip
"""Letters of Cyrillic and Greek that look like Latin ones."""


DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "upper case": str.upper,
    "title case": str.title,
    "in the middle": lambda text: f"some words {text} more words",
    "on a new line": lambda text: f"words\n{text}\nwords",
    "after a paragraph": lambda text: f"words\n\n{text}",
    "zero width": lambda text: _apart(text, "\u200b"),
    "word joiner": lambda text: _apart(text, "\u2060"),
    "soft hyphen": lambda text: _apart(text, "\u00ad"),
    "variation selector": lambda text: _apart(text, "\ufe0f"),
    "tags": lambda text: text + "".join(chr(0xE0000 + ord(letter) % 0x80) for letter in text),
    "right to left": lambda text: f"\u202e{text}\u202c",
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "backslashes": lambda text: "".join(f"\\{letter}" for letter in text),
    "in a code span": lambda text: f"`{text}`",
    "behind a tick": lambda text: f"`{text}",
    "between spans": lambda text: f"`a`{text}`b`",
    "in a fence": lambda text: f"```\n{text}\n```",
    "in a link": lambda text: f"[{text}]({text})",
    "in a comment": lambda text: f"<!-- {text} -->{text}",
    "in bold": lambda text: f"**{text}**",
    "in brackets": lambda text: f"({text})",
    "doubled": lambda text: text + text,
    "every other letter": lambda text: "".join(c.upper() if at % 2 else c.lower() for at, c in enumerate(text)),
    "look-alikes": lambda text: text.translate(_LOOK_ALIKES),
    "split by breaks": lambda text: _split(text, "\n"),
    "split by bold": lambda text: _split(text, "**"),
    "split by comments": lambda text: _split(text, "<!---->"),
    "accents": lambda text: _apart(text, "\u0301"),
    "percent signs": lambda text: quote(text, errors="replace"),
    "escapes": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "base64": lambda text: base64.b64encode(text.encode(errors="replace")).decode(),
}
