"""Who knows the impacted files: CODEOWNERS by its rules, else those who changed them lately."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rat.model import Commit, Evidence, EvidenceKind, Refinement
from rat.model.text import decode_text
from rat.ports import Checkout
from rat.sources.codeowners import MAX_BYTES, PLACES, CodeOwners, Rule, read_codeowners
from rat.sources.library import Library

MOST_AUTHORS = 2
MOST_SHOWN = 4

_BOT = re.compile(
    r"(?i)\[bot\]|\bbot\b|-bot$|^bot-|^(?:dependabot|renovate|greenkeeper|snyk|github[- ]actions?|web-flow"
    r"|mergify|pre-commit-ci|copilot|jenkins"
    r"|semantic-release|weblate|transifex|crowdin|allcontributors|codecov|imgbot|pyup|travis|buildkite|root|ci)\b"
)
_BOT_MAIL = re.compile(r"(?i)\[bot\]@|^(?:bot|noreply|no-reply|actions?)@|bot@")


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the owners of its impacted files, and evidence for the ones named most often."""
    owners, notes = library.once("codeowners", lambda: codeowners_of(library.checkout))
    claims: list[tuple[str, str, Rule | None, str]] = []
    files = []
    for file in refinement.impacted_files:
        ruled = owners.owners_of(file.path) if owners else ()
        named = [(owner, rule, "") for owner, rule in ruled]
        lately = (
            [] if named else [(author, None, said) for author, said in recent_authors(file.path, library.commits())]
        )
        claims += [(owner, file.path, rule, said) for owner, rule, said in (*named, *lately)]
        files.append(dataclasses.replace(file, owners=tuple(owner for owner, _, _ in (*named, *lately))))
    evidence = _evidence(claims, owners.path if owners else "")
    return dataclasses.replace(
        refinement,
        impacted_files=tuple(files),
        evidence=(*refinement.evidence, *evidence),
        notes=(*refinement.notes, *notes[:3]),
    )


def codeowners_of(checkout: Checkout) -> tuple[CodeOwners | None, tuple[str, ...]]:
    """The CODEOWNERS of *checkout*, from the first of the usual places that has one, and what is wrong with it."""
    files = set(checkout.files())
    path = next((place for place in PLACES if place in files), None)
    if path is None:
        return None, ()
    data = checkout.read(path)
    if data is None or len(data) > MAX_BYTES:
        return None, (f"{path} is not used: it cannot be read, or is larger than 3 MB",)
    text, note = decode_text(data)
    if text is None:
        return None, (f"{path} is not used: it {note}",)
    return read_codeowners(path, text)


def recent_authors(path: str, commits: Sequence[Commit]) -> list[tuple[str, str]]:
    """Who changed *path* most in *commits*, no bots, with how often: ("Ada Lovelace", "5 of its last 8 changes")."""
    changes = [commit for commit in commits if path in commit.files and not is_bot(commit)][:20]
    counts = Counter(" ".join(commit.author.split()) for commit in changes)
    return [
        (author, f"{count} of its last {len(changes)} changes")
        for author, count in counts.most_common(MOST_AUTHORS)
        if author
    ]


def is_bot(commit: Commit) -> bool:
    """Whether a program wrote *commit*, by the author's name or address."""
    return bool(_BOT.search(commit.author) or _BOT_MAIL.search(commit.email))


def _evidence(claims: Iterable[tuple[str, str, Rule | None, str]], place: str) -> tuple[Evidence, ...]:
    """One piece of evidence for each owner, those of most files first."""
    by_owner: dict[str, list[tuple[str, Rule | None, str]]] = {}
    for owner, path, rule, said in claims:
        by_owner.setdefault(owner, []).append((path, rule, said))
    ranked = sorted(by_owner.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_SHOWN]
    return tuple(_of_owner(owner, owned, place) for owner, owned in ranked)


def _of_owner(owner: str, owned: list[tuple[str, Rule | None, str]], place: str) -> Evidence:
    reasons = []
    for path, rule, said in owned[:3]:
        reasons.append(f"owns {path} ({place} line {rule.line})" if rule else f"made {said} to {path}")
    if len(owned) > len(reasons):
        reasons.append(f"and {len(owned) - len(reasons)} more of these files")
    rule = owned[0][1]
    return Evidence(
        id=f"owner:{owner}",
        kind=EvidenceKind.OWNER,
        title=owner,
        text=rule.text if rule else "",
        path=place if rule else "",
        lines=(rule.line, rule.line) if rule else None,
        reasons=tuple(reasons),
    )
