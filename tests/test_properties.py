"""Every property of the security assessment is proved by a test that carries its number (docs/security.md)."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PROPERTIES = range(1, 43)


def test_each_property_has_a_test_that_carries_its_number() -> None:
    named = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    proved = {int(number) for number in re.findall(r"^ *def test_p(\d\d)_", named, re.MULTILINE)}
    assert set(PROPERTIES) - proved == set()
