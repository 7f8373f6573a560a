"""What a ticket asks for: its sentences that want something done, and what in them is wanted, left or replaced."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rat.model import Ticket
from rat.sources.terms import names_in, terms_and_pairs

_BLOCK = re.compile(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1[ \t]*$|<!--.*?-->|^[ \t]*>.*?$")
_SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\S)[^.!?;\n]*)*[.!?;]?")
_VERBS = (
    r"use|adopt|introduce|add|switch|move|migrate|store|save|keep|write|put|install|reinstall|integrate|connect"
    r"|expose|build|create|implement|offer"
    r"|provide|support|enable|run|deploy|send|copy|publish|process|replace|rewrite|bring|reintroduce|restore|set"
    r"|configure|convert|port|let|make"
    r"|rotate|log|host|call|serve|change|go|start|ship|generate|export|try|allow|rely|base|choose|upgrade|extend"
    r"|drop|give|get|abandon|remove|retire"
)
_ASKING = re.compile(
    rf"(?i)(?:^\W*|\b(?:should|must|shall|let'?s|please|(?:should|could|can|shall|may) (?:we|you|i|they)"
    r"|(?:wants?|needs?|like|ha(?:ve|s)|ought|us|going|plan(?:s|ned|ning)?|propos\w+|goal is|task is) to)"
    rf"\s+(?:also |just |now |instead )?)(?P<verb>{_VERBS})\b"
    r"|\b(?:should|must|shall|needs? to|ha(?:s|ve) to|ought to) (?:also |now |again )?be (?P<done>\w+(?:ed|t|n|lt"
    r"|de))\b"
    r"|\b(?:we|i) (?:want|need|would like)\s+(?P<want>\w+)"
)
_AWAY = re.compile(
    r"(?i)\b(?:replace|rewrite|migrate|move|port|convert|switch|change)\b(?P<old>[^.;\n]{1,80}?)\b(?:with|by|as"
    r"|into|in|to)\b(?P<new>[^.;\n]{1,120})"
)
_FROM = re.compile(
    r"(?i)\b(?:(?:mov|migrat|switch|port|convert|chang)\w*\b[^.;\n]{0,40}?\bfrom|away from|instead of|rather than"
    r"|without|not"
    r"|no longer|never|don'?t|but)\s+(?P<old>[^.,;:\n]{1,60})"
)
_RID = re.compile(
    r"(?i)\b(?:remove|delete|drop|stop(?: using)?|disable|uninstall|abandon|retire|get rid of|give up|abolish"
    r"|undo|revert|ditch|leave|switch off|turn off)\s+(?P<old>[^.,;:\n]{1,60})"
)
_EXISTING = re.compile(
    r"(?i)\b(?:the |our |all )?(?:existing|old|last|remaining|left-over|unused|former"
    r"|legacy)\s+(?P<old>(?:[\w-]+\s*){1,3})"
)
_ASIDE = re.compile(r"(?i)\b(?:that|which|where|when|whenever|because|if|why|how|as we|until|while|although|since)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A sentence that asks for something: *wanted* and *unwanted* hold the terms of what it wants and wants gone."""

    text: str
    wanted: frozenset[str]
    unwanted: frozenset[str]


def asks_of(ticket: Ticket) -> tuple[Ask, ...]:
    """What *ticket* asks for, its title first; quotes, code and comments are left out."""
    body = _BLOCK.sub("\n", ticket.body[:20_000])
    return tuple(ask for text in (ticket.title, body) for ask in _asks(text))


def _asks(text: str) -> Iterator[Ask]:
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip(" \t\r-*+")
        asking = _ASKING.search(sentence)
        if asking and len(sentence) <= 600:  # noqa: PLR2004
            yield _ask(sentence, asking)


def _ask(sentence: str, asking: re.Match[str]) -> Ask:
    unwanted: set[str] = set()
    wanted = _wanted(sentence, asking)
    for pattern in (_FROM, _RID, _EXISTING):
        for found in pattern.finditer(sentence):
            old, *new = re.split(r"(?i)\s(?:to|with|by|in|so|and|for|because)\s", found["old"], maxsplit=1)
            unwanted |= terms_and_pairs(old) - terms_and_pairs(" ".join(new))
    for found in _AWAY.finditer(sentence):
        target = set(terms_and_pairs(re.split(r"(?i)\b(?:instead of|rather than|from)\b", found["new"])[0]))
        replaced = re.match(r"(?i)(?:replace|rewrite)", found[0])
        left = set(terms_and_pairs(found["old"] if replaced else " ".join(names_in(found["old"])))) - target
        unwanted |= left if replaced else set()
        wanted = (wanted - left) | target
    return Ask(text=sentence, wanted=frozenset(wanted - unwanted), unwanted=frozenset(unwanted))


def _wanted(sentence: str, asking: re.Match[str]) -> set[str]:
    """The stems from the asking verb on, asides left out; all of them where something "should be done"."""
    start = 0 if asking["done"] else asking.start()
    aside = _ASIDE.search(sentence, max(asking.end(), start))
    until = aside.start() if aside else len(sentence)
    return set(terms_and_pairs(sentence[start:until]))
