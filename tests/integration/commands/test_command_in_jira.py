"""`rat command` for a comment in Jira Cloud, told of by an automation rule: `repository_dispatch`."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from rat.cli import rat
from tests.stand_ins.jira_cloud import EMAIL, OTHER_EMAIL, OTHER_TOKEN, TOKEN, JiraCloudStandIn

WRITER, STRANGER = (EMAIL, TOKEN), (OTHER_EMAIL, OTHER_TOKEN)


def adf(text: str) -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}


def say(jira: JiraCloudStandIn, key: str, text: str, *, account: tuple[str, str] = WRITER) -> str:
    made: Any = jira.request("POST", f"issue/{key}/comment", {"body": adf(text)}, account=account)
    return str(made["id"])


def obey(jira: JiraCloudStandIn, shop: Path, key: str, comment_id: str, *options: str) -> dict[str, Any]:
    file = shop.parent / "event.json"
    payload = {"action": "rat-command", "client_payload": {"ticket": key, "comment_id": comment_id}}
    file.write_text(json.dumps(payload), encoding="utf-8")
    variables = {
        "JIRA_URL": jira.url,
        "JIRA_EMAIL": EMAIL,
        "JIRA_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "alice/demo",
        "RAT_MODEL": "none",
        "XDG_STATE_HOME": str(shop.parent / "state"),
    }
    words = ["command", "--event", str(file), *options, "--repo", str(shop)]
    done = CliRunner().invoke(rat, words, env=variables, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    record: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return record


def comments(jira: JiraCloudStandIn, key: str) -> list[str]:
    found: Any = jira.request("GET", f"issue/{key}/comment")
    return [json.dumps(comment["body"]) for comment in found["comments"]]


def test_a_command_in_jira_is_carried_out_once(jira_cloud_stand_in: JiraCloudStandIn, shop: Path) -> None:
    jira = jira_cloud_stand_in
    key = jira.create("Voucher counts twice", description=adf("add_voucher takes the same code twice."))
    command = say(jira, key, "/rat refine look at add_voucher")
    record = obey(jira, shop, key, command)
    assert (record["name"], record["ticket"], record["done"]) == ("refine", key, True), record
    assert len(comments(jira, key)) == 2
    assert obey(jira, shop, key, command)["reason"] == "this command was carried out before"

    rejected = obey(jira, shop, key, say(jira, key, "/rat reject too vague"))
    assert rejected["done"], rejected
    assert any("rejected what RAT proposed: too vague" in body for body in comments(jira, key))
    assert "Did you mean" in obey(jira, shop, key, say(jira, key, "/rat hlep"))["message"]


def test_who_may_not_edit_the_ticket_gets_nothing(jira_cloud_stand_in: JiraCloudStandIn, shop: Path) -> None:
    jira = jira_cloud_stand_in
    key = jira.create("Voucher counts twice", description=adf("x"))
    command = say(jira, key, "/rat refine", account=STRANGER)
    jira.proxy.forget()
    assert "may not write there" in obey(jira, shop, key, command)["reason"]
    assert [one.path for one in jira.proxy.requests if one.method != "GET"] == []


def test_an_edited_comment_is_no_command(jira_cloud_stand_in: JiraCloudStandIn, shop: Path) -> None:
    jira = jira_cloud_stand_in
    key = jira.create("Voucher counts twice", description=adf("x"))
    command = say(jira, key, "words")
    jira.request("PUT", f"issue/{key}/comment/{command}", {"body": adf("/rat undo")})
    assert "edited" in obey(jira, shop, key, command)["reason"]
