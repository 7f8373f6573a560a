"""Jira Cloud (our strict fake) and Data Center (jira820) through the jira SDK: what is particular to them."""

import json
from collections.abc import Callable

import pytest

from rat.errors import AccessRefused, ConfigError, TicketNotFound, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Dialect, Draft, TicketQuery
from rat.trackers import jira, jira_site
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import Fault, Proxy

from .conftest import adf

Connect = Callable[..., JiraTracker]
MARKER = "<!-- rat:1 ticket=PAY-1 purpose=refinement input=ab content=cd -->"


def ref(key: str) -> TicketRef:
    return TicketRef(tracker=TrackerKind.JIRA, key=key)


def test_the_server_says_which_jira_it_is(
    jira_cloud_stand_in: JiraCloudStandIn, jira_dc_stand_in: JiraStandIn, connect_jira: Connect
) -> None:
    assert connect_jira(jira_cloud_stand_in).dialect is Dialect.ADF
    assert connect_jira(jira_dc_stand_in).dialect is Dialect.WIKI
    assert jira_dc_stand_in.proxy.requests[-1].headers["authorization"] == "Bearer pat"
    assert jira_cloud_stand_in.proxy.requests[-1].headers["authorization"].startswith("Basic ")


def test_a_cloud_needs_an_email(jira_cloud_stand_in: JiraCloudStandIn) -> None:
    with pytest.raises(ConfigError, match="is a Jira Cloud, which needs JIRA_EMAIL"):
        jira.connect(url=jira_cloud_stand_in.url, email="", token="cloud-token")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="JIRA_URL is 'example', which is no address"):
        jira.connect(url="example", email="", token="t")


