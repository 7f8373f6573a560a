"""What people have RAT do to a ticket, done once without faults, and then as often as a test likes with one."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.conftest import git
from tests.integration.publishing.scene import CONFIGURATION, RUN, Scene, Standing
from tests.integration.publishing.scene_github import on_github
from tests.integration.publishing.scene_jira import in_jira
from tests.stand_ins.github import REPOSITORY, run_github
from tests.stand_ins.jira_cloud import run_jira_cloud
from tests.stand_ins.jira_dc import run_jira_dc
from tests.stand_ins.proxy import Fault, Recorded
from tests.stand_ins.warm import Warm

MOST_REQUESTS = 2_500
"""After so many the stand-in for GitHub is started anew: it counts to 5,000 an hour."""


@dataclass(frozen=True, kw_only=True)
class Doing:
    """What a person does: a comment *said*, or `rat undo` where it is empty; *first* what they said before."""

    said: str = ""
    first: str = ""


DOINGS = {
    "apply labels": Doing(said="/rat apply labels"),
    "apply region": Doing(said="/rat apply problem approach"),
    "apply field": Doing(said="/rat apply criteria"),
    "apply tasks": Doing(said="/rat apply tasks"),
    "reject": Doing(said="/rat reject it misses the export"),
    "undo by comment": Doing(said="/rat undo", first="/rat apply problem approach"),
    "undo tasks": Doing(first="/rat apply tasks"),
    "undo region": Doing(first="/rat apply problem approach"),
    "undo field": Doing(first="/rat apply criteria"),
    "undo labels": Doing(first="/rat apply labels"),
    "undo comment": Doing(),
}
"""By name. In Jira each approval puts a link to its run on the item as well; GitHub has no fields."""
SYSTEMS = ("github", "jira_dc", "jira_cloud")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended: its exit code, what it said, the record of a command, its requests, and what stands there."""

    exit_code: int
    error: str
    record: dict[str, Any]
    requests: tuple[Recorded, ...]
    standing: Standing

    @property
    def writes(self) -> list[tuple[str, str, bytes]]:
        """The requests that were no GET."""
        return [(one.method, one.path, one.body) for one in self.requests if one.method != "GET"]


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """A doing that was done once without faults. *before* and *after* is what stood there; `again` does it anew."""

    scene: Scene
    doing: Doing
    folder: Path
    warm: Warm
    restore: Callable[[], None]
    journal: bytes
    event: dict[str, Any]
    before: Standing
    after: Ended

    def again(self, fault: Fault, call: int) -> Ended:
        """From the start, with *fault* at the call of that number."""
        self.restore()
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        _journal(self.folder).parent.mkdir(parents=True)
        _journal(self.folder).write_bytes(self.journal)
        self.scene.proxy.spoil("*", "", fault, skip=call)
        return _done(self.scene, self.doing, self.event, self.folder, self.warm)

    def once_more(self) -> Ended:
        """The same from where it stands, without a fault; what was said is said in a new comment."""
        event = self.scene.say(self.doing.said) if self.doing.said else {}
        return _done(self.scene, self.doing, event, self.folder, self.warm)


@dataclass
class Runs:
    """Runs of commands: each doing in each system is rehearsed when it is first asked for."""

    warm: Warm
    folder: Path
    stack: ExitStack
    made: tuple[str, str] = ("", "")
    rehearsed: Rehearsed | None = None

    def of(self, system: str, name: str) -> Rehearsed:
        """The *name*d doing in *system*."""
        tired = system == "github" and self.rehearsed and len(self.rehearsed.scene.proxy.history) > MOST_REQUESTS
        if self.rehearsed is None or self.made != (system, name) or tired:
            self.stack.close()
            scene = self.stack.enter_context(_scene(system, self.folder))
            self.made, self.rehearsed = (system, name), self._rehearse(scene, DOINGS[name])
        return self.rehearsed

    def _rehearse(self, scene: Scene, doing: Doing) -> Rehearsed:
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        _check_out(self.folder / "shop", CONFIGURATION[scene.ref.tracker])
        if doing.first:
            first = _done(scene, Doing(said=doing.first), scene.say(doing.first), self.folder, self.warm)
            assert first.record["done"], first
        event = scene.say(doing.said) if doing.said else {}
        journal = _journal(self.folder).read_bytes() if _journal(self.folder).exists() and not doing.said else b""
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        restore, before = scene.save(), scene.look()
        restore()
        _journal(self.folder).parent.mkdir(parents=True)
        _journal(self.folder).write_bytes(journal)
        after = _done(scene, doing, event, self.folder, self.warm)
        assert (after.exit_code, after.record.get("done", True)) == (0, True), after
        return Rehearsed(
            scene=scene,
            doing=doing,
            folder=self.folder,
            warm=self.warm,
            restore=restore,
            journal=journal,
            event=event,
            before=before,
            after=after,
        )


def _check_out(shop: Path, configuration: str) -> None:
    """A checkout with nothing in it but *configuration*."""
    (shop / ".github").mkdir(parents=True, exist_ok=True)
    (shop / ".github/rat.yml").write_text(configuration, encoding="utf-8")
    if not (shop / ".git").exists():
        git(shop, "init", "--quiet", "--initial-branch", "main")
        git(shop, "commit", "--quiet", "--allow-empty", "--message", "feat: nothing yet")


@contextmanager
def _scene(system: str, folder: Path) -> Iterator[Scene]:
    """A fresh ticket in a fresh tracker."""
    match system:
        case "github":
            with run_github() as github:
                yield on_github(github, folder)
        case "jira_dc":
            with run_jira_dc() as data_center:
                yield in_jira(data_center, folder)
        case _:
            with run_jira_cloud() as cloud:
                yield in_jira(cloud, folder)


def _done(scene: Scene, doing: Doing, event: dict[str, Any], folder: Path, warm: Warm) -> Ended:
    """Carry *doing* out, in a process of its own."""
    variables = {**scene.access, **RUN, "GITHUB_REPOSITORY": REPOSITORY, "RAT_MODEL": "none"}
    variables["XDG_STATE_HOME"] = str(folder / "state")
    words = ["undo", scene.ref.key.removeprefix(REPOSITORY)]
    if doing.said:
        file = folder / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        words = ["command", "--event", str(file)]
        variables["GITHUB_EVENT_PATH"] = str(file)
    done = warm.run(*words, cwd=folder / "shop", **variables)
    requests = tuple(scene.proxy.requests)
    scene.proxy.forget()
    standing = scene.look()
    scene.proxy.forget()
    lines = done.stdout.splitlines() if doing.said else []
    record = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Ended(exit_code=done.returncode, error=done.stderr, record=record, requests=requests, standing=standing)


def _journal(folder: Path) -> Path:
    return folder / "state/rat/journal.jsonl"
