"""The table of rules: complete, fireable, and the same in the documentation."""

import re
from pathlib import Path

from rat.model import TicketType
from rat.readiness import DEFINITION_OF_READY, READY, RULES
from rat.readiness.assess import rule_of
from rat.readiness.rules import finding
from rat.readiness.weights import POINTS

ROOT = Path(__file__).parents[3]
DOCS = (ROOT / "docs" / "readiness.md").read_text(encoding="utf-8")


def test_every_rule_has_points_and_every_weight_a_rule() -> None:
    assert set(POINTS) == set(RULES)
    assert all(0 < points <= 25 for rule, points in POINTS.items() if rule != "gibberish")


def test_gibberish_is_never_ready_whatever_else_is_there() -> None:
    assert 100 - POINTS["gibberish"] < READY


def test_every_rule_says_why_and_what_to_do() -> None:
    for name, rule in RULES.items():
        assert rule.why.endswith("."), name
        assert rule.remedy.endswith("."), name
        assert rule.source, name


def test_the_documentation_has_the_rules_of_the_code() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d.]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", DOCS, re.MULTILINE)
    assert rows == [(name, f"{POINTS[name]:g}", rule.remedy, rule.source) for name, rule in RULES.items()]


def test_the_documentation_has_the_definition_of_ready_of_the_code() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| ([a-z, -]+) \|$", DOCS, re.MULTILINE))
    assert rows == {kind.value: ", ".join(parts) for kind, parts in DEFINITION_OF_READY.items()} | {"type": "parts"}


def test_every_type_has_a_definition_and_every_part_a_rule_of_its_own() -> None:
    assert set(DEFINITION_OF_READY) == set(TicketType)
    assert all(rule_of(part) != "missing-own-part" for parts in DEFINITION_OF_READY.values() for part in parts)


def test_a_share_takes_that_much_of_the_points() -> None:
    assert finding("few-specifics", "x", share=0.5).points == POINTS["few-specifics"] / 2
