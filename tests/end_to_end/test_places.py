"""The callers for other places: several repositories, Enterprise Server, no internet, Azure, Jira by schedule."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.runner import ROOT, Actions, consumer_with, example
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.jira_cloud import JiraCloudStandIn

pytestmark = pytest.mark.timeout(300)

EVENTS = Path(__file__).parents[1] / "action" / "events"
LABEL = "needs-refinement"


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def test_several_repositories_are_served_from_one_each_with_its_own_code_and_rules(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    other = github_stand_in.client().get_repo("alice/other")
    own = github_stand_in.repository().create_issue("Login locks the wrong account", labels=[LABEL])
    foreign = other.create_issue("The basket loses its items", body="`basket.py` forgets.", labels=[LABEL])
    consumer_with(actions.home / "checkouts" / "alice" / "other", {"basket.py": "def items(): ...\n"})
    text = example("several-repositories.yml").replace("acme/shop, acme/payments", "alice/demo, alice/other")
    run = actions.run(
        "schedule",
        payload("schedule"),
        actions.add_workflow("several.yml", text),
        vars={"RAT_MODEL": "none"},
        secrets={"RAT_READ_TOKEN": "ghs_actions", "RAT_WRITE_TOKEN": "ghs_actions"},
    )
    assert run.code == 0, run.log
    (said,) = foreign.get_comments()
    assert "basket.py" in said.body
    assert "src/login.py" not in said.body
    (said,) = own.get_comments()
    assert "src/login.py" in said.body


@pytest.mark.parametrize(
    ("name", "prefix"), [("enterprise-server.yml", "/api/v3"), ("air-gapped.yml", "")], ids=["server", "air-gapped"]
)
def test_one_step_needs_nothing_but_the_api(
    actions: Actions, github_stand_in: GitHubStandIn, name: str, prefix: str
) -> None:
    """Enterprise Server has its API below a path; neither has artifacts or the internet."""
    issue = github_stand_in.repository().create_issue("Login locks the wrong account", labels=[LABEL])
    github_stand_in.proxy.forget()
    github_stand_in.proxy.prefix = prefix
    try:
        there = replace(actions, api=actions.api + prefix)
        workflow = actions.add_workflow(name, example(name))
        run = there.run("schedule", payload("schedule"), workflow, vars={"RAT_MODEL": "none"})
    finally:
        github_stand_in.proxy.prefix = ""
    assert run.code == 0, run.log
    assert issue.get_comments().totalCount == 1
    paths = [one.path for one in github_stand_in.proxy.requests if one.path.startswith(prefix + "/repos/")]
    assert any("/comments" in path for path in paths)
    assert list((actions.home / "artifacts").iterdir()) == []


def test_jira_is_swept_by_schedule(
    actions: Actions, github_stand_in: GitHubStandIn, jira_cloud_stand_in: JiraCloudStandIn
) -> None:
    jira = jira_cloud_stand_in
    text = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}]}
    keys = [
        jira.create("Login locks the wrong account", description=text, labels=labels) for labels in ([LABEL], ["other"])
    ]
    run = actions.run(
        "schedule",
        payload("schedule"),
        actions.add_workflow("jira.yml", example("jira.yml").replace("= PAY", f"= {keys[0].partition('-')[0]}")),
        vars={"JIRA_URL": jira.url, "JIRA_EMAIL": jira.email, "RAT_MODEL": "none"},
        secrets={"JIRA_TOKEN": jira.token},
    )
    assert run.code == 0, run.log
    assert [len(jira.request("GET", f"issue/{key}/comment")["comments"]) for key in keys] == [1, 0]


def test_azure_is_the_label_sweep_with_the_address_and_names_of_azure() -> None:
    """Its address, made of the resource's name, lies in Azure: no stand-in can be there, so its text is compared."""
    azure, sweep = (
        _without_comments((ROOT / "examples" / name).read_text()) for name in ("azure.yml", "label-sweep.yml")
    )
    changed = set(azure) - set(sweep)
    assert changed == {
        "name: Refine labelled issues with Azure",
        '    - cron: "29 3 * * *"',
        "      model: ${{ vars.AZURE_DEPLOYMENT }}",
        "      base-url: https://${{ vars.AZURE_RESOURCE }}.openai.azure.com/openai/v1/",
        "      api-key: ${{ secrets.AZURE_OPENAI_API_KEY }}",
    }
    assert len(set(sweep) - set(azure)) == len(changed)


def _without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]
