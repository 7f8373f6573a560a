"""Where tickets come from: what a ticket's name means, and the trackers that RAT can talk to."""

from collections.abc import Mapping

from rat.model.ticket import TrackerKind
from rat.trackers.refs import parse_ref

TRACKERS: Mapping[TrackerKind, str] = {
    TrackerKind.GITHUB: "rat.trackers.github",
    TrackerKind.JIRA: "rat.trackers.jira",
}
"""The module of each tracker; its `connect` opens one. Named, not imported: the SDKs are slow to load."""

__all__ = ["TRACKERS", "parse_ref"]
