"""An item of Jira, Cloud or Data Center, that a person may have RAT write to."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rat.model import TicketRef, TrackerKind
from rat.trackers import jira
from rat.trackers.patience import Patience
from tests.integration.publishing.scene import (
    FIELD,
    FORMER,
    PURPOSE,
    REMARK,
    TITLES,
    WORDS,
    Scene,
    Standing,
    asleep,
    refine,
)
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_fields import custom_field
from tests.stand_ins.jira_dc import JiraDcStandIn


def in_jira(stand_in: JiraCloudStandIn | JiraDcStandIn, folder: Path) -> Scene:
    """An item that RAT refined; the maintainer has RAT's own account, which Jira allows."""
    _screen(stand_in)
    key = stand_in.create("Export hangs")
    ref = TicketRef(tracker=TrackerKind.JIRA, key=key)
    fields = {"description": _form(stand_in, WORDS), FIELD: _form(stand_in, FORMER), "labels": ["bug", "rat:ready"]}
    stand_in.request("PUT", f"issue/{key}", {"fields": fields})
    stand_in.request("POST", f"issue/{key}/comment", {"body": _form(stand_in, REMARK)})
    patience = Patience(sleep=asleep)
    tracker = jira.connect(url=stand_in.url, email=stand_in.email, token=stand_in.token, patience=patience)
    refine(ref, tracker, folder)

    def say(text: str) -> dict[str, Any]:
        made = stand_in.request("POST", f"issue/{key}/comment", {"body": _form(stand_in, text)})
        return {"action": "rat-command", "client_payload": {"ticket": key, "comment_id": made["id"]}}

    def look() -> Standing:
        said = tracker.comments(ref)
        issues = _issues(stand_in)
        own = issues[key]
        return Standing(
            description=json.dumps(own["description"]),
            field=json.dumps(own[FIELD]),
            labels=tuple(sorted(own["labels"])),
            own=tuple(sorted((found[1], one.raw) for one in said if (found := PURPOSE.match(one.marker)))),
            others=tuple(one.body for one in said if not one.marker and not one.body.startswith("/rat ")),
            tasks=tuple(
                (one["summary"], one["state"], name in own["subtasks"])
                for name, one in issues.items()
                if one["summary"] in TITLES
            ),
            blocked=tuple(
                (one["summary"], issues[first]["summary"]) for one in issues.values() for first in one["blocked_by"]
            ),
            linked=own["linked"],
        )

    access = {"JIRA_URL": stand_in.url, "JIRA_EMAIL": stand_in.email, "JIRA_TOKEN": stand_in.token}
    return Scene(ref=ref, proxy=stand_in.proxy, access=access, say=say, save=lambda: _saved(stand_in), look=look)


def _form(stand_in: JiraCloudStandIn | JiraDcStandIn, text: str) -> Any:
    """*text* as that Jira stores it."""
    if isinstance(stand_in, JiraDcStandIn):
        return text
    parts = [{"type": "paragraph", "content": [{"type": "text", "text": part}]} for part in text.split("\n\n")]
    return {"type": "doc", "version": 1, "content": parts}


def _screen(stand_in: JiraCloudStandIn | JiraDcStandIn) -> None:
    """Put a field for the acceptance criteria on the screen."""
    if isinstance(stand_in, JiraDcStandIn):
        stand_in.customs[FIELD] = {"name": "Acceptance Criteria", "kind": "textarea"}
    else:
        stand_in.store.customs[FIELD] = custom_field("Acceptance Criteria", "textarea", 10040)
        stand_in.store.screen.add(FIELD)


def _saved(stand_in: JiraCloudStandIn | JiraDcStandIn) -> Callable[[], None]:
    """What puts all of it back as it is now."""
    kept: list[tuple[dict[Any, Any], dict[Any, Any]]] = []
    if isinstance(stand_in, JiraDcStandIn):
        state = {name: value for name, value in vars(stand_in.world).items() if isinstance(value, dict | list | int)}
        kept = [(vars(stand_in.world), copy.deepcopy(state)), (stand_in.properties, copy.deepcopy(stand_in.properties))]
    else:
        kept = [(vars(stand_in.store), copy.deepcopy(vars(stand_in.store)))]

    def restore() -> None:
        for live, state in kept:
            live.update(copy.deepcopy(state))
            for name in live.keys() - state.keys() if live is getattr(stand_in, "properties", None) else ():
                del live[name]
        stand_in.proxy.forget()

    return restore


def _issues(stand_in: JiraCloudStandIn | JiraDcStandIn) -> dict[str, dict[str, Any]]:
    """Every issue by key, both Jiras' in one form."""
    if isinstance(stand_in, JiraDcStandIn):
        return {
            key: {
                **{name: one[name] for name in ("summary", "description", "labels", "subtasks")},
                FIELD: one.get("customs", {}).get(FIELD),
                "state": one["statusCategory"],
                "blocked_by": [link["key"] for link in one["links"] if link["dir"] == "inward"],
                "linked": tuple(link["url"] for link in one["remotelinks"]),
            }
            for key, one in stand_in.world.issues.items()
        }
    return {
        key: {
            **{name: one["fields"][name] for name in ("summary", "description", "labels")},
            "subtasks": [below["key"] for below in one["fields"]["subtasks"]],
            FIELD: one["fields"].get(FIELD),
            "state": one["fields"]["status"]["name"],
            "blocked_by": [link["inwardIssue"]["key"] for link in one["fields"]["issuelinks"] if "inwardIssue" in link],
            "linked": tuple(
                link["object"]["url"] for (issue, _), link in stand_in.store.remote_links.items() if issue == key
            ),
        }
        for key, one in stand_in.store.issues.items()
    }
