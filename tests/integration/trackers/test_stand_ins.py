"""That the stand-ins are as strict as a test relies on them to be."""

import http.client
import socket
from typing import Any

import pytest
import requests

from tests.stand_ins.jira_cloud import EMAIL, TOKEN, JiraCloudStandIn
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import Fault, Proxy

from .conftest import adf


def ask(jira: JiraCloudStandIn, method: str, path: str, body: object = None, *, token: str = TOKEN) -> Any:
    return requests.request(method, f"{jira.url}/rest/api/3/{path}", json=body, auth=(EMAIL, token), timeout=5)


def test_no_test_reaches_beyond_loopback() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1, beyond loopback"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(pytest.fail.Exception, match=r"github\.com, beyond loopback"):
        requests.get("https://github.com", timeout=1)


def test_jira_cloud_wants_to_know_who_asks(jira_cloud_stand_in: JiraCloudStandIn) -> None:
    assert ask(jira_cloud_stand_in, "GET", "myself", token="wrong").status_code == 401
    assert ask(jira_cloud_stand_in, "GET", "myself").json()["accountId"]
    assert (
        requests.get(f"{jira_cloud_stand_in.url}/rest/api/3/serverInfo", timeout=5).json()["deploymentType"] == "Cloud"
    )


@pytest.mark.parametrize(
    "body",
    [
        "text",
        None,
        {"type": "doc", "content": []},
        {"type": "doc", "version": 1, "content": [{"type": "text", "text": "loose"}]},
        {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]},
        {"type": "doc", "version": 1, "content": [{"type": "heading", "content": []}]},
        {"type": "doc", "version": 1, "content": [{"type": "extension"}]},
    ],
)
def test_jira_cloud_takes_documents_only(jira_cloud_stand_in: JiraCloudStandIn, body: object) -> None:
    key = jira_cloud_stand_in.create("Crash")
    answer = ask(jira_cloud_stand_in, "POST", f"issue/{key}/comment", {"body": body})
    assert answer.status_code == 400
    assert "INVALID_INPUT" in answer.json()["errors"]["comment"]


@pytest.mark.parametrize(
    "jql",
    ["", "ORDER BY updated", "projct = PAY", "project = PAY OR labels = a", "text ~ x", "project = PAY AND", "((("],
)
def test_jira_cloud_refuses_jql_that_it_cannot_read(jira_cloud_stand_in: JiraCloudStandIn, jql: str) -> None:
    answer = requests.get(
        f"{jira_cloud_stand_in.url}/rest/api/3/search/jql", params={"jql": jql}, auth=(EMAIL, TOKEN), timeout=5
    )
    assert answer.status_code == 400


def test_jira_cloud_gives_ids_alone_unless_fields_are_asked_for(jira_cloud_stand_in: JiraCloudStandIn) -> None:
    jira_cloud_stand_in.create("Crash")
    (issue,) = ask(jira_cloud_stand_in, "GET", "search/jql?jql=project=PAY").json()["issues"]
    assert set(issue) == {"id"}
    assert ask(jira_cloud_stand_in, "GET", "search?jql=project=PAY").status_code == 410


def test_jira_cloud_edits_what_its_screen_holds(jira_cloud_stand_in: JiraCloudStandIn) -> None:
    key = jira_cloud_stand_in.create("Crash", labels=["a"])
    update = {"update": {"labels": [{"add": "b"}, {"remove": "a"}]}}
    assert ask(jira_cloud_stand_in, "PUT", f"issue/{key}", update).status_code == 204
    assert jira_cloud_stand_in.store.issues[key]["fields"]["labels"] == ["b"]
    jira_cloud_stand_in.store.screen.remove("labels")
    assert "labels" not in ask(jira_cloud_stand_in, "GET", f"issue/{key}/editmeta").json()["fields"]
    refused = ask(jira_cloud_stand_in, "PUT", f"issue/{key}", {"fields": {"summary": "New"}, **update})
    assert refused.status_code == 400
    assert "not on the appropriate screen" in refused.json()["errors"]["labels"]
    assert jira_cloud_stand_in.store.issues[key]["fields"]["summary"] == "Crash"
    text = ask(jira_cloud_stand_in, "PUT", f"issue/{key}", {"fields": {"description": "text"}})
    assert "Operation value must be an Atlassian Document" in text.json()["errors"]["description"]
    assert ask(jira_cloud_stand_in, "PUT", f"issue/{key}", {"fields": {"description": adf("x")}}).status_code == 204


def test_data_center_takes_text_that_its_renderer_would_loop_on(jira_dc_stand_in: JiraStandIn) -> None:
    key = jira_dc_stand_in.create("Crash", description="{code}x{code}[~a]")
    jira_dc_stand_in.request("POST", f"issue/{key}/comment", {"body": "{code}x{code}[~a]"})
    assert jira_dc_stand_in.request("GET", f"issue/{key}/comment")["total"] == 1


def test_the_proxy_records_and_spoils_what_it_is_told_to(proxy: Proxy) -> None:
    proxy.spoil("GET", "^/a", Fault(status=418, headers={"X-A": "b"}, body=b"tea"), skip=0, times=2)
    for _ in range(2):
        answer = requests.get(f"{proxy.url}/a?x=1", timeout=5)
        assert (answer.status_code, answer.headers["X-A"], answer.text) == (418, "b", "tea")
    assert [(request.method, request.path, request.status) for request in proxy.sent("GET", "x=1")] == [
        ("GET", "/a?x=1", 418)
    ] * 2
    proxy.spoil("*", "/", Fault(drop=True))
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{proxy.url}/b", data=b"x", timeout=5)
    assert proxy.sent("POST")[0].status == 0
    proxy.spoil("*", "/", Fault(status=200, body=b"half", truncate=True))
    connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=5)
    connection.request("GET", "/")
    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()
    connection.close()
