"""Which project of the configuration a ticket belongs to, and the settings as that project sees them. Pure."""

import re
from dataclasses import replace

from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.settings import Project, Settings

_PROJECT = re.compile(r"\bproject\s*(?:=|in)\s*\(?\s*([^)]*?)\s*(?:\)|\band\b|\bor\b|\border\b|$)", re.IGNORECASE)
_KEY = re.compile(r"[A-Z][A-Z0-9_]+")


def project_of(ticket: Ticket, settings: Settings, *, repository: str) -> Project:
    """The project that *ticket* belongs to: by its label, else by its repository or Jira project, else the default.

    *repository* is the one that projects mean which name none.
    """
    near = candidates(ticket.ref, settings, repository=repository)
    labelled = (one for one in near if one.tickets.github and one.tickets.github.label in ticket.labels)
    return next(labelled, next(iter(near), settings.project))


def candidates(ref: TicketRef, settings: Settings, *, repository: str) -> tuple[Project, ...]:
    """The projects whose repository or Jira project *ref* lies in, in the order of the configuration."""
    return tuple(project for project in settings.projects if _is_near(ref, project, repository))


def seen_from(settings: Settings, project: Project) -> Settings:
    """*settings* with *project* as the only one: what decides how its tickets are refined."""
    return replace(settings, projects=(project,))


def jira_projects(jql: str) -> frozenset[str]:
    """The keys of the Jira projects that *jql* names."""
    return frozenset(key for match in _PROJECT.finditer(jql) for key in _KEY.findall(match[1]))


def _is_near(ref: TicketRef, project: Project, repository: str) -> bool:
    github, jira = project.tickets.github, project.tickets.jira
    match ref.tracker:
        case TrackerKind.GITHUB:
            home = github.repository or repository if github else ""
            return bool(home) and ref.key.partition("#")[0].lower() == home.lower()
        case TrackerKind.JIRA:
            return jira is not None and ref.key.rpartition("-")[0] in jira_projects(jira.jql)
        case TrackerKind.FILE:
            return False
