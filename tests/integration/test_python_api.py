"""The Python API, as its page shows it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import rat
from rat.decode import schema_of
from rat.model.record import RefinementRecord
from rat.reporting.report import Report
from rat.results import file_stem

PAGE = Path(__file__).parents[2] / "docs/python-api.md"


def python(code: str, folder: Path) -> str:
    command = [sys.executable, "-I", "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60, env={})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_of_the_page_runs_as_it_is_written(shop: Path) -> None:
    (shop / "ticket.md").write_text(
        "# Voucher counts twice\n\n`add_voucher` takes the same code twice in the basket.\n"
    )
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    said = python(example, shop)
    assert "src/basket.py" in said
    assert "No model was used" in said


def test_what_the_page_lists_is_public_and_nothing_else() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(rat.__all__)
    assert all(getattr(rat, name) is not None for name in listed)


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sweep_all'"):
        _ = rat.sweep_all  # type: ignore[attr-defined]


def test_importing_rat_loads_nothing_of_it() -> None:
    assert python("import rat, sys; print(sorted(m for m in sys.modules if m.startswith('rat.')))", Path()) == "[]\n"


def test_reports_and_figures_keep_to_their_schemas(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    (report,) = rat.refine(str(tmp_path / "ticket.md"), repo=shop, model="none", out=out, access=rat.Access())
    jsonschema.validate(rat.to_json(report), schema_of(RefinementRecord))
    assert json.loads((out / f"{file_stem(report.refinement.ticket.key)}.json").read_text()) == rat.to_json(report)
    figures = rat.measure(out)
    assert isinstance(figures, Report)
    assert figures.total.tickets == 1


def test_what_is_wrong_is_raised_as_a_rat_error(shop: Path) -> None:
    with pytest.raises(rat.RatError, match=r"nowhere\.md"):
        rat.refine("nowhere.md", repo=shop, model="none", access=rat.Access())