def test_a_scoped_token_works_through_the_gateway(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    key = jira_cloud_stand_in.create("Crash")
    tracker = connect_jira(jira_cloud_stand_in, url=jira_cloud_stand_in.gateway + "/")
    created = tracker.create_comment(ref(key), Draft(text=json.dumps(adf("hello")), marker=MARKER))
    assert (
        tracker.update_comment(ref(key), created.id, Draft(text=json.dumps(adf("again")), marker=MARKER)).body
        == "again"
    )
    assert all("/ex/jira/" in request.path for request in jira_cloud_stand_in.proxy.sent() if "comment" in request.path)


def test_adf_is_read_as_markdown(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    text = [{"type": "text", "text": "fails", "marks": [{"type": "strong"}]}]
    items = [{"type": "listItem", "content": [{"type": "paragraph", "content": text}]}]
    code = {"type": "codeBlock", "attrs": {"language": "python"}, "content": [{"type": "text", "text": "x = 1"}]}
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Steps"}]}
    document = {"type": "doc", "version": 1, "content": [heading, {"type": "bulletList", "content": items}, code]}
    key = jira_cloud_stand_in.create("Crash", description=document)
    assert connect_jira(jira_cloud_stand_in).fetch(ref(key)).body == "## Steps\n\n- **fails**\n\n```python\nx = 1\n```"


def test_wiki_text_is_read_as_markdown(jira_dc_stand_in: JiraStandIn, connect_jira: Connect) -> None:
    key = jira_dc_stand_in.create("Crash", description="h2. Steps\n* *fails*\n{code:python}\nx = 1\n{code}")
    body = connect_jira(jira_dc_stand_in).fetch(ref(key)).body
    assert body == "## Steps\n- **fails**\n\n```python\nx = 1\n```"


def test_the_marker_of_cloud_is_a_property_beside_the_text(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    key = jira_cloud_stand_in.create("Crash")
    tracker = connect_jira(jira_cloud_stand_in)
    created = tracker.create_comment(ref(key), Draft(text=json.dumps(adf("hello")), marker=MARKER))
    (stored,) = jira_cloud_stand_in.store.issues[key]["comments"]
    assert stored["properties"]["rat.marker"] == {"marker": MARKER}
    assert stored["body"] == adf("hello")
    assert tracker.comment(ref(key), created.id).marker == MARKER


def test_the_marker_of_data_center_is_an_anchor_that_nobody_sees(
    jira_dc_stand_in: JiraStandIn, connect_jira: Connect
) -> None:
    key = jira_dc_stand_in.create("Crash")
    tracker = connect_jira(jira_dc_stand_in)
    created = tracker.create_comment(ref(key), Draft(text="hello", marker=MARKER))
    stored = jira_dc_stand_in.request("GET", f"issue/{key}/comment/{created.id}")["body"]
    assert stored.startswith("hello\n{anchor:rat-")
    assert (created.raw, created.body, created.marker) == ("hello", "hello", MARKER)


@pytest.mark.parametrize("kind", ["jira_cloud", "jira_dc"])
def test_comments_stay_hidden_from_customers_of_a_service_desk(
    request: pytest.FixtureRequest, connect_jira: Connect, kind: str
) -> None:
    stand_in: JiraStandIn = request.getfixturevalue(f"{kind}_stand_in")
    key = stand_in.create("Crash")
    text = json.dumps(adf("hello")) if kind == "jira_cloud" else "hello"
    connect_jira(stand_in).create_comment(ref(key), Draft(text=text, marker=MARKER))
    body = json.loads(stand_in.proxy.sent("POST", "/comment")[-1].body)
    assert {"key": "sd.public.comment", "value": {"internal": True}} in body["properties"]


def test_a_done_issue_is_closed(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    key = jira_cloud_stand_in.create("Crash", labels=["a"])
    jira_cloud_stand_in.close(key)
    tracker = connect_jira(jira_cloud_stand_in)
    assert tracker.fetch(ref(key)).state == "closed"
    assert tracker.find(TicketQuery(label="a")) == ()
    assert [found.key for found in tracker.find(TicketQuery(label="a", state="all"))] == [key]


def test_links_come_in_jiras_own_words(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    key = jira_cloud_stand_in.create("Crash", parent={"key": "PAY-9", "fields": {"summary": "Epic"}})
    kind = {"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    jira_cloud_stand_in.store.issues[key]["fields"]["issuelinks"] = [
        {"type": kind, "inwardIssue": {"key": "PAY-7", "fields": {"summary": "First"}}},
        {"type": kind, "outwardIssue": {"key": "PAY-8"}},
    ]
    ticket = connect_jira(jira_cloud_stand_in).fetch(ref(key))
    assert [(link.relation, link.key, link.title) for link in ticket.links] == [
        ("parent", "PAY-9", "Epic"),
        ("is blocked by", "PAY-7", "First"),
        ("blocks", "PAY-8", ""),
    ]
    assert ticket.declared_type == "Bug"
    assert ticket.url == f"{jira_cloud_stand_in.url}/browse/{key}"


def test_an_issue_that_was_moved_is_not_taken_for_the_old_one(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    key = jira_cloud_stand_in.create("Crash")
    jira_cloud_stand_in.store.moved["OLD-1"] = key
    with pytest.raises(TrackerError, match=f"OLD-1 has moved and is now {key}"):
        connect_jira(jira_cloud_stand_in).fetch(ref("OLD-1"))


@pytest.mark.parametrize("kind", ["jira_cloud", "jira_dc"])
def test_every_page_of_a_search_and_of_comments_is_read(
    request: pytest.FixtureRequest, connect_jira: Connect, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    stand_in: JiraStandIn = request.getfixturevalue(f"{kind}_stand_in")
    keys = {stand_in.create(f"Ticket {number}", labels=["a"]) for number in range(5)}
    text = adf("hello") if kind == "jira_cloud" else "hello"
    for _ in range(5):
        stand_in.request("POST", f"issue/{stand_in.project}-1/comment", {"body": text})
    monkeypatch.setattr(jira_site, "PAGE_SIZE", 2)
    tracker = connect_jira(stand_in)
    assert {ticket.key for ticket in tracker.find(TicketQuery(label="a"))} == keys
    assert len(tracker.find(TicketQuery(label="a", limit=3))) == 3
    assert len(tracker.comments(ref(f"{stand_in.project}-1"))) == 5
    assert len(stand_in.proxy.sent("GET", "/comment")) == 3


@pytest.mark.parametrize("kind", ["jira_cloud", "jira_dc"])
def test_comments_of_which_a_page_is_empty_are_not_taken_for_all(
    request: pytest.FixtureRequest, connect_jira: Connect, kind: str
) -> None:
    stand_in: JiraStandIn = request.getfixturevalue(f"{kind}_stand_in")
    key = stand_in.create("Crash")
    stand_in.proxy.spoil("GET", "/comment", Fault(status=200, body=b'{"comments": [], "total": 3}'))
    with pytest.raises(TrackerError, match="could not all be read: 0 came"):
        connect_jira(stand_in).comments(ref(key))


def test_jql_that_cannot_be_read_is_quoted_with_jiras_words(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    with pytest.raises(TrackerError, match=r"the search 'projct = PAY ORDER BY updated ASC' \(400 Field 'projct'"):
        connect_jira(jira_cloud_stand_in).find(TicketQuery(jql="projct = PAY"))


def test_an_order_that_was_asked_for_is_kept(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    keys = [jira_cloud_stand_in.create(f"Ticket {number}") for number in range(3)]
    found = connect_jira(jira_cloud_stand_in).find(TicketQuery(jql="project = PAY order by created DESC"))
    assert [ticket.key for ticket in found] == keys[::-1]


def test_a_label_cannot_break_out_of_its_query(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    jira_cloud_stand_in.create("Crash", labels=["a"])
    assert connect_jira(jira_cloud_stand_in).find(TicketQuery(label='x" OR labels = "a', state="all")) == ()


def test_a_search_for_nothing_is_refused(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    with pytest.raises(ConfigError, match="neither is given"):
        connect_jira(jira_cloud_stand_in).find(TicketQuery())


def test_a_wrong_token_is_named(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    key = jira_cloud_stand_in.create("Crash")
    with pytest.raises(AccessRefused, match=rf"the token for {key} \(401 .*Check JIRA_TOKEN, and JIRA_EMAIL"):
        connect_jira(jira_cloud_stand_in, token="wrong").fetch(ref(key))


def test_a_404_to_a_failed_login_is_about_the_token(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    failed = Fault(status=404, headers={"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"})
    jira_cloud_stand_in.proxy.spoil("GET", "/issue/", failed)
    with pytest.raises(AccessRefused, match="Check JIRA_TOKEN"):
        connect_jira(jira_cloud_stand_in).fetch(ref("PAY-1"))


def test_a_captcha_on_data_center_is_named(jira_dc_stand_in: JiraStandIn, connect_jira: Connect) -> None:
    captcha = Fault(status=403, headers={"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=x"})
    jira_dc_stand_in.proxy.spoil("GET", "/issue/", captcha)
    with pytest.raises(AccessRefused, match=r"CAPTCHA_CHALLENGE.*Log in once in a browser"):
        connect_jira(jira_dc_stand_in).fetch(ref("PROJ-1"))


def test_a_key_that_is_none_never_reaches_jira(jira_dc_stand_in: JiraStandIn, connect_jira: Connect) -> None:
    tracker = connect_jira(jira_dc_stand_in)
    jira_dc_stand_in.proxy.forget()
    with pytest.raises(ConfigError, match="is not a key of Jira"):
        tracker.fetch(ref("../myself"))
    with pytest.raises(TrackerError, match="is not the number of a comment"):
        tracker.comment(ref("PROJ-1"), "1/../../myself")
    assert jira_dc_stand_in.proxy.requests == []


def test_something_else_at_the_address_is_no_jira(proxy: Proxy, connect_jira: Connect) -> None:
    stand_in = JiraStandIn(proxy=proxy, email="", token="t", project="X", api="2")
    proxy.spoil(
        "GET", "/", Fault(status=200, headers={"Content-Type": "text/html"}, body=b"<html>Shop</html>"), times=9
    )
    with pytest.raises(TrackerError, match=r"gave no usable answer for the server information.*<html>Shop</html>"):
        connect_jira(stand_in)
    proxy.forget()
    proxy.spoil("GET", "/", Fault(status=302, headers={"Location": "https://sso.test/login"}))
    with pytest.raises(TrackerError, match="RAT follows no redirects"):
        connect_jira(stand_in)
    proxy.forget()
    proxy.spoil("GET", "/", Fault(status=404))
    with pytest.raises(TicketNotFound, match="JIRA_URL"):
        connect_jira(stand_in)
