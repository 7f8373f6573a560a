"""The main job as a user runs it: a ticket in, a checked refinement out, offered where it belongs."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Run, git
from tests.stand_ins.github import ACTIONS, ALICE, GitHubStandIn
from tests.stand_ins.proxy import Fault
from tests.stand_ins.scripted_model import by_agent, serving

OFFLINE = ("--model", "none")
BODY = "`add_voucher` takes the same code twice in the basket. It should refuse the second one."
FROM_TICKET = [{"source": "ticket", "quote": "the same code twice"}]
REPLIES: dict[str, Any] = {
    "analyst": {
        "type": "bug",
        "title": "Refuse a voucher that is in the basket already",
        "intent": "A voucher must count once.",
        "problem": "The same code can be added twice.",
        "questions": [],
        "out_of_scope": [],
    },
    "architect": {
        "approach": [
            {"text": "Check the code in `add_voucher`.", "citations": FROM_TICKET},
            {"text": "Move it to `src/nowhere.py` first.", "citations": [{"source": "ADR-0099", "quote": ""}]},
        ],
        "impacted_files": [{"path": "src/basket.py", "reason": "holds the vouchers", "citations": FROM_TICKET}],
        "risks": [],
        "conflicts": [],
    },
    "planner": {"tasks": [{"title": "Refuse it", "depends_on": [], "citations": FROM_TICKET}], "size": "half a day"},
    "tester": {
        "acceptance_criteria": [
            {"text": "Adding the same code a second time leaves the basket with one code.", "citations": FROM_TICKET}
        ],
        "test_plan": [{"text": "Add one code twice and count.", "citations": FROM_TICKET}],
    },
    "critic": {"objections": []},
}


def on(github: GitHubStandIn, token: str = ACTIONS) -> dict[str, str]:
    return {"GITHUB_TOKEN": token, "GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "alice/demo"}


def published(out: Path) -> list[tuple[str, str]]:
    return [(one["key"], one["action"]) for one in json.loads((out / "published.json").read_text())]


def ok(done: "subprocess.CompletedProcess[str]") -> "subprocess.CompletedProcess[str]":
    assert done.returncode == 0, done.stderr
    return done


def test_without_a_model_a_ticket_gets_facts_and_says_so(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    report = json.loads(ok(run_rat("refine", tmp_path / "ticket.md", "--format", "json", *OFFLINE, cwd=shop)).stdout)[0]
    assert (report["mode"], report["proposal"]) == ("offline", None)
    assert report["impacted_files"][0]["path"] == "src/basket.py"
    assert report["impacted_files"][0]["reasons"]
    assert any(piece["kind"] == "commit" for piece in report["evidence"])
    assert report["score"]["before"] == report["score"]["after"]
    assert "No model was used" in ok(run_rat("refine", tmp_path / "ticket.md", *OFFLINE, cwd=shop)).stdout


def test_the_same_commit_and_ticket_give_the_same_bytes(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    one, other = (
        ok(
            run_rat("refine", tmp_path / "ticket.md", "--format", "json", *OFFLINE, cwd=shop, PYTHONHASHSEED=seed)
        ).stdout
        for seed in ("1", "2")
    )
    assert one == other


def test_a_ticket_may_come_from_standard_input(run_rat: Run, shop: Path) -> None:
    given = json.dumps({"id": "PIPE-1", "title": "Voucher counts twice", "body": BODY})
    done = ok(run_rat("refine", "-", "--format", "json", *OFFLINE, cwd=shop, given=given))
    assert json.loads(done.stdout)[0]["ticket"]["key"] == "PIPE-1"


def test_with_a_model_the_draft_is_checked_and_what_does_not_resolve_is_dropped(
    run_rat: Run, shop: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ticket = tmp_path / "T-1.json"
    ticket.write_text(json.dumps({"id": "T-1", "title": "Voucher counts twice", "body": BODY}))
    with serving(by_agent(REPLIES)) as model:
        place = ("--model", "scripted", "--base-url", model.url, "--out", out, "--format", "json")
        report = json.loads(ok(run_rat("refine", ticket, *place, cwd=shop)).stdout)[0]
    proposal = report["proposal"]
    assert report["mode"] == "model"
    assert proposal["acceptance_criteria"][0]["citations"]
    assert "src/nowhere.py" not in json.dumps(proposal)
    assert "ADR-0099" not in json.dumps(proposal)
    counted = report["citations"]
    assert counted["cited"] == counted["verified"] >= 5
    assert counted["dropped"] >= 1
    assert report["score"]["after"] >= report["score"]["before"]
    assert report["usage"]["calls"] >= 5
    assert {path.name for path in out.glob("T-1.*")} == {"T-1.json", "T-1.md", "T-1.transcript.jsonl"}


def test_one_comment_is_created_once_edited_in_place_and_untouched_when_nothing_changed(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    actions: list[tuple[str, str]] = []
    for body in (BODY, BODY, BODY + " Also after a reload."):
        if body != BODY:
            issue.edit(body=body)
        out = tmp_path / f"out{len(actions)}"
        ok(run_rat("refine", f"#{issue.number}", "--publish", "--out", out, *OFFLINE, cwd=shop, **on(github_stand_in)))
        actions += published(out)
    assert [action for _, action in actions] == ["created", "unchanged", "updated"]
    comments = list(issue.get_comments())
    assert len(comments) == 1
    assert "src/basket.py" in comments[0].body
    assert len(github_stand_in.proxy.sent("POST", "/issues/1/comments")) == 1


def test_what_was_written_is_taken_back_to_the_byte(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    place = ("--out", tmp_path / "out")
    texts = []
    for body in (BODY, BODY + " Also after a reload."):
        issue.edit(body=body)
        ok(run_rat("refine", f"#{issue.number}", "--publish", *place, *OFFLINE, cwd=shop, **on(github_stand_in)))
        texts.append(next(iter(issue.get_comments())).body)
    ok(run_rat("undo", f"#{issue.number}", *place, cwd=shop, **on(github_stand_in)))
    assert texts[0] != texts[1]
    said = next(iter(issue.get_comments())).body
    assert said.split("\n", 1)[1] == texts[0].split("\n", 1)[1]


def test_refine_and_publish_may_be_two_steps(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    out = tmp_path / "out"
    ok(run_rat("refine", f"#{issue.number}", "--out", out, *OFFLINE, cwd=shop, **on(github_stand_in)))
    assert github_stand_in.proxy.sent("POST", "/comments") == []
    dry = ok(run_rat("publish", out, "--dry-run", cwd=tmp_path, **on(github_stand_in)))
    call = json.loads(dry.stdout)
    assert set(call) == {"tracker", "operation", "target", "body"}
    assert github_stand_in.proxy.sent("POST", "/comments") == []
    ok(run_rat("publish", out, cwd=tmp_path, **on(github_stand_in)))
    assert published(out) == [(f"alice/demo#{issue.number}", "created")]
    assert next(iter(issue.get_comments())).body == call["body"]


def test_an_edit_between_reading_and_writing_defers_the_comment(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    out = tmp_path / "out"
    ok(run_rat("refine", f"#{issue.number}", "--out", out, *OFFLINE, cwd=shop, **on(github_stand_in)))
    issue.edit(body="Something else altogether.")
    ok(run_rat("publish", out, cwd=tmp_path, **on(github_stand_in)))
    assert published(out) == [(f"alice/demo#{issue.number}", "deferred")]
    assert list(issue.get_comments()) == []


def test_a_folder_that_names_another_repository_is_not_written_there(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    out = tmp_path / "out"
    ok(run_rat("refine", f"#{issue.number}", "--out", out, *OFFLINE, cwd=shop, **on(github_stand_in)))
    path = next(out.glob("alice-*.json"))
    path.write_text(path.read_text().replace("alice/demo#", "alice/other#"))
    ok(run_rat("publish", out, cwd=tmp_path, **on(github_stand_in)))
    assert [action for _, action in published(out)] == ["refused"]
    assert github_stand_in.proxy.sent("POST", "/comments") == []


def test_requests_stay_within_four_unchanged_and_seven_with_a_new_comment(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    issue.create_comment("I see it too.")
    counts = []
    for _ in range(2):
        github_stand_in.proxy.forget()
        ok(run_rat("refine", f"#{issue.number}", "--publish", *OFFLINE, cwd=shop, **on(github_stand_in)))
        counts.append(len(github_stand_in.proxy.requests))
    assert counts[0] <= 7
    assert counts[1] <= 4


def test_a_label_sweep_refines_the_labelled_issues_only(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    repository = github_stand_in.repository()
    repository.create_label("needs-refinement", "ededed")
    chosen = repository.create_issue("Voucher counts twice", body=BODY, labels=["needs-refinement"])
    repository.create_issue("Something else", body="No label here.")
    out = tmp_path / "out"
    sweep = ("--label", "needs-refinement", "--publish", "--out", out)
    ok(run_rat("refine", *sweep, *OFFLINE, cwd=shop, **on(github_stand_in)))
    assert published(out) == [(f"alice/demo#{chosen.number}", "created")]


def test_a_score_below_the_gate_ends_with_6_and_the_results_are_there(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_rat("refine", tmp_path / "ticket.md", "--fail-under", 100, "--out", out, *OFFLINE, cwd=shop)
    assert done.returncode == 6
    assert "100" in done.stderr
    assert (out / "run.json").exists()


@pytest.fixture
def pull_request(shop: Path, github_stand_in: GitHubStandIn) -> int:
    """A pull request that names an issue, touches its file, and adds a request."""
    repository = github_stand_in.repository()
    repository.create_issue("Voucher counts twice", body=BODY)
    repository.create_issue("Basket forgets vouchers", body="`add_voucher` in src/basket.py forgets codes.")
    head = repository.get_branch("main").commit.sha
    repository.create_git_ref("refs/heads/once", head)
    request = "# RFE: gift cards\n\n## Summary\n\nSell gift cards.\n\n## Motivation\n\nCustomers ask for them.\n"
    repository.create_file("docs/rfe/0001-gift-cards.md", "docs: ask for gift cards", request, branch="once")
    number = repository.create_pull(base="main", head="once", title="Take a voucher once", body="Fixes #1").number
    files = [
        {"filename": "src/basket.py", "status": "modified", "patch": "@@ -1 +1 @@\n-a\n+b"},
        {"filename": "docs/rfe/0001-gift-cards.md", "status": "added", "patch": "+# RFE"},
    ]
    answer = Fault(status=200, body=json.dumps(files).encode())
    github_stand_in.proxy.spoil("GET", rf"/pulls/{number}/files", answer, times=9)
    return number


def test_a_pull_request_gets_one_comment_with_its_tickets_and_the_proposal_for_its_request(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn, pull_request: int
) -> None:
    out = tmp_path / "out"
    asked = ("impact", pull_request, "--refine", "--publish", "--out", out)
    ok(run_rat(*asked, *OFFLINE, cwd=shop, **on(github_stand_in)))
    impact = json.loads((out / "impact.json").read_text())
    relations = {one["key"]: one["relation"] for one in impact["tickets"]}
    assert relations == {"alice/demo#1": "named", "alice/demo#2": "overlaps"}
    proposals = [one["ticket"]["key"] for one in impact["proposals"]]
    assert "docs/rfe/0001-gift-cards.md" in proposals
    comments = list(github_stand_in.repository().get_pull(pull_request).get_issue_comments())
    assert len(comments) == 1
    assert "src/basket.py" in comments[0].body
    assert "docs/rfe/0001-gift-cards.md" in comments[0].body
    again = tmp_path / "again"
    ok(run_rat(*asked[:-1], again, *OFFLINE, cwd=shop, **on(github_stand_in)))
    assert published(again) == [(f"alice/demo#{pull_request}", "unchanged")]


def test_a_named_ticket_that_could_not_be_read_is_noted_and_one_that_is_none_is_not(
    run_rat: Run, shop: Path, github_stand_in: GitHubStandIn, pull_request: int
) -> None:
    github_stand_in.repository().get_pull(pull_request).edit(body="Fixes #1, see #999")
    refused = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')
    github_stand_in.proxy.spoil("GET", "/issues/1$", refused, times=9)
    done = ok(run_rat("impact", pull_request, "--json", *OFFLINE, cwd=shop, **on(github_stand_in)))
    notes = json.loads(done.stdout)["notes"]
    assert any("alice/demo#1 could not be read" in note for note in notes)
    assert not any("#999" in note for note in notes)


def test_with_a_model_the_criteria_that_the_change_seems_to_meet_are_named(
    run_rat: Run, shop: Path, github_stand_in: GitHubStandIn, pull_request: int
) -> None:
    body = BODY + "\n\n## Acceptance criteria\n\n- [ ] The second code is refused\n- [ ] The price is in cents\n"
    github_stand_in.repository().get_issue(1).edit(body=body)
    replies = {"reviewer": {"met": [{"criterion": 1, "file": 1}, {"criterion": 9, "file": 1}]}}
    with serving(by_agent(replies)) as model:
        place = ("--model", "scripted", "--base-url", model.url, "--json")
        done = ok(run_rat("impact", pull_request, *place, cwd=shop, **on(github_stand_in)))
    named = json.loads(done.stdout)["tickets"][0]
    assert named["criteria"] == [{"text": "The second code is refused", "file": "src/basket.py"}]


def test_a_wrong_pull_request_is_named(run_rat: Run, shop: Path, github_stand_in: GitHubStandIn) -> None:
    done = run_rat("impact", "99", *OFFLINE, cwd=shop, **on(github_stand_in))
    assert (done.returncode, "alice/demo#99" in done.stderr) == (3, True)
    done = run_rat("impact", "nonsense", *OFFLINE, cwd=shop, **on(github_stand_in))
    assert (done.returncode, "nonsense" in done.stderr) == (2, True)


def test_the_doctor_says_what_works_and_never_a_secret(
    run_rat: Run, shop: Path, github_stand_in: GitHubStandIn
) -> None:
    done = ok(run_rat("doctor", *OFFLINE, cwd=shop, **on(github_stand_in, ALICE)))
    assert "alice/demo can be read; comments would be written as alice" in done.stdout
    assert "1 ADRs" in done.stdout
    assert ALICE not in done.stdout + done.stderr
    assert "model.name" in done.stdout


def test_evidence_is_shown_for_people_and_programs(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    shown = ok(run_rat("evidence", tmp_path / "ticket.md", cwd=shop)).stdout
    assert not [line for line in shown.splitlines() if line.strip().startswith(":")]
    assert "src/basket.py" in shown
    data = json.loads(ok(run_rat("evidence", tmp_path / "ticket.md", "--json", cwd=shop)).stdout)
    assert {"evidence", "impacted_files", "notes"} <= set(data)


@pytest.mark.parametrize("name", ["config", "refinement", "impact"])
def test_each_schema_is_one_and_fits_what_is_written(run_rat: Run, shop: Path, tmp_path: Path, name: str) -> None:
    import jsonschema

    schema = json.loads(ok(run_rat("schema", name, cwd=shop)).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    if name == "refinement":
        done = ok(run_rat("refine", tmp_path / "ticket.md", "--format", "json", *OFFLINE, cwd=shop))
        jsonschema.validate(json.loads(done.stdout)[0], schema)


def test_the_prompt_is_shown_and_nothing_is_sent(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    shown = ok(run_rat("prompt", "architect", tmp_path / "ticket.md", cwd=shop)).stdout
    assert "takes the same code twice" in shown
    done = run_rat("prompt", "wizard", tmp_path / "ticket.md", cwd=shop)
    assert (done.returncode, "wizard" in done.stderr) == (2, True)


def test_git_is_left_as_it_was(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    ok(run_rat("refine", tmp_path / "ticket.md", *OFFLINE, cwd=shop))
    assert git(shop, "status", "--porcelain") == ""
