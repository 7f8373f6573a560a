"""GitHub and GitHub Enterprise, over PyGithub: issues as tickets, their comments, and pull requests."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from github import Auth, Github
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass

from rat.errors import AccessRefused, ConfigError, NotATicket, TicketNotFound
from rat.model.pull_request import PullRequest
from rat.model.ticket import Comment, Link, Ticket, TicketRef, TrackerKind
from rat.ports import Dialect, Draft, TicketQuery
from rat.trackers import github_people
from rat.trackers import github_replies as replies
from rat.trackers.calls import Answer, Call, Calls, Service
from rat.trackers.gate import Pace
from rat.trackers.github_editor import GitHubEditor, comment_path
from rat.trackers.github_limits import recent_writes
from rat.trackers.github_pages import PAGE_SIZE, Pages
from rat.trackers.github_refusals import allowance, refusal, wait
from rat.trackers.patience import Patience
from rat.trackers.refs import shown, split_issue
from rat.trackers.transport import BoundedAdapter

API_VERSION = "2022-11-28"

ACTIONS_BOT = "github-actions[bot]"
"""Who a workflow's own token writes as: https://docs.github.com/actions/security-for-github-actions/security-guides/automatic-token-authentication"""

SECONDS_BETWEEN_WRITES = 1.0
"""GitHub asks for it: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests"""

MOST_WRITES = ((60.0, 80), (3600.0, 500))
"""Seconds, and what GitHub lets one account create in them:
https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"""


