"""`rat sources` as a person runs it, on a checkout as it lies on disk."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from rat.checks.grounding import ground
from rat.commands.sources import command
from rat.sources import adrs, conflicts
from tests.unit.sources.library_of import library_of, refinement_of

ADR = "# 1. Use X\n\nDate: 2024-05-06\n\n## Status\n\nSuperseded by ADR-0002\n\n## Context\n\n## Decision\n\nX.\n"


def _checkout(root: Path) -> Path:
    for path, text in {
        "docs/adr/0001-use-x.md": ADR,
        "docs/adr/0002-use-y.md": "---\nstatus: accepted\ndate: 2024-06-01\n---\n\n# Use Y\n",
        "docs/adr/0003-broken.md": "---\nstatus: [accepted\n---\n\n# Use Z\n",
        "docs/rfe/0004-export.md": "# Export\n\n- Status: proposed\n- Author: Ada\n\n## Summary\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _run(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(command, ["--repo", str(root), *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_json_holds_to_the_contract(tmp_path: Path) -> None:
    content = json.loads(_run(_checkout(tmp_path), "--json"))
    assert set(content) == {"adrs", "rfes", "problems"}
    first, second, third = content["adrs"]
    keys = {"path", "number", "title", "status", "raw_status", "date", "supersedes", "superseded_by"}
    assert all(keys <= set(adr) for adr in content["adrs"])
    assert (first["number"], first["title"], first["status"], first["raw_status"]) == (
        1,
        "Use X",
        "superseded",
        "Superseded by ADR-0002",
    )
    assert (first["date"], first["superseded_by"]) == ("2024-05-06", ["docs/adr/0002-use-y.md"])
    assert second["supersedes"] == ["docs/adr/0001-use-x.md"]
    assert third["status"] == "accepted"
    assert {key: content["rfes"][0][key] for key in ("path", "id", "title", "status")} == {
        "path": "docs/rfe/0004-export.md",
        "id": "0004",
        "title": "Export",
        "status": "proposed",
    }
    (problem,) = content["problems"]
    assert problem["path"] == "docs/adr/0003-broken.md"
    assert "not valid YAML" in problem["message"]


def test_lint_adds_what_to_mend(tmp_path: Path) -> None:
    mend = json.loads(_run(_checkout(tmp_path), "--json", "--lint"))["lint"]
    assert {"path": "docs/adr/0003-broken.md", "message": "has no date"} in mend
    assert "To mend:" in _run(_checkout(tmp_path), "--lint")


def test_people_get_a_list(tmp_path: Path) -> None:
    output = _run(_checkout(tmp_path))
    assert output.startswith("3 decisions (ADRs), 1 request (RFEs)\n")
    assert "ADR-0002  [accepted]  Use Y  (docs/adr/0002-use-y.md)" in output


def test_an_empty_checkout_says_so(tmp_path: Path) -> None:
    assert _run(tmp_path) == "0 decisions (ADRs), 0 requests (RFEs)\n"


def test_a_link_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(ADR, encoding="utf-8")
    root = tmp_path / "repo"
    (root / "docs/adr").mkdir(parents=True)
    (root / "docs/adr/0001-x.md").symlink_to(outside)
    (root / "docs/decisions").symlink_to(tmp_path)
    assert json.loads(_run(root, "--json"))["adrs"] == []


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _run(_checkout(tmp_path), "--json") == _run(_checkout(tmp_path), "--json")


def test_conflicts_with_decisions_in_force_hold_before_the_checks() -> None:
    decisions = Path(__file__).parents[1] / "fixtures" / "decisions"
    library = library_of({f"docs/adr/{path.name}": path.read_bytes() for path in (decisions / "log").iterdir()})
    for line in (decisions / "conflicts_dev.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = conflicts.gather(adrs.gather(refinement_of(case["title"], case["body"]), library), library)
        in_force = {evidence.id for evidence in found.evidence if evidence.status == "accepted"}
        kept = ground(found, library.checkout).refinement.conflicts
        assert {conflict.adr for conflict in found.conflicts} & in_force <= {conflict.adr for conflict in kept}


def test_it_loads_no_sdk(tmp_path: Path) -> None:
    code = (
        "import sys; from rat.commands.sources import command\n"
        f"command(['--repo', {str(_checkout(tmp_path))!r}, '--json'], standalone_mode=False)\n"
        "sys.stderr.write(' '.join({'openai', 'github', 'jira', 'git', 'pydantic'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
