"""Jira Cloud and Jira Data Center, over the jira SDK: issues as tickets, and their comments."""

import json
import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jira as sdk

from rat.errors import ConfigError, TrackerError
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Draft, TicketQuery
from rat.trackers import jira_replies as replies
from rat.trackers.calls import Answer, Call, Calls, Reply, Service
from rat.trackers.jira_forms import CloudForm, DataCenterForm, Form
from rat.trackers.jira_refusals import refusal, wait
from rat.trackers.patience import Patience
from rat.trackers.refs import shown
from rat.trackers.transport import BoundedAdapter

PAGE_SIZE = 100
PAGE_LIMIT = 100
"""Pages of one list at most; Jira Cloud keeps 5,000 comments an issue."""

GATEWAY = "api.atlassian.com"
"""Where scoped tokens and service accounts are used, below `/ex/jira/{cloudId}`."""

_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,18}")
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
    service = Service(name="Jira", host=address.netloc, send=_sender(client), wait=wait, refusal=refusal)
    calls = Calls(service=service, patience=patience or Patience())
    call = Call(what=f"the server information of {address.netloc}", path="/rest/api/2/serverInfo")
    reply = calls.read(call)
    is_cloud: bool = calls.shaped(lambda data: data.get("deploymentType") == "Cloud", reply, call)
    if is_cloud and not email:
        raise ConfigError(f"{address.netloc} is a Jira Cloud, which needs JIRA_EMAIL beside JIRA_TOKEN. Set it.")
    browse = str(reply.data.get("baseUrl") or url) if address.hostname == GATEWAY else url
    form: Form = CloudForm() if is_cloud else DataCenterForm()
    return JiraTracker(calls=calls, form=form, browse=browse.rstrip("/"))


class JiraTracker:
    """Fulfils `rat.ports.Tracker` for both kinds of Jira; *form* is what differs."""

    kind = TrackerKind.JIRA

    def __init__(self, *, calls: Calls, form: Form, browse: str) -> None:
        self.dialect = form.dialect
        self._calls = calls
        self._form = form
        self._browse = browse
        self._identity = ""
        self._lock = threading.Lock()

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        """The issue, with all of its comments unless told otherwise."""
        call = Call(what=ref.key, path=self._issue(ref), params={"fields": replies.FIELDS})
        reply = self._calls.read(call)
        key = self._calls.shaped(lambda data: data["key"], reply, call)
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
        for _ in range(PAGE_LIMIT):
            size = min(PAGE_SIZE, query.limit - len(tickets))
            call = self._search({**params, "maxResults": str(size)}, len(tickets))
            reply = self._calls.read(call)
            found = self._calls.shaped(lambda data: [self._decoded(issue) for issue in data["issues"]], reply, call)
            tickets += found
            following = reply.data.get("nextPageToken")
            more = following if self._is_cloud else len(tickets) < int(reply.data.get("total", 0))
            if not found or not more or len(tickets) >= query.limit:
                return tuple(tickets[: query.limit])
            if self._is_cloud:
                params["nextPageToken"] = str(following)
        raise TrackerError(f"The search {shown(jql)} goes on after {PAGE_LIMIT} pages. Narrow it.")

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """Every comment over all pages, oldest first. One page that fails fails the whole."""
        comments: list[Comment] = []
        for _ in range(PAGE_LIMIT):
            page = {"startAt": str(len(comments)), "maxResults": str(PAGE_SIZE)}
            params = {**page, "orderBy": "created", "expand": "properties"}
            call = Call(what=f"the comments of {ref.key}", path=f"{self._issue(ref)}/comment", params=params)
            reply = self._calls.read(call)
            found = self._calls.shaped(lambda data: [self._comment(one, ref) for one in data["comments"]], reply, call)
            comments += found
            if len(comments) >= self._calls.shaped(lambda data: int(data["total"]), reply, call):
                return tuple(comments)
            if not found:
                break
        raise TrackerError(f"The comments of {ref.key} could not all be read: {len(comments)} came. Try again later.")

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment, as stored now."""
        path = self._comment_path(ref, comment_id)
        call = Call(what=f"comment {comment_id} of {ref.key}", path=path, params={"expand": "properties"})
        return self._decode_comment(self._calls.read(call), call, ref)

    def identity(self) -> str:
        """The account id (Cloud) or user name (Data Center) that this token writes under; asked for once."""
        with self._lock:
            if not self._identity:
                call = Call(what="the account of this token", path=f"{self._api}/myself")
                reply = self._calls.read(call)
                self._identity = self._calls.shaped(lambda data: replies.account(data) or data["name"], reply, call)
            return self._identity

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        """WRITE. A new comment, sent once; internal where Jira Service Management has customers read along."""
        path = f"{self._issue(ref)}/comment"
        call = Call(what=ref.key, method="POST", path=path, body=self._form.payload(draft))
        return self._decode_comment(self._calls.write(call), call, ref)

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        """WRITE. Replace the text of one comment, sent once."""
        path, what = self._comment_path(ref, comment_id), f"comment {comment_id} of {ref.key}"
        call = Call(what=what, method="PUT", path=path, body=self._form.payload(draft))
        return self._decode_comment(self._calls.write(call), call, ref)

    @property
    def _api(self) -> str:
        return f"/rest/api/{self._form.api_version}"

    @property
    def _is_cloud(self) -> bool:
        return isinstance(self._form, CloudForm)

    def _issue(self, ref: TicketRef) -> str:
        if not _KEY.fullmatch(ref.key):
            raise ConfigError(f"{shown(ref.key)} is not a key of Jira. Give one such as PAY-17.")
        return f"{self._api}/issue/{ref.key}"

    def _comment_path(self, ref: TicketRef, comment_id: str) -> str:
        if not (comment_id.isascii() and comment_id.isdecimal()):
            raise TrackerError(f"{shown(comment_id)} is not the number of a comment of {ref.key}.")
        return f"{self._issue(ref)}/comment/{comment_id}"

    def _search(self, params: dict[str, str], start: int) -> Call:
        """Cloud took the old search away (410) and pages by token: CHANGE-2046 in its changelog."""
        path = f"{self._api}/search/jql" if self._is_cloud else f"{self._api}/search"
        more = {} if self._is_cloud else {"startAt": str(start)}
        return Call(what=f"the search {shown(params['jql'])}", path=path, params={**params, **more})

    def _decoded(self, data: Any) -> Ticket:
        return replies.ticket(data, form=self._form, browse=self._browse)

    def _ticket(self, reply: Reply, call: Call, comments: tuple[Comment, ...]) -> Ticket:
        ticket: Ticket = self._calls.shaped(
            lambda data: replies.ticket(data, form=self._form, browse=self._browse, comments=comments), reply, call
        )
        return ticket

    def _comment(self, data: Any, ref: TicketRef) -> Comment:
        return replies.comment(data, form=self._form, ticket_url=f"{self._browse}/browse/{ref.key}")

    def _decode_comment(self, reply: Reply, call: Call, ref: TicketRef) -> Comment:
        comment: Comment = self._calls.shaped(lambda data: self._comment(data, ref), reply, call)
        return comment


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
