"""`rat command` as a workflow runs it: a comment on an issue of GitHub in, reactions and writes out."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rat.cli import rat
from tests.integration.test_main_job import REPLIES
from tests.stand_ins.github import ACTIONS, ALICE, MALLORY, GitHubStandIn
from tests.stand_ins.github_people import People
from tests.stand_ins.proxy import LOST_REPLY, Fault
from tests.stand_ins.scripted_model import by_agent, serving

BODY = "`add_voucher` takes the same code twice in the basket. It should refuse the second one."


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An issue of `alice/demo`, and `rat command` for comments on it."""

    github: GitHubStandIn
    people: People
    shop: Path
    issue: Any

    @property
    def variables(self) -> dict[str, str]:
        """What a job has in its environment."""
        return {
            "GITHUB_TOKEN": ACTIONS,
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": "alice/demo",
            "RAT_MODEL": "none",
            "XDG_STATE_HOME": str(self.shop.parent / "state"),
        }

    def say(self, text: str, *, token: str = ALICE) -> Any:
        """A new comment by the owner of *token*."""
        return self.github.repository(token).get_issue(self.issue.number).create_comment(text)

    def event(self, comment: Any, /, **changes: Any) -> dict[str, Any]:
        """What GitHub sends for *comment*."""
        user = {"login": comment.user.login, "type": "User"}
        payload: dict[str, Any] = {
            "action": "created",
            "comment": {"id": comment.id, "body": comment.body, "user": user},
            "issue": {"number": self.issue.number, "state": "open", "locked": False, "labels": []},
            "sender": user,
        }
        return payload | changes

    def obey(
        self, comment: Any, *options: object, event: dict[str, Any] | None = None, code: int = 0, model: str = ""
    ) -> dict[str, Any]:
        """Run `rat command` for *comment*, told of by *event*, to the exit code *code*; its record."""
        file = self.shop.parent / "event.json"
        file.write_text(json.dumps(event or self.event(comment)), encoding="utf-8")
        variables = {"GITHUB_EVENT_NAME": "issue_comment", "GITHUB_EVENT_PATH": str(file)}
        if model:
            variables |= {"RAT_MODEL": "scripted", "OPENAI_BASE_URL": model, "OPENAI_API_KEY": "sk-test"}
        words = ["command", *map(str, options), "--repo", str(self.shop)]
        done = CliRunner().invoke(rat, words, env=self.variables | variables)
        assert getattr(done.exception, "exit_code", done.exit_code) == code, done.output
        record: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return record | {"said": done.stdout.splitlines()[:-1]}

    def sweep(self) -> tuple[str, str]:
        """Run `rat refine --publish` on the issue: how the ticket ended, and why it was skipped if it was."""
        words = ["refine", f"#{self.issue.number}", "--publish", "--format", "json", "--repo", str(self.shop)]
        done = CliRunner().invoke(rat, words, env=self.variables, catch_exceptions=False)
        (record,) = json.loads(done.stdout)
        return record["status"], record["findings"][0]["message"]

    def own(self) -> list[Any]:
        """RAT's comments."""
        return [one for one in self.issue.get_comments() if one.user.login == "github-actions[bot]"]

    def writes(self) -> list[tuple[str, str]]:
        """The requests that wrote, since the recording was forgotten."""
        return [(one.method, one.path) for one in self.github.proxy.requests if one.method != "GET"]


@pytest.fixture
def desk(github_stand_in: GitHubStandIn, shop: Path) -> Desk:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body=BODY)
    return Desk(github=github_stand_in, people=People(github_stand_in.proxy), shop=shop, issue=issue)


