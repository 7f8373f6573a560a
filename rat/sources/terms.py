"""The terms of prose: what is named, whole and stemmed, so that `gRPC` and "local storage" are one term each."""

import re
from collections.abc import Iterator

from rat.search.words import stem

_TOKEN = re.compile(r"[^\W_]+(?:[+#]+|\.js\b)?")
_NAME = re.compile(
    r"(?<![\w.+#-])(?=[\w.+#-]{0,60}?(?:[a-z0-9][A-Z]|[A-Z]{2}|[A-Z][a-z]{0,20}\d"
    r"|\.js\b))[\w.+#-]+(?:[ ][A-Z][\w.+#-]*)*"
)
_ADDRESS = re.compile(r"\]\([^()\s]{1,500}\)|https?://\S{1,500}")
_FILLER = frozenset(
    """a about after again all already also an and any anymore are as at be because been before being between both
    but by can cannot could currently did do does doing done down each either even ever every few for from
    further get gets give given go goes had has have having he her here how however i if in instead into is it
    its itself just least less let like made make makes many may me might more most much must my need needs
    neither no nor not now of off often on once one only onto or other our out over own per please rather same
    shall she should since so some still such than that the their them then there these they this those through
    thus to too under until up us use used uses using very via was way we well were what when where whether
    which while who whole whom whose why will with within without would yet you your""".split()  # noqa: SIM905
)
_SAME = {
    "postgres": "postgresql", "psql": "postgresql", "mongo": "mongodb", "k8s": "kubernetes", "js": "javascript",
    "ts": "typescript", "golang": "go", "rabbit": "rabbitmq", "dynamo": "dynamodb", "es": "elasticsearch",
}  # fmt: skip


def names_in(text: str) -> list[str]:
    """The words of *text* that are written as names are, with what is capitalised behind: "gRPC", "GitHub Actions"."""
    return [found[0] for found in _NAME.finditer(text[:2_000])]


def terms(text: str) -> list[str]:
    """The terms of *text* in order, addresses and filler left out: `GraphQL` is graphql, "deployed" is deploy."""
    return [_term(token) for token in _TOKEN.findall(_ADDRESS.sub(" ", text)) if token.lower() not in _FILLER]


def terms_and_pairs(text: str) -> frozenset[str]:
    """The terms of *text*, and each two neighbours as one: "local storage" gives localstorage too."""
    return frozenset(terms(text)) | frozenset(_pairs(_ADDRESS.sub(" ", text)))


def _pairs(text: str) -> Iterator[str]:
    before: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        if before and text[before.end() : token.start()] in (" ", "-") and token[0].lower() not in _FILLER:
            yield _term(before[0] + token[0])
        before = None if token[0].lower() in _FILLER else token


def _term(token: str) -> str:
    lower = token.lower()
    return _SAME.get(lower) or stem(lower)
