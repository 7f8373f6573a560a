"""Jira Cloud and Jira Data Center, over the jira SDK: issues as tickets, and their comments."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jira as sdk

from rat.errors import ConfigError, TrackerError
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Draft, TicketQuery
from rat.trackers import jira_replies as replies
from rat.trackers import jira_site
from rat.trackers.calls import Answer, Call, Calls, Reply, Service
from rat.trackers.jira_editor import JiraEditor
from rat.trackers.jira_forms import CloudForm, DataCenterForm, Form
from rat.trackers.jira_refusals import refusal, wait
from rat.trackers.jira_site import Site
from rat.trackers.patience import Patience
from rat.trackers.refs import shown
from rat.trackers.transport import BoundedAdapter

GATEWAY = "api.atlassian.com"
"""Where scoped tokens and service accounts are used, below `/ex/jira/{cloudId}`."""

_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)


def connect(
    *,
    url: str,
    email: str,
    token: str,
    patience: Patience | None = None,
    adapter: Callable[[], BoundedAdapter] = BoundedAdapter,
) -> "JiraTracker":
    """The Jira at *url*: Cloud or Data Center, as its `serverInfo` says, which is asked for here.

    With an *email* the token is an API token (basic authentication), without one a personal access token. *url* may be
    the gateway of scoped tokens, `https://api.atlassian.com/ex/jira/{cloudId}`. Raises ConfigError, TrackerError.
    """
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ConfigError(f"JIRA_URL is {shown(url)}, which is no address. Try https://your-site.atlassian.net.")
    client = sdk.JIRA(
        server=url.rstrip("/"),
        basic_auth=(email, token) if email else None,
        token_auth=None if email else token,
        get_server_info=False,
        max_retries=0,  # the SDK sends a POST up to 4 times (docs/adr/0011-trackers.md)
    )
    client._session.mount(f"{address.scheme}://", adapter())
    host = address.netloc.rpartition("@")[2]  # an address may hold a password
    service = Service(name="Jira", host=host, send=_sender(client), wait=wait, refusal=refusal)
    calls = Calls(service=service, patience=patience or Patience())
    call = Call(what=f"the server information of {host}", path="/rest/api/2/serverInfo")
    reply = calls.read(call)
    is_cloud: bool = calls.shaped(lambda data: data.get("deploymentType") == "Cloud", reply, call)
    if is_cloud and not email:
        raise ConfigError(f"{host} is a Jira Cloud, which needs JIRA_EMAIL beside JIRA_TOKEN. Set it.")
    browse = str(reply.data.get("baseUrl") or url) if address.hostname == GATEWAY else url
    form: Form = CloudForm() if is_cloud else DataCenterForm()
    return JiraTracker(site=Site(calls=calls, form=form, browse=browse.rstrip("/")))


class JiraTracker(JiraEditor):
    """Fulfils `rat.ports.Tracker` for both kinds of Jira, and as an editor what a person approves."""

    kind = TrackerKind.JIRA

    def __init__(self, *, site: Site) -> None:
        super().__init__(site=site)
        self.dialect = site.form.dialect
        self._identity = ""

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        """The issue, with all of its comments unless told otherwise."""
        call = Call(what=ref.key, path=self._site.issue(ref), params={"fields": replies.FIELDS})
        reply = self._site.calls.read(call)
        key = self._site.calls.shaped(lambda data: data["key"], reply, call)
        if key != ref.key:
            raise TrackerError(f"{ref.key} has moved and is now {key}. Name the ticket by its new key.")
        found = self.comments(ref) if comments else ()
        return self._ticket(reply, call, found)

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        """The issues that the JQL of *query* finds, in its own order, else least recently updated first."""
        jql = query.jql or _labelled(query)
        ordered = jql if _ORDERED.search(jql) else f"{jql} ORDER BY updated ASC"
        params = {"jql": ordered, "fields": replies.FIELDS}
        tickets: list[Ticket] = []
        for _ in range(jira_site.PAGE_LIMIT):
            size = min(jira_site.PAGE_SIZE, query.limit - len(tickets))
            call = self._search({**params, "maxResults": str(size)}, len(tickets))
            reply = self._site.calls.read(call)
            found = self._site.calls.shaped(
                lambda data: [self._decoded(issue) for issue in data["issues"]], reply, call
            )
            tickets += found
            following = reply.data.get("nextPageToken")
            more = following if self._site.is_cloud else len(tickets) < int(reply.data.get("total", 0))
            if not found or not more or len(tickets) >= query.limit:
                return tuple(tickets[: query.limit])
            if self._site.is_cloud:
                params["nextPageToken"] = str(following)
        raise TrackerError(f"The search {shown(jql)} goes on after {jira_site.PAGE_LIMIT} pages. Narrow it.")

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """Every comment over all pages, oldest first. One page that fails fails the whole."""
        params = {"orderBy": "created", "expand": "properties"}
        what, path = f"the comments of {ref.key}", f"{self._site.issue(ref)}/comment"
        return tuple(
            self._site.listed(what, path, "comments", params=params, decode=lambda one: self._comment(one, ref))
        )

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment, as stored now."""
        path = self._site.comment(ref, comment_id)
        call = Call(what=f"comment {comment_id} of {ref.key}", path=path, params={"expand": "properties"})
        return self._site.read(call, lambda data: self._comment(data, ref))

    def identity(self) -> str:
        """The account id (Cloud) or user name (Data Center) that this token writes under; asked for once."""
        with self._lock:
            if not self._identity:
                call = Call(what="the account of this token", path=f"{self._site.api}/myself")
                reply = self._site.calls.read(call)
                self._identity = self._site.calls.shaped(
                    lambda data: replies.account(data) or data["name"], reply, call
                )
            return self._identity

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        """WRITE. A new comment, sent once; internal where Jira Service Management has customers read along."""
        path = f"{self._site.issue(ref)}/comment"
        call = Call(what=ref.key, method="POST", path=path, body=self._site.form.payload(draft))
        return self._site.write(call, lambda data: self._comment(data, ref))

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        """WRITE. Replace the text of one comment, sent once."""
        path, what = self._site.comment(ref, comment_id), f"comment {comment_id} of {ref.key}"
        call = Call(what=what, method="PUT", path=path, body=self._site.form.payload(draft))
        return self._site.write(call, lambda data: self._comment(data, ref))

    def _search(self, params: dict[str, str], start: int) -> Call:
        """Cloud took the old search away (410) and pages by token: CHANGE-2046 in its changelog."""
        path = f"{self._site.api}/search/jql" if self._site.is_cloud else f"{self._site.api}/search"
        more = {} if self._site.is_cloud else {"startAt": str(start)}
        return Call(what=f"the search {shown(params['jql'])}", path=path, params={**params, **more})

    def _decoded(self, data: Any) -> Ticket:
        return replies.ticket(data, form=self._site.form, browse=self._site.browse)

    def _ticket(self, reply: Reply, call: Call, comments: tuple[Comment, ...]) -> Ticket:
        ticket: Ticket = self._site.calls.shaped(
            lambda data: replies.ticket(data, form=self._site.form, browse=self._site.browse, comments=comments),
            reply,
            call,
        )
        return ticket

    def _comment(self, data: Any, ref: TicketRef) -> Comment:
        return replies.comment(data, form=self._site.form, ticket_url=f"{self._site.browse}/browse/{ref.key}")


def _labelled(query: TicketQuery) -> str:
    if not query.label:
        raise ConfigError("Tickets of Jira are found by JQL or by label, and neither is given. Give `--jql`.")
    label = query.label.replace("\\", "\\\\").replace('"', '\\"')
    return f'labels = "{label}"' + (" AND statusCategory != Done" if query.state == "open" else "")


def _sender(client: sdk.JIRA) -> Callable[[Call], Answer]:
    """What sends one call through the SDK's session: its authentication, its headers, one try."""
    session, server = client._session, str(client.server_url)

    def send(call: Call) -> Answer:
        data = None if call.body is None else json.dumps(call.body)
        try:
            response = session.request(call.method, f"{server}{call.path}", params=dict(call.params), data=data)
        except sdk.JIRAError as error:
            if error.response is None:
                raise
            response = error.response
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status_code, headers=headers, text=response.text)

    return send
