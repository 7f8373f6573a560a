"""From a ticket to the report: what whole commands write down, and what is read out of it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rat.cli import rat
from rat.errors import ConfigError
from rat.model.ledger import DecisionRecord, LedgerRecord, OfferRecord, RunRecord
from rat.reporting.ledger import open_ledger
from rat.reporting.lines import LinesLedger
from tests.integration.commands.test_command import Desk
from tests.integration.conftest import Run, git
from tests.integration.test_main_job import BODY, OFFLINE, REPLIES, ok, on
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_people import People
from tests.stand_ins.scripted_model import by_agent, serving
from tests.unit.reporting.records import run

PROMPTS = Path(__file__).parents[3] / "prompts"


def kept(address: Path | str) -> list[LedgerRecord]:
    return sorted(open_ledger(str(address)).records(), key=lambda record: (record.at, record.kind))


def test_a_run_with_a_model_is_written_down_with_its_agents_and_its_prompts(
    run_rat: Run, shop: Path, tmp_path: Path
) -> None:
    prompts = shop / ".github/rat/prompts"
    prompts.mkdir(parents=True)
    (prompts / "critic.md.j2").write_text((PROMPTS / "critic.md.j2").read_text() + "\nBe kind.\n")
    git(shop, "add", ".")
    git(shop, "commit", "--quiet", "--message", "feat: a critic of our own")
    with serving(by_agent(REPLIES)) as model:
        place = ("--model", "scripted", "--base-url", model.url, "--out", tmp_path / "out")
        ok(run_rat("refine", tmp_path / "ticket.md", *place, cwd=shop))
    (record,) = kept(tmp_path / "out/ledger.jsonl")
    assert isinstance(record, RunRecord)
    assert {one.agent for one in record.agents} == {"analyst", "architect", "planner", "tester", "critic"}
    assert sum(one.usage.calls for one in record.agents) == record.calls >= 5
    assert record.variant.startswith("own-")
    assert record.cost_usd is None
    assert record.seconds is not None


def test_every_step_reaches_the_teams_ledger_once_also_from_a_job_that_could_not(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn, postgres: str
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    key, out = f"alice/demo#{issue.number}", tmp_path / "out"
    there = {**on(github_stand_in), "GITHUB_ACTOR": "alice", "GITHUB_RUN_ID": "17"}
    ok(run_rat("refine", f"#{issue.number}", "--out", out, *OFFLINE, cwd=shop, **there))
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/rat.yml").write_text("model: {name: a-model}\n")  # the job that publishes has no checkout
    for _ in range(2):
        ok(run_rat("publish", out, cwd=tmp_path, RAT_LEDGER=postgres, **there))
    ok(run_rat("undo", f"#{issue.number}", "--out", out, "--ledger", postgres, cwd=shop, **there))

    records = kept(postgres)
    assert sorted((record.kind, record.ticket, record.repository) for record in records) == [
        ("decision", key, "alice/demo"),
        ("offer", key, "alice/demo"),
        ("offer", key, "alice/demo"),
        ("run", key, "alice/demo"),
    ]
    assert {record.action for record in records if isinstance(record, OfferRecord)} == {"created", "unchanged"}
    assert [(r.verdict, r.login) for r in records if isinstance(r, DecisionRecord)] == [("undone", "alice")]
    assert sorted(record.id for record in records) == sorted(record.id for record in kept(out / "ledger.jsonl"))

    report = json.loads(ok(run_rat("report", out, "--ledger", postgres, "--format", "json", cwd=tmp_path)).stdout)
    assert report["records"] == 4
    assert (report["total"]["tickets"], report["total"]["undone"]) == (1, 1)


def test_what_the_shards_of_a_run_kept_is_one_ledger_after_publishing(
    run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn
) -> None:
    shards = [tmp_path / "shard-0", tmp_path / "shard-1"]
    for shard in shards:
        issue = github_stand_in.repository().create_issue(f"Voucher counts twice in {shard.name}", body=BODY)
        ok(run_rat("refine", f"#{issue.number}", "--out", shard, *OFFLINE, cwd=shop, **on(github_stand_in)))
    ok(run_rat("publish", *shards, cwd=tmp_path, **on(github_stand_in)))
    assert [record.kind for record in kept(shards[0] / "ledger.jsonl")].count("run") == 2
    assert [record.kind for record in kept(shards[0] / "ledger.jsonl")].count("offer") == 2


def test_a_ledger_of_no_use_stops_a_run_before_it_begins_and_never_shows_its_password(
    run_rat: Run, shop: Path, tmp_path: Path
) -> None:
    wrong = "postgresql://rat:hunter2@127.0.0.1:1/rat"
    done = run_rat("refine", tmp_path / "ticket.md", "--out", tmp_path / "out", *OFFLINE, cwd=shop, RAT_LEDGER=wrong)
    assert done.returncode == 2
    assert "postgresql://rat:***@127.0.0.1:1/rat failed" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_without_out_and_without_a_ledger_nothing_is_written_down(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    ok(run_rat("refine", tmp_path / "ticket.md", *OFFLINE, cwd=shop))
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and ".git" not in path.parts] == []


def test_a_rejection_is_written_down_with_who_and_why(
    github_stand_in: GitHubStandIn, shop: Path, tmp_path: Path
) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    desk = Desk(github=github_stand_in, people=People(github_stand_in.proxy), shop=shop, issue=issue)
    out = tmp_path / "out"
    desk.obey(desk.say("/rat refine"), "--out", out)
    desk.obey(desk.say("/rat reject the second criterion\nis about another page"), "--out", out)
    desk.obey(desk.say("/rat help"), "--out", out)
    decisions = [record for record in kept(out / "ledger.jsonl") if isinstance(record, DecisionRecord)]
    assert [(one.verdict, one.login, one.reason) for one in decisions] == [
        ("rejected", "alice", "the second criterion is about another page")
    ]


def test_what_was_applied_and_edited_later_is_written_down_with_how_much(
    run_rat: Run, github_stand_in: GitHubStandIn, shop: Path, tmp_path: Path
) -> None:
    (shop / ".github").mkdir()
    (shop / ".github/rat.yml").write_text("projects: [{name: payments, write: region}]\n")
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    desk = Desk(github=github_stand_in, people=People(github_stand_in.proxy), shop=shop, issue=issue)
    out, refine = tmp_path / "out", ("refine", f"#{issue.number}", "--out", tmp_path / "out")
    with serving(by_agent(REPLIES)) as model:
        place = ("--model", "scripted", "--base-url", model.url, "--publish")
        ok(run_rat(*refine, *place, cwd=shop, **on(github_stand_in)))
    assert desk.obey(desk.say("/rat apply criteria"), "--out", out)["done"]
    body = github_stand_in.repository().get_issue(issue.number).body
    assert "leaves the basket with one code" in body
    issue.edit(body=body.replace("leaves the basket with one code", "is refused with a message"))
    for _ in range(2):
        ok(run_rat(*refine, *OFFLINE, cwd=shop, **on(github_stand_in)))
    decisions = [record for record in kept(out / "ledger.jsonl") if isinstance(record, DecisionRecord)]
    applied, edited = sorted(decisions, key=lambda record: record.changed or 0)
    assert (applied.verdict, applied.login, applied.changed, applied.sections) == (
        "applied",
        "alice",
        0.0,
        ("criteria",),
    )
    assert (edited.verdict, edited.team) == ("edited", "payments")
    assert edited.changed is not None
    assert 0.05 < edited.changed < 0.6


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with the ledger of one run."""
    LinesLedger(tmp_path / "out/ledger.jsonl").append([run("T-1")])
    return tmp_path / "out"