def test_refine_refines_and_says_so_and_a_redelivery_does_nothing(desk: Desk) -> None:
    comment = desk.say("/rat refine look at `add_voucher`")
    record = desk.obey(comment)
    assert (record["name"], record["by"], record["done"]) == ("refine", "alice", True)
    (refinement,) = desk.own()
    assert "src/basket.py" in refinement.body
    assert desk.people.reactions(comment.id) == ["eyes", "+1"]

    desk.github.proxy.forget()
    assert desk.obey(comment)["reason"] == "this command was carried out before"
    assert desk.writes() == []


def test_reject_is_recorded_on_the_ticket_and_refine_takes_it_up_again(desk: Desk, tmp_path: Path) -> None:
    early = desk.say("/rat reject nothing there yet")
    assert "nothing to reject" in desk.obey(early)["message"]
    assert desk.people.reactions(early.id) == ["eyes", "confused"]

    desk.obey(desk.say("/rat refine"))
    rejected = desk.say("/rat reject it misses\nthe @alice case, fixes #1")
    record = desk.obey(rejected, "--out", tmp_path / "out")
    assert record["done"], record
    (outcome,) = json.loads((tmp_path / "out/published.json").read_text())
    assert (outcome["purpose"], outcome["action"]) == ("decision", "created")
    assert outcome["reason"].startswith("rejected by alice: it misses the")
    decision = next(one for one in desk.own() if "rejected what RAT proposed" in one.body)
    assert "purpose=decision" in decision.body
    assert "`@alice`" in decision.body
    assert "`fixes #1`" in decision.body or "`#1`" in decision.body

    status, reason = desk.sweep()
    assert status == "skipped"
    assert reason.startswith("alice rejected the proposal")
    desk.obey(desk.say("/rat refine"))
    (refinement,) = [one for one in desk.own() if "purpose=refinement" in one.body]
    assert "The proposal before this one was rejected by alice: it misses" in refinement.body


def test_an_answer_makes_the_next_sweep_look_again_and_is_not_asked_for_again(desk: Desk) -> None:
    assert desk.sweep()[0] == "needs_answers"
    (asking,) = desk.own()
    assert "questions for you" in asking.body
    desk.say("1. I have this too", token=MALLORY)
    assert "Nothing changed" in desk.sweep()[1]
    desk.say("It was seen in version 1.4, with the newest browser.")
    desk.sweep()
    (answered,) = desk.own()
    assert answered.id == asking.id
    assert "for you" not in answered.body
    assert "answered</summary>" in answered.body


def test_help_and_a_slip_of_the_pen_share_one_answer(desk: Desk) -> None:
    slip, asked = desk.say("/rat aply"), desk.say("/RAT\u00a0Help\r\n")
    assert "Did you mean `/rat apply`?" in desk.obey(slip)["message"]
    (answer,) = desk.own()
    assert "Did you mean `/rat apply`?" in answer.body
    assert desk.obey(asked)["done"]
    (edited,) = desk.own()
    assert edited.id == answer.id
    assert "`/rat undo` takes back" in edited.body
    assert not any(line.startswith("/") for line in edited.body.splitlines())


@pytest.mark.parametrize("permission", ["triage", "none"])
def test_who_may_not_write_gets_nothing_at_all(desk: Desk, permission: str) -> None:
    desk.people.permissions["mallory"] = permission
    comment = desk.say("/rat refine", token=MALLORY)
    desk.github.proxy.forget()
    assert "mallory may not write there" in desk.obey(comment)["reason"]
    assert desk.writes() == []


def test_a_maintainer_may(desk: Desk) -> None:
    desk.people.permissions["mallory"] = "maintain"
    assert desk.obey(desk.say("/rat help", token=MALLORY))["done"]


def test_what_is_told_must_be_what_is_there(desk: Desk) -> None:
    comment = desk.say("/rat refine")
    lie = {"id": comment.id, "body": "/rat undo", "user": {"login": "alice", "type": "User"}}
    edited = desk.say("/rat help")
    event = desk.event(edited)
    edited.edit("/rat undo")
    elsewhere = desk.github.repository().create_issue("Another", body="x").create_comment("/rat help")
    desk.github.proxy.forget()
    assert "edited" in desk.obey(comment, event=desk.event(comment, comment=lie))["reason"]
    assert "edited" in desk.obey(edited, event=event)["reason"]
    assert "another ticket" in desk.obey(elsewhere)["reason"]
    assert desk.writes() == []


