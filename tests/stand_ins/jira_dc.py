"""Jira Data Center as the package jira820 plays it, behind our recording proxy."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from tests.stand_ins.proxy import Proxy

PROJECT = "PROJ"


@dataclass(frozen=True, kw_only=True)
class JiraStandIn:
    """A Jira: `url` is where to send to, `proxy` sees each request, `email` is empty for Data Center."""

    proxy: Proxy
    email: str
    token: str
    project: str
    api: str

    @property
    def url(self) -> str:
        """The site's address."""
        return self.proxy.url

    def request(
        self, method: str, path: str, body: object | None = None, *, account: tuple[str, str] | None = None
    ) -> Any:
        """Arrange or look at data: *path* is below the API's root. Raises where Jira refuses."""
        auth = account or ((self.email, self.token) if self.email else None)
        url = f"{self.url}/rest/api/{self.api}/{path}"
        answer = requests.request(method, url, json=body, auth=auth, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.text else None

    def create(self, summary: str, **fields: object) -> str:
        """A new issue; its key."""
        base = {"project": {"key": self.project}, "summary": summary, "issuetype": {"name": "Bug"}}
        key: str = self.request("POST", "issue", {"fields": {**base, **fields}})["key"]
        return key


@dataclass(frozen=True, kw_only=True)
class JiraDcStandIn(JiraStandIn):
    """A Data Center: `world` is what jira820 keeps, `editors` who may edit, `customs` the custom fields of screens.

    `properties` are those of issues, by key and name.
    """

    world: Any
    editors: set[str]
    customs: dict[str, dict[str, Any]]
    properties: dict[tuple[str, str], Any]


@contextmanager
def run_jira_dc() -> Iterator[JiraDcStandIn]:
    """An empty Data Center for the length of the block."""
    import jira820.serialize
    import uvicorn
    from jira820 import make_app
    from jira820.config import Config
    from jira820.store import Store

    from tests.stand_ins.jira_dc_routes import Additions

    # Its renderer loops for ever on text such as `{code}x{code}[~a]`; RAT reads no rendered text.
    jira820.serialize.render_wiki = lambda text, *_: text
    world = Store(Config(project_key=PROJECT, transition_screens={"Done": ["resolution"]}), seed=False)
    editors, customs = {"admin"}, dict[str, dict[str, Any]]()
    app = make_app(store=world)
    additions = Additions(world, editors=editors, customs=customs)
    additions.add_to(app)
    with Proxy().serve() as proxy:
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        proxy.target = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        access = {"email": "", "token": "pat", "project": PROJECT, "api": "2"}
        try:
            yield JiraDcStandIn(
                proxy=proxy, **access, world=world, editors=editors, customs=customs, properties=additions.properties
            )
        finally:
            server.should_exit = True
            thread.join(5)
