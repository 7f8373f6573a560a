"""Bad input: one clear message that names the thing and the remedy, the right exit code, nothing half-written."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.integration.conftest import Run, git
from tests.stand_ins.github import ALICE, GitHubStandIn
from tests.stand_ins.proxy import Fault
from tests.stand_ins.scripted_model import fails, in_turn, says, serving

OFFLINE = ("--model", "none")


def complains(done: "subprocess.CompletedProcess[str]", code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.md", ("nowhere.md",)),
        ("shop", ("shop",)),
        ("what is this", ("what is this",)),
        ("https://github.com/alice/demo/pull/3", ("pull request", "rat impact")),
    ],
)
def test_what_is_no_ticket_is_named(
    run_rat: Run, shop: Path, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    target = str(tmp_path / name) if name in ("nowhere.md", "shop") else name
    complains(run_rat("refine", target, *OFFLINE, cwd=shop), 2, *words)


def test_no_ticket_at_all_says_how_to_name_one(run_rat: Run, shop: Path) -> None:
    complains(run_rat("refine", *OFFLINE, cwd=shop), 2, "rat refine '#12'", "--label")


def test_an_issue_without_a_token_says_which_variable_is_missing(run_rat: Run, shop: Path) -> None:
    complains(run_rat("refine", "alice/demo#1", *OFFLINE, cwd=shop), 2, "GITHUB_TOKEN")


def test_a_jira_key_without_a_jira_says_which_variables_are_missing(run_rat: Run, shop: Path) -> None:
    complains(run_rat("refine", "PAY-17", *OFFLINE, cwd=shop), 2, "JIRA_URL", "JIRA_TOKEN")


def on(github: GitHubStandIn) -> dict[str, str]:
    return {"GITHUB_TOKEN": ALICE, "GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "alice/demo"}


def test_an_unknown_issue_is_named(run_rat: Run, shop: Path, github_stand_in: GitHubStandIn) -> None:
    complains(run_rat("refine", "#999", *OFFLINE, cwd=shop, **on(github_stand_in)), 3, "alice/demo#999")


@pytest.mark.parametrize(("status", "word"), [(401, "token"), (403, "alice/demo#1"), (404, "alice/demo#1")])
def test_a_refusal_names_the_ticket_and_the_remedy(
    run_rat: Run, shop: Path, github_stand_in: GitHubStandIn, status: int, word: str
) -> None:
    body = json.dumps({"message": "Resource not accessible by integration"}).encode()
    github_stand_in.proxy.spoil("GET", "/issues/1", Fault(status=status, body=body), times=9)
    complains(run_rat("refine", "#1", *OFFLINE, cwd=shop, **on(github_stand_in)), 3, word)


def test_a_closed_issue_is_skipped_with_the_reason(run_rat: Run, shop: Path, github_stand_in: GitHubStandIn) -> None:
    issue = github_stand_in.repository().create_issue("Old news", body="Done.")
    issue.edit(state="closed")
    done = run_rat("refine", f"#{issue.number}", "--format", "json", *OFFLINE, cwd=shop, **on(github_stand_in))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)[0]
    assert report["status"] == "skipped"
    assert "closed" in report["findings"][0]["message"]


def test_a_locked_issue_gets_no_comment_and_the_reason_is_said(
    run_rat: Run, shop: Path, github_stand_in: GitHubStandIn, tmp_path: Path
) -> None:
    issue = github_stand_in.repository().create_issue("Too hot", body="It is broken.")
    stored = github_stand_in.client().requester.requestJsonAndCheck("GET", issue.url)[1]
    answer = Fault(status=200, body=json.dumps({**stored, "locked": True}).encode())
    github_stand_in.proxy.spoil("GET", rf"/issues/{issue.number}$", answer, times=9)
    out = tmp_path / "out"
    done = run_rat("refine", f"#{issue.number}", "--publish", "--out", out, *OFFLINE, cwd=shop, **on(github_stand_in))
    assert done.returncode == 0, done.stderr
    published = json.loads((out / "published.json").read_text())[0]
    assert (published["action"], "locked" in published["reason"]) == ("refused", True)
    assert github_stand_in.proxy.sent("POST", "/comments") == []


@pytest.mark.parametrize(
    "body",
    ["", "x" * 1_000_000, "ショッピングカートに同じクーポンを二回入れると add_voucher が壊れます。", "\0\x1b[31m"],
)
def test_an_odd_body_is_refined_all_the_same(run_rat: Run, shop: Path, tmp_path: Path, body: str) -> None:
    ticket = tmp_path / "odd.json"
    ticket.write_text(json.dumps({"id": "ODD-1", "title": "Voucher", "body": body}), encoding="utf-8")
    done = run_rat("refine", ticket, "--format", "json", *OFFLINE, cwd=shop)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["ticket"]["key"] == "ODD-1"


def test_binary_and_latin_1_files_in_the_tree_do_not_matter(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    (shop / "logo.bin").write_bytes(bytes(range(256)) * 100)
    (shop / "src/alt.py").write_bytes("# Gr\u00f6\u00dfe\ndef add_voucher_alt(): pass\n".encode("latin-1"))
    git(shop, "add", ".")
    git(shop, "commit", "--quiet", "--message", "chore: odd files")
    done = run_rat("refine", tmp_path / "ticket.md", *OFFLINE, cwd=shop)
    assert done.returncode == 0, done.stderr
    assert "src/basket.py" in done.stdout


def test_a_folder_without_git_is_read_and_the_lack_is_noted(run_rat: Run, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "basket.py").write_text("def add_voucher(): pass\n")
    ticket = tmp_path / "t.md"
    ticket.write_text("# Voucher\n\n`add_voucher` fails.\n")
    done = run_rat("refine", ticket, "--format", "json", *OFFLINE, cwd=plain)
    report = json.loads(done.stdout)[0]
    assert report["impacted_files"][0]["path"] == "basket.py"
    assert any("git" in note for note in report["notes"])
    assert report["head"] == ""


def test_a_shallow_clone_is_noted(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", shop.as_uri(), "shallow")
    done = run_rat("refine", tmp_path / "ticket.md", "--format", "json", *OFFLINE, cwd=tmp_path / "shallow")
    assert any("shallow" in note for note in json.loads(done.stdout)[0]["notes"])


def test_a_repository_without_decisions_is_noted(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    git(shop, "rm", "--quiet", "-r", "docs")
    git(shop, "commit", "--quiet", "--message", "chore: forget")
    done = run_rat("refine", tmp_path / "ticket.md", "--format", "json", *OFFLINE, cwd=shop)
    assert any("ADR" in note for note in json.loads(done.stdout)[0]["notes"])


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("projects: [", ("rat.yml", "line 1")),
        ("projcts: []", ("projcts", "`projects`")),
        ("budget: {usd_per_rnu: 3}", ("budget.usd_per_rnu", "`usd_per_run`")),
        ("model: {concurrency: many}", ("model.concurrency",)),
        ("a: &a [1]\nb: *a", ("alias",)),
        ("projects: []", ("`projects` is empty",)),
    ],
)
def test_a_broken_configuration_stops_everything(
    run_rat: Run, shop: Path, tmp_path: Path, config: str, words: tuple[str, ...]
) -> None:
    (shop / ".github").mkdir()
    (shop / ".github/rat.yml").write_text(config)
    out = tmp_path / "out"
    complains(run_rat("refine", tmp_path / "ticket.md", "--out", out, *OFFLINE, cwd=shop), 2, *words)
    assert not out.exists()


def test_a_key_without_a_model_is_no_silent_default(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    done = run_rat("refine", tmp_path / "ticket.md", cwd=shop, OPENAI_API_KEY="sk-test-0000000000")
    complains(done, 2, "RAT_MODEL")
    assert "sk-test" not in done.stderr


def test_a_model_without_key_or_endpoint_asks_for_them(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    complains(
        run_rat("refine", tmp_path / "ticket.md", "--model", "m", cwd=shop), 2, "OPENAI_API_KEY", "OPENAI_BASE_URL"
    )


def test_an_unreachable_model_is_named_and_only_the_failure_is_kept(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    place = ("--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--out", out)
    complains(run_rat("refine", tmp_path / "ticket.md", *place, cwd=shop), 4, "127.0.0.1:9")
    assert {path.name for path in out.glob("*")} == {"ledger.jsonl", "run.json"}
    assert json.loads((out / "run.json").read_text())["failed"][0]["exit_code"] == 4


@pytest.mark.parametrize("status", [401, 404, 429])
def test_a_model_that_refuses_is_an_error_of_the_model(run_rat: Run, shop: Path, tmp_path: Path, status: int) -> None:
    with serving(in_turn([fails(status, "no", retry_after="600")])) as model:
        done = run_rat("refine", tmp_path / "ticket.md", "--model", "m", "--base-url", model.url, cwd=shop)
    complains(done, 4, "Check" if status == 401 else "m")


def test_a_model_that_answers_nonsense_is_never_guessed_at(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    with serving(in_turn([says("Banana! " * 20)])) as model:
        place = ("--model", "m", "--base-url", model.url, "--format", "json")
        (tmp_path / "T-1.json").write_text(json.dumps({"id": "T-1", "title": "Voucher", "body": "`add_voucher`"}))
        done = run_rat("refine", tmp_path / "T-1.json", *place, cwd=shop)
    assert "Banana" not in done.stdout
    complains(done, 4, "T-1", "nothing that can be used")


def test_one_bad_ticket_never_stops_the_rest(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lines = [{"id": f"T-{n}", "title": f"Voucher {n}", "body": "`add_voucher`"} for n in (1, 2)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with serving(in_turn([fails(401), says("{}")])) as model:
        place = ("--model", "m", "--base-url", model.url, "--out", out)
        done = run_rat("refine", tmp_path / "many.jsonl", *place, cwd=shop)
    run = json.loads((out / "run.json").read_text())
    assert done.returncode == 4
    assert len(run["failed"]) + len(run["tickets"]) == 2
    assert run["failed"][0]["key"].startswith("T-")


def test_two_files_with_one_id_are_refused(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps({"id": "T-1", "title": name, "body": ""}))
    complains(run_rat("refine", tmp_path / "a.json", tmp_path / "b.json", *OFFLINE, cwd=shop), 2, "T-1")