def test_a_closed_ticket_is_left_alone(desk: Desk) -> None:
    comment = desk.say("/rat help")
    desk.github.repository().get_issue(desk.issue.number).edit(state="closed")
    desk.github.proxy.forget()
    assert desk.obey(comment)["reason"] == "the ticket is closed"
    assert desk.writes() == []


def test_deciding_writes_nothing_and_a_dry_run_shows_each_call(desk: Desk) -> None:
    comment = desk.say("/rat help")
    desk.github.proxy.forget()
    assert desk.obey(comment, "--stage", "decide")["name"] == "help"
    calls = [json.loads(line)["operation"] for line in desk.obey(comment, "--dry-run")["said"]]
    assert sorted(calls) == ["create_comment", "react", "react"]
    assert desk.writes() == []


def test_the_jobs_of_a_workflow_do_one_step_each(desk: Desk, tmp_path: Path) -> None:
    comment = desk.say("/rat refine")
    desk.obey(comment, "--stage", "acknowledge")
    assert desk.people.reactions(comment.id) == ["eyes"]
    missing = desk.obey(comment, "--stage", "finish")
    assert "could not refine" in missing["message"]
    assert desk.people.reactions(comment.id) == ["eyes", "confused"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/permission"), ("GET", r"/comments/\d+$"), ("GET", r"/reactions"), ("GET", r"/issues/\d+$")],
)
def test_where_anything_cannot_be_read_nothing_is_done(desk: Desk, method: str, path: str) -> None:
    comment = desk.say("/rat undo")
    desk.github.proxy.forget()
    refusal = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')
    desk.github.proxy.spoil(method, path, refusal, times=1000)
    assert desk.obey(comment, code=3)["done"] is False
    assert desk.writes() == []


def test_a_lost_answer_to_a_reaction_costs_a_look_and_not_a_second_one(desk: Desk) -> None:
    comment = desk.say("/rat help")
    desk.github.proxy.spoil("POST", "/reactions", LOST_REPLY)
    assert desk.obey(comment)["done"]
    assert desk.people.reactions(comment.id) == ["eyes", "+1"]
    assert len(desk.github.proxy.sent("POST", "/reactions")) == 2


def test_a_token_that_may_only_read_fails_and_says_which_right_it_lacks(desk: Desk) -> None:
    comment = desk.say("/rat help")
    refusal = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')
    desk.github.proxy.spoil("POST", "/reactions", refusal, times=1000)
    desk.obey(comment, code=3)
    assert desk.own() == []


def test_apply_puts_the_proposal_into_the_ticket_and_undo_takes_it_out_without_a_journal(desk: Desk) -> None:
    (desk.shop / ".github").mkdir()
    (desk.shop / ".github/rat.yml").write_text("projects:\n  - name: shop\n    write: region\n")
    with serving(by_agent(REPLIES)) as model:
        drafted = desk.obey(desk.say("/rat refine"), model=model.url)
    assert drafted["done"], drafted
    applied = desk.obey(desk.say("/rat apply"))
    assert applied["done"], applied
    (text,) = [desk.github.repository().get_issue(desk.issue.number).body]
    assert BODY in text
    assert "leaves the basket with one code" in text

    again = desk.obey(desk.say("/rat apply nonsense"))
    assert not again["done"]
    assert "nonsense" in again["message"]

    shutil.rmtree(desk.shop.parent / "state")  # as in another job: no journal
    undone = desk.obey(desk.say("/rat undo"))
    assert undone["done"], undone
    assert desk.github.repository().get_issue(desk.issue.number).body == BODY