def connect(
    *,
    token: str,
    api_url: str,
    repository: str,
    seconds_between_writes: float = SECONDS_BETWEEN_WRITES,
    patience: Patience | None = None,
    adapter: Callable[[], BoundedAdapter] = BoundedAdapter,
) -> "GitHubTracker":
    """A GitHub at *api_url* (`https://api.github.com`, `https://HOST/api/v3`), with *repository* as the default.

    Nothing is sent yet. *patience* is what may be waited for rate limits in all. Raises ConfigError.
    """
    address = urlsplit(api_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ConfigError(f"GITHUB_API_URL is {shown(api_url)}, which is no address. Try https://api.github.com.")
    client = Github(
        auth=Auth.Token(token),
        base_url=api_url.rstrip("/"),
        per_page=PAGE_SIZE,
        retry=None,  # PyGithub's own retries send a POST up to 11 times (docs/adr/0011-trackers.md)
        seconds_between_requests=0,
        seconds_between_writes=0,  # the gate keeps them apart
        lazy=True,
        user_agent="rat-refine",
        api_version=API_VERSION,
    )
    host = address.netloc.rpartition("@")[2]  # an address may hold a password
    service = service_of(_sender(client, adapter), host=host, seconds_between_writes=seconds_between_writes)
    calls = Calls(service=service, patience=patience or Patience())
    return GitHubTracker(calls=calls, api_url=api_url, repository=repository, is_installation=token.startswith("ghs_"))


def service_of(
    send: Callable[[Call], Answer], *, host: str, seconds_between_writes: float = SECONDS_BETWEEN_WRITES
) -> Service:
    """GitHub as it is called, whatever *send* sends with."""
    pace = Pace(between=seconds_between_writes, windows=MOST_WRITES)
    return Service(name="GitHub", host=host, send=send, wait=wait, refusal=refusal, allowance=allowance, pace=pace)


class GitHubTracker(GitHubEditor):
    """Fulfils `rat.ports.Tracker`, `PullRequests`, `Commanded`, `Metered`, and as an editor what a person approves."""

    kind = TrackerKind.GITHUB
    dialect = Dialect.MARKDOWN

    def __init__(self, *, calls: Calls, api_url: str, repository: str, is_installation: bool) -> None:
        super().__init__(calls=calls, pages=Pages(calls=calls, api_url=api_url), whoami=self.identity)
        self._repository = repository
        self._identity = ACTIONS_BOT if is_installation else ""
        self._lock = threading.Lock()

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        """The issue, with its comments unless it says that it has none. A pull request is refused."""
        repository, number = split_issue(ref)
        call = Call(what=ref.key, path=f"/repos/{repository}/issues/{number}")
        reply = self._calls.read(call)
        if isinstance(reply.data, dict) and reply.data.get("pull_request"):
            raise NotATicket(
                f"{ref.key} is a pull request, not a ticket. `rat impact {number}` says which tickets it touches."
            )
        has_comments = comments and self._calls.shaped(lambda data: int(data["comments"]), reply, call) > 0
        found = self.comments(ref) if has_comments else ()
        ticket: Ticket = self._calls.shaped(lambda data: replies.ticket(data, ref=ref, comments=found), reply, call)
        if comments and replies.is_blocked(reply.data):
            ticket = replace(ticket, links=(*ticket.links, *self._blockers(ref)))
        return ticket

    def _blockers(self, ref: TicketRef) -> Iterator[Link]:
        """The issues that block *ref*: https://docs.github.com/rest/issues/issue-dependencies."""
        repository, number = split_issue(ref)
        path = f"/repos/{repository}/issues/{number}/dependencies/blocked_by"
        call = Call(what=f"what blocks {ref.key}", path=path, params={"per_page": str(PAGE_SIZE)})
        return self._pages.entries(call, replies.blocker)

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        """The issues with the label of *query* and its state, in its order, pull requests left out."""
        repository = query.repository or self._repository
        if query.jql or "/" not in repository:
            raise ConfigError("Issues of GitHub are found by label in a repository (owner/repo), not by JQL.")
        params = {"state": query.state, "sort": "updated", "per_page": str(PAGE_SIZE)}
        params["direction"] = "desc" if query.newest_first else "asc"
        if query.label:
            params["labels"] = query.label
        call = Call(what=f"the issues of {repository}", path=f"/repos/{repository}/issues", params=params)
        tickets: list[Ticket] = []
        for issue in self._pages.entries(call, replies.listed(repository)):
            if issue is not None:
                tickets.append(issue)
            if len(tickets) >= query.limit:
                break
        return tuple(tickets)

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """Every comment over all pages, oldest first. One page that fails fails the whole."""
        repository, number = split_issue(ref)
        path = f"/repos/{repository}/issues/{number}/comments"
        call = Call(what=f"the comments of {ref.key}", path=path, params={"per_page": str(PAGE_SIZE)})
        return tuple(self._pages.entries(call, replies.comment))

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment, as stored now."""
        call = Call(what=f"comment {comment_id} of {ref.key}", path=comment_path(ref, comment_id))
        comment: Comment = self._calls.shaped(replies.comment, self._calls.read(call), call)
        return comment

    def identity(self) -> str:
        """The login that this token writes under; asked for once."""
        with self._lock:
            self._identity = self._identity or self._fetch_identity()
            return self._identity

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        """WRITE. A new comment, sent once."""
        repository, number = split_issue(ref)
        path = f"/repos/{repository}/issues/{number}/comments"
        return self._write(Call(what=ref.key, method="POST", path=path, body={"body": replies.marked(draft)}))

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        """WRITE. Replace the text of one comment, sent once."""
        path, what = comment_path(ref, comment_id), f"comment {comment_id} of {ref.key}"
        return self._write(Call(what=what, method="PATCH", path=path, body={"body": replies.marked(draft)}))

    def requests_left(self) -> int | None:
        """The requests that this token has left in this hour, as GitHub last said."""
        return self._calls.gate.left

    def recall_writes(self, repositories: Iterable[str]) -> None:
        """Count what this account wrote in *repositories* within the last hour among its writes."""
        for repository in repositories:
            times = recent_writes(self._pages, repository, login=self.identity(), now=self._calls.now())
            self._calls.gate.recall(times)

    def may_write(self, ref: TicketRef, login: str) -> bool:
        """Whether *login* has the permission to write in the repository of *ref*, right now."""
        return github_people.may_write(self._calls, split_issue(ref)[0], login)

    def react(self, ref: TicketRef, comment_id: str, reaction: str) -> None:
        """WRITE. A reaction to one comment; GitHub keeps one of a kind and account, however often it is sent."""
        what = f"the reaction to comment {comment_id} of {ref.key}"
        path = f"{comment_path(ref, comment_id)}/reactions"
        self._calls.write(Call(what=what, method="POST", path=path, body={"content": reaction}))

    def reactions(self, ref: TicketRef, comment_id: str) -> frozenset[str]:
        """The reactions of this token's account to one comment."""
        what = f"the reactions to comment {comment_id} of {ref.key}"
        path = f"{comment_path(ref, comment_id)}/reactions"
        call = Call(what=what, path=path, params={"per_page": str(PAGE_SIZE)})
        found = tuple(self._pages.entries(call, github_people.reaction))
        return frozenset(content for login, content in found if login == self.identity())

    def pull_request(self, number: int, *, repository: str) -> PullRequest:
        """The pull request with its commits' messages (GitHub lists 250 at most) and its changed files (3,000)."""
        path, key = f"/repos/{repository}/pulls/{number}", f"{repository}#{number}"
        call = Call(what=f"pull request {key}", path=path)
        reply = self._calls.read(call)
        params = {"per_page": str(PAGE_SIZE)}
        commits = self._pages.entries(
            Call(what=f"the commits of {key}", path=f"{path}/commits", params=params), replies.message
        )
        files = self._pages.entries(
            Call(what=f"the files of {key}", path=f"{path}/files", params=params), replies.changed_file
        )
        found = self._calls.shaped(lambda data: replies.pull_request(data, key=key), reply, call)
        whole: PullRequest = found(commits=tuple(commits), files=tuple(files))
        return whole

    def file_at(self, path: str, *, repository: str, commit: str) -> bytes | None:
        """The bytes of a file of at most 1 MB at *commit* (empty: the default branch); None where there is none.

        https://docs.github.com/rest/repos/contents#get-repository-content
        """
        if ".." in path.split("/"):  # it would be taken for another address below the API
            return None
        call = Call(
            what=f"{path} of {repository}",
            path=f"/repos/{repository}/contents/{quote(path)}",
            params={"ref": commit} if commit else {},
        )
        try:
            reply = self._calls.read(call)
        except TicketNotFound:
            return None
        content: bytes | None = self._calls.shaped(replies.file_content, reply, call)
        return content

    def _write(self, call: Call) -> Comment:
        comment: Comment = self._calls.shaped(replies.comment, self._calls.write(call), call)
        return comment

    def _fetch_identity(self) -> str:
        call = Call(what="the account of this token", path="/user")
        try:
            reply = self._calls.read(call)
        except AccessRefused as error:
            # An installation's token is no user: 403 "Resource not accessible by integration".
            if "integration" in str(error):
                return ACTIONS_BOT
            raise
        login: str = self._calls.shaped(lambda data: str(data["login"]), reply, call)
        return login


def _sender(client: Github, adapter: Callable[[], BoundedAdapter]) -> Callable[[Call], Answer]:
    """What sends one call through PyGithub (its address, headers, spacing of writes) over a bounded connection.

    PyGithub keeps the request in the connection object between two calls of its own, so each thread has one.
    """
    requester, local = client.requester, threading.local()

    def send(call: Call) -> Answer:
        if not hasattr(local, "connection"):
            local.connection = _connection(requester.base_url, adapter())
        status, headers, text = requester.requestJson(
            call.method,
            call.path,
            parameters=dict(call.params),
            headers={"Accept": "application/vnd.github+json"},
            input=call.body,
            cnx=local.connection,
        )
        return Answer(status=status, headers=headers, text=text)

    return send


def _connection(base_url: str, adapter: BoundedAdapter) -> HTTPRequestsConnectionClass | HTTPSRequestsConnectionClass:
    address = urlsplit(base_url)
    kind = HTTPSRequestsConnectionClass if address.scheme == "https" else HTTPRequestsConnectionClass
    connection = kind(address.hostname or "", address.port, retry=0)
    connection.session.mount(f"{address.scheme}://", adapter)
    return connection