def report(*arguments: object) -> Result:
    return CliRunner().invoke(rat, ["report", *map(str, arguments)], env={"RAT_LEDGER": ""})


def test_the_report_comes_as_markdown_json_and_a_page(results: Path, tmp_path: Path) -> None:
    assert "1 of 1 tickets are ready for a cold start: too few tickets to say" in report(results).output
    assert json.loads(report(results, "--format", "json").output)["records"] == 1
    page = tmp_path / "new" / "report.html"
    assert report(results, "--format", "html", "--out", page).output == ""
    assert page.read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Nothing to report on"),
        (["nowhere.jsonl"], "could not be read"),
        (["--ledger", "mysql://u:hunter2@h/d"], "none that RAT knows"),
        (["{results}", "--variant", "a"], "two sides"),
        (["{results}", "--variant", "a", "--variant", "b"], "does not hold both a and b"),
        (["{results}", "--out", "/proc/nowhere/x"], "could not be written"),
    ],
)
def test_what_cannot_be_reported_gets_one_clear_message(results: Path, arguments: list[str], says: str) -> None:
    done = report(*(argument.format(results=results) for argument in arguments))
    assert isinstance(done.exception, ConfigError)
    assert says in str(done.exception)
    assert "hunter2" not in str(done.exception)


def test_the_action_reports_on_artifacts_in_its_summary_and_as_files(
    run_rat: Run, results: Path, tmp_path: Path
) -> None:
    (tmp_path / "event.json").write_text("{}")
    summary, outputs = tmp_path / "summary.md", tmp_path / "outputs"
    step = {"GITHUB_STEP_SUMMARY": summary, "GITHUB_OUTPUT": outputs, "GITHUB_EVENT_PATH": tmp_path / "event.json"}
    environment = {name: str(value) for name, value in step.items()} | {
        "GITHUB_EVENT_NAME": "schedule",
        "GITHUB_REPOSITORY": "alice/demo",
        "RAT_MODE": "report",
    }
    ok(run_rat("action", cwd=tmp_path, RAT_OUT=str(results), **environment))
    assert summary.read_text().startswith("## What refinement brought")
    assert "path<<rat-" in outputs.read_text()
    assert {"report.md", "report.json", "report.html"} <= {path.name for path in results.iterdir()}
    nothing = run_rat("action", cwd=tmp_path, RAT_OUT=str(tmp_path / "none"), **environment)
    assert nothing.returncode == 2
    assert "nothing to report on" in nothing.stderr
