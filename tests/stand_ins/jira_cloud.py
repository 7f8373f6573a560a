"""Our own strict Jira Cloud: API v3 with authentication, ADF, properties, screens and the search of today.

It is stricter than a test needs: what it does not know, it refuses. tests/integration/trackers/test_contracts.py holds
its answers to Atlassian's OpenAPI description.
"""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.stand_ins import jira_cloud_comments as comments
from tests.stand_ins import jira_cloud_fields as fields
from tests.stand_ins import jira_cloud_issues as issues
from tests.stand_ins import jira_cloud_links as links
from tests.stand_ins import jira_cloud_people as people
from tests.stand_ins.jira_cloud_store import ALICE, DONE, MALLORY, Refused, Request, Store
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import Proxy

EMAIL, TOKEN = "alice@example.com", "cloud-token"
OTHER_EMAIL, OTHER_TOKEN = "mallory@example.com", "other-token"
CLOUD_ID = "11111111-2222-3333-4444-555555555555"
_ACCOUNTS = {(EMAIL, TOKEN): ALICE, (OTHER_EMAIL, OTHER_TOKEN): MALLORY}


def server_info(request: Request) -> tuple[int, Any]:
    """What kind of Jira this is."""
    return 200, {"baseUrl": "https://example.atlassian.net", "version": "1001.0.0", "deploymentType": "Cloud"}


_ISSUE = r"/rest/api/3/issue/([A-Z][A-Z0-9_]*-\d+)"
ROUTES: tuple[tuple[str, str, Callable[..., tuple[int, Any]]], ...] = (
    ("GET", r"/rest/api/[23]/serverInfo", server_info),
    ("GET", r"/rest/api/3/myself", people.myself),
    ("GET", r"/rest/api/3/mypermissions", people.my_permissions),
    ("GET", r"/rest/api/3/user/permission/search", people.permitted_users),
    ("GET", r"/rest/api/3/search/jql", issues.search_jql),
    ("GET", r"/rest/api/[23]/search", issues.gone),
    ("GET", r"/rest/api/3/issue/createmeta/([A-Z][A-Z0-9_]*)/issuetypes", fields.issue_types),
    ("GET", r"/rest/api/3/issue/createmeta/([A-Z][A-Z0-9_]*)/issuetypes/(\d+)", fields.create_fields),
    ("GET", r"/rest/api/3/issueLinkType", links.link_types),
    ("POST", r"/rest/api/3/issueLink", links.link_issues),
    ("DELETE", r"/rest/api/3/issueLink/(\d+)", links.delete_link),
    ("POST", r"/rest/api/3/issue", issues.create_issue),
    ("GET", _ISSUE, issues.get_issue),
    ("PUT", _ISSUE, issues.edit_issue),
    ("GET", _ISSUE + r"/editmeta", fields.edit_meta),
    ("GET", _ISSUE + r"/transitions", links.transitions),
    ("POST", _ISSUE + r"/transitions", links.transition),
    ("GET", _ISSUE + r"/remotelink", links.remote_links),
    ("POST", _ISSUE + r"/remotelink", links.add_remote_link),
    ("DELETE", _ISSUE + r"/remotelink", links.delete_remote_link),
    ("GET", _ISSUE + r"/comment", comments.list_comments),
    ("POST", _ISSUE + r"/comment", comments.add_comment),
    ("GET", _ISSUE + r"/comment/(\d+)", comments.get_comment),
    ("PUT", _ISSUE + r"/comment/(\d+)", comments.edit_comment),
    ("DELETE", _ISSUE + r"/comment/(\d+)", comments.delete_comment),
    ("GET", _ISSUE + r"/properties/([\w.-]+)", issues.get_property),
    ("PUT", _ISSUE + r"/properties/([\w.-]+)", issues.put_property),
)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = store
        self.lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    server: _Server

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            with self.server.lock:
                status, answer = self._route(body)
        except Refused as refused:
            status, answer = refused.status, refused.body
        data = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _route(self, body: bytes) -> tuple[int, Any]:
        address = urlsplit(self.path)
        path = unquote(address.path).removeprefix(f"/ex/jira/{CLOUD_ID}")
        query = {
            name: ",".join(values)
            for name, values in parse_qs(address.query, strict_parsing=bool(address.query)).items()
        }
        account = self._account()
        if not account and not path.endswith("/serverInfo"):
            raise Refused(401, "Client must be authenticated to access this resource.")
        known = [
            (method, found, answer) for method, pattern, answer in ROUTES if (found := re.fullmatch(pattern, path))
        ]
        for method, found, answer in known:
            if method == self.command:
                data = self._json(body) if body else None
                base = f"http://{self.headers['Host']}"
                request = Request(store=self.server.store, account=account, query=query, body=data, base=base)
                return answer(request, *found.groups())
        raise Refused(405 if known else 404, f"No {self.command} {path} here.")

    def _json(self, body: bytes) -> Any:
        if self.headers.get("Content-Type", "").split(";")[0] != "application/json":
            raise Refused(415, "Send application/json.")
        try:
            return json.loads(body)
        except ValueError as error:
            raise Refused(400, f"Not JSON: {error}.") from error

    def _account(self) -> str:
        scheme, _, code = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return ""
        email, _, token = base64.b64decode(code).decode().partition(":")
        return _ACCOUNTS.get((email, token), "")

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@dataclass(frozen=True, kw_only=True)
class JiraCloudStandIn(JiraStandIn):
    """A Jira Cloud; `store` can be looked at and changed from outside."""

    store: Store

    @property
    def gateway(self) -> str:
        """The address as scoped tokens use it."""
        return f"{self.url}/ex/jira/{CLOUD_ID}"

    def close(self, key: str) -> None:
        """Set an issue to done, as a person would."""
        self.store.issues[key]["fields"] |= {"status": DONE, "updated": self.store.now()}


@contextmanager
def run_jira_cloud() -> Iterator[JiraCloudStandIn]:
    """An empty Jira Cloud for the length of the block."""
    store = Store()
    server = _Server(store)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        with Proxy().serve() as proxy:
            proxy.target = f"http://127.0.0.1:{server.server_address[1]}"
            yield JiraCloudStandIn(proxy=proxy, email=EMAIL, token=TOKEN, project="PAY", api="3", store=store)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
