"""The security assessment (docs/security.md) and the suite say the same."""

import re
from pathlib import Path

from tests.stand_ins.faults import FAULTS

TESTS = Path(__file__).parent
PROPERTIES = range(1, 43)
NAMED = re.compile(r"^ *def (test_\w+)\(", re.MULTILINE)


def names() -> set[str]:
    return {name for path in TESTS.rglob("test_*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}


def test_each_property_has_a_test_that_carries_its_number() -> None:
    proved = {int(found[1]) for name in names() if (found := re.match(r"test_p(\d\d)_", name))}
    assert set(PROPERTIES) - proved == set()


def test_every_test_that_the_assessment_names_exists_and_every_property_is_on_it() -> None:
    page = (TESTS.parent / "docs/security.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(test_\w+)`", page)) - names() == set()
    assert {int(number) for number in re.findall(r"^\| P(\d+) \|", page, re.MULTILINE)} == set(PROPERTIES)
    assert {int(number) for number in re.findall(r"^\| T(\d+) ", page, re.MULTILINE)} == set(range(1, 19))


def test_the_matrix_of_faults_names_every_fault_of_the_table_and_only_tests_that_exist() -> None:
    page = (TESTS.parent / "benchmarks/faults.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1:-1] for row in page.partition("row by row")[2].splitlines() if row.startswith("| ")][1:]
    assert len(rows) == 30
    assert {fault for row in rows for fault in re.findall(r"`([^`]+)`", row[1])} == set(FAULTS)
    assert set(re.findall(r"`(test_\w+)`", page)) - names() == set()
