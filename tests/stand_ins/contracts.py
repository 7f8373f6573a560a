"""What GitHub and Atlassian publish about their APIs, and every request that RAT sends in a test held to it."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.node import ROOT
from tests.stand_ins.openapi import Description
from tests.stand_ins.proxy import Proxy, Recorded

JIRA = ROOT.parent / "shared" / "contracts" / "jira-cloud-v3.json"
GITHUB = ROOT / "node_modules" / "@octokit" / "openapi" / "generated" / "api.github.com.json"

_REFUSED = 400
"""From here on a description says no more than that it may happen."""


@functools.cache
def description(file: Path) -> Description | None:
    """The description in *file*; None where it is not on this machine."""
    return Description(file) if file.is_file() else None


def check_github(proxy: Proxy) -> None:
    """Hold each request of RAT's to the description. The answers are not ours."""
    _check(proxy, description(GITHUB), lambda one: one.headers.get("user-agent") == "rat-refine", prefix="/api/v3")


def check_jira(proxy: Proxy, *, prefix: str) -> None:
    """Hold each request of RAT's, and what our Jira Cloud answered to it, to the description."""
    # Tests arrange data with `requests` itself, without the header of the jira SDK.
    _check(proxy, description(JIRA), lambda one: "x-atlassian-token" in one.headers, prefix=prefix, answers=True)


def _check(
    proxy: Proxy,
    described: Description | None,
    is_ours: Callable[[Recorded], bool],
    *,
    prefix: str,
    answers: bool = False,
) -> None:
    if described is None:
        return
    for one in filter(is_ours, proxy.history):
        # Which Jira it is, is asked before the version of its API is known; both describe the same.
        path = one.path.removeprefix(prefix).replace("/rest/api/2/serverInfo", "/rest/api/3/serverInfo")
        answer = answers and not one.spoiled and one.status < _REFUSED
        described.check(replace(one, path=path), answer=answer)
    proxy.history.clear()
