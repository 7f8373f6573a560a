"""What every test has: stand-ins for GitHub and Jira, and no way out of this machine."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.stand_ins.contracts import check_github, check_jira
from tests.stand_ins.github import GitHubStandIn, run_github
from tests.stand_ins.jira_cloud import CLOUD_ID, JiraCloudStandIn, run_jira_cloud
from tests.stand_ins.jira_dc import JiraDcStandIn, run_jira_dc

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def _stay_on_loopback(event: str, arguments: tuple[object, ...]) -> None:
    """Fail the test that looks up or connects to anything beyond loopback (PEP 578)."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event == "socket.getaddrinfo":
        host = arguments[0] or "localhost"
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    if not name.startswith(_LOOPBACK):
        pytest.fail(f"A test reached for {name}, beyond loopback.")


sys.addaudithook(_stay_on_loopback)

# No test is timed, its examples neither: machines are busy.
settings.register_profile("rat", settings.default, deadline=None)
settings.load_profile("rat")


@pytest.fixture(scope="session")
def _github_process() -> Iterator[GitHubStandIn]:
    with run_github() as github:
        yield github


@pytest.fixture
def github_stand_in(_github_process: GitHubStandIn) -> Iterator[GitHubStandIn]:
    """A GitHub with the repositories alice/demo and alice/other, fresh for each test; what RAT sent is checked."""
    _github_process.reset()
    yield _github_process
    check_github(_github_process.proxy)


@pytest.fixture
def jira_cloud_stand_in() -> Iterator[JiraCloudStandIn]:
    """An empty Jira Cloud; what RAT sent, and what came back, is checked."""
    with run_jira_cloud() as jira:
        yield jira
        check_jira(jira.proxy, prefix=f"/ex/jira/{CLOUD_ID}")


@pytest.fixture
def jira_dc_stand_in() -> Iterator[JiraDcStandIn]:
    """An empty Jira Data Center with the project PROJ."""
    with run_jira_dc() as jira:
        yield jira
