# ruff: noqa: E501, RUF001
"""What a template puts into a ticket and nobody wrote: hints in comments, sample sentences, empty answers, check boxes."""

import re

_CHECKED_RULE = re.compile(
    r"^\s*[-*+]\s+\[[ xX]\]\s+.*\b(?:i have|i've|i am|i'm|i agree|i confirm|i understand|searched|read the|code of conduct|"
    r"checked that|duplicate|latest version|a detailed description|output of|minimal example|operating system versions)\b",
    re.IGNORECASE,
)
_EMPTY_ANSWER = re.compile(
    r"^[\s*_>\-.•]*(?:no response|n/?a|none|nothing|tbd|tba|todo|to be (?:defined|determined|done)|wip|fill (?:me|this) in|xxx+|\?+|-+|\.+|…|"
    r"keine|aucune?|ninguno?|nessuno|nenhum|geen|brak|нет|无|なし|없음)?[\s*_.\-…]*$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[(?:e\.?g\.?|ex\.?|insert|your|type of|some|describe|goal|reason|benefit|persona|action|context|role|feature|z\. ?b\.)[^\]\n]{0,200}\]"
    r"|<(?:e\.g\.|insert|your|describe|please|add|type of|role|persona|goal|benefit|feature|action|reason)\b[^>\n]{0,200}>",
    re.IGNORECASE,
)
_LONGEST_EMPTY, _LONGEST_HINT = 60, 600
_SAMPLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"a clear and concise description of .{0,160}",
        r"(?:please )?(?:provide|describe|explain|tell us|include|add|give us|enter|write|list|paste) (?:a |an |any |the |your |us |here |below |in detail)+.{0,40}(?:here|below|description of (?:the|your) .{0,40}|bug is|happened)\.?",
        r"add any other context.{0,120}",
        r"if applicable,? (?:add|please|include).{0,160}",
        r"steps to reproduce the behaviou?r:?",
        r"(?:\d+[.)]\s*)?(?:go to|click on|scroll down to) ['\"‘“]?\.{2,}['\"’”]?",
        r"(?:\d+[.)]\s*)?see error\.?",
        r"ex\. i'm always frustrated when.{0,80}",
        r"i'm always frustrated when \[?\.\.\.\]?",
        r"thanks? (?:you )?for (?:submitting|filing|opening|taking the time|reporting).{0,160}",
        r"please (?:fill (?:out|in)|search|read|make sure|check|delete|remove|note|complete|use the) .{0,240}",
        r"to help us understand and resolve your issue.{0,160}",
        r"you can feel free to delete the sections that do not apply\.?",
        r"quick check-?list while reporting bugs:?",
        r"(?:first|second|third|another|next) (?:criterion|step|item|one)\.?",
        r"(?:criterion|step|item|task) \d+\.?",
        r"as an? (?:\[.{0,40}\]|<.{0,40}>|\.{2,}|_{2,}),? i want.{0,160}",
        r"given (?:\[.{0,60}\]|<.{0,60}>|\.{2,}|_{2,}),? when .{0,160}",
        r"(?:desktop|smartphone) \(please complete the following information\):?",
        r"[-*+]?\s*(?:os|browser|version|device|platform)\s*:\s*",
        r"(?:lorem ipsum|dolor sit amet|consectetur adipiscing|sed do eiusmod|ut enim ad minim|duis aute irure|excepteur sint).{0,400}",
    )
)


def without_boilerplate(body: str) -> str:
    """*body* without HTML comments and without the lines of a template that were left as they came."""
    return "\n".join(_own_words(line) for line in _without_comments(body).split("\n"))


def is_untouched(text: str) -> bool:
    """Whether *text* is an empty answer: `_No response_`, "N/A", "TBD", dashes, nothing."""
    return all(len(line) <= _LONGEST_EMPTY and _EMPTY_ANSWER.match(line) for line in text.split("\n"))


def _without_comments(body: str) -> str:
    pieces: list[str] = []
    start = 0
    while (opened := body.find("<!--", start)) >= 0:
        pieces.append(body[start:opened])
        closed = body.find("-->", opened + 4)
        if closed < 0:
            return "".join(pieces)
        start = closed + 3
    return "".join((*pieces, body[start:]))


def _own_words(line: str) -> str:
    """*line*, or nothing where all of it came with the template."""
    if len(line) > _LONGEST_HINT:
        return line
    if _CHECKED_RULE.match(line):
        return ""
    plain = line.strip(" \t*_>-+#")
    if plain and any(sample.fullmatch(plain) for sample in _SAMPLES):
        return ""
    return _PLACEHOLDER.sub("", line)
