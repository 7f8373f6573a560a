"""What `rat init` sees of a repository, and the files that it proposes for it. Nothing is written or asked for here."""

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

from rat.checkout import GitCheckout
from rat.model.settings import CONFIG_PATH, Project, Sources
from rat.search.kinds import LANGUAGES
from rat.sources.adrs import decisions_of
from rat.sources.library import Library
from rat.sources.rfes import requests_of

LABEL = "needs-refinement"
"""The label of the examples, and what is proposed where the repository names none of its own."""

WORKFLOWS = ".github/workflows/"
GITHUB_COM = "github.com"

_LABELLED = re.compile(r"""\blabels?:\s*(.+)|^\s*-\s*name:\s*(.+)""", re.MULTILINE)
_ASKS = re.compile(r"[\w/:.-]*refine[\w/:.-]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a repository says about itself: *host* and *repository* of its remote, folders, how many of what."""

    host: str = ""
    repository: str = ""
    branch: str = ""
    languages: tuple[tuple[str, int], ...] = ()
    adrs: tuple[tuple[str, int], ...] = ()
    rfes: tuple[tuple[str, int], ...] = ()
    label: str = ""
    workflows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What the user decided: issues with *label*, or what *jql* finds in Jira; a model or none; which extras."""

    label: str = LABEL
    jql: str = ""
    model: str = ""
    impact: bool = True
    commands: bool = True


def look(checkout: GitCheckout) -> Found:
    """What can be known of *checkout* without the network."""
    listed = checkout.files()
    library = Library(checkout=checkout, tracker=None, sources=Sources(), project=Project())
    return Found(
        host=checkout.remote_host(),
        repository=checkout.remote_slug(),
        branch=checkout.default_branch(),
        languages=_most(LANGUAGES.get(PurePosixPath(path).suffix.lstrip("."), "") for path in listed),
        adrs=_most(_folder(one.path) for one in decisions_of(library).decisions),
        rfes=_most(_folder(one.path) for one in requests_of(library).requests),
        label=_label(checkout, listed),
        workflows=tuple(path for path in listed if path.startswith(WORKFLOWS) and _uses_rat(checkout.read(path))),
    )


def proposed(found: Found, choice: Choice) -> dict[str, str]:
    """The files to write, by path: the configuration and the callers that fit, as they stand in `examples/`."""
    wanted = list(_callers(found, choice))
    callers = {f"{WORKFLOWS}rat-{name}": _adapted(example(name), choice) for name in wanted}
    return {CONFIG_PATH: configuration(found, choice), **callers}


def to_set(found: Found, choice: Choice) -> tuple[str, ...]:
    """What is left for a person to do, one thing a line."""
    steps = []
    if choice.jql:
        steps.append("Set the variables JIRA_URL and JIRA_EMAIL (none for Data Center) and the secret JIRA_TOKEN.")
    else:
        steps.append(f"Create the label:  gh label create {shlex.quote(choice.label)}")
    if choice.model:
        steps.append(
            "Set the secret for the model:  gh secret set RAT_API_KEY   (RAT_BASE_URL for its address, a variable)"
        )
    else:
        steps.append(
            "For drafts by a model: the secret RAT_API_KEY and the variable RAT_MODEL. Without them: facts only."
        )
    if _is_server(found):
        steps.append("Mirror rat-refine/rat to your server, or let it use actions of GitHub.com.")
    steps.append(
        f"Commit the files to {found.branch or 'the default branch'}: schedules and the configuration count there."
    )
    return (*steps, "See what works:  rat doctor")


def configuration(found: Found, choice: Choice) -> str:
    """`.github/rat.yml` with what was found and decided; the rest as comments that can be taken in."""
    name = found.repository.rpartition("/")[2] or "default"
    jira, github = f"{{jira: {{jql: {_scalar(choice.jql)}}}}}", f"{{github: {{label: {_scalar(choice.label)}}}}}"
    lines = [
        "# How RAT works here: every key is optional, unknown ones are refused. `rat doctor` shows what is in force,",
        "# `rat schema config` the whole form. This file counts on the default branch only.",
        "projects: # one for each team; the first is the default",
        f"  - name: {_scalar(name)}",
        f"    tickets: {jira if choice.jql else github}",
        "    # paths: [services/payments] # where this team's code lives",
        "    # definition_of_ready: {bug: [steps, expected, actual, environment]} # what a ticket must have",
        *_sources(found),
        f"{'' if choice.model else '# '}model: {{name: {_scalar(choice.model or 'your-model')}}}",
        "# budget: {usd_per_run: 5, tickets_per_run: 100, prices: {your-model: {input: 1.25, output: 10}}}",
        '# privacy: {never_send: ["secrets/**"], audience: public} # public: outsiders read these tickets',
        "# writing: {language: English, criteria: gherkin}",
    ]
    return "\n".join(lines) + "\n"


def example(name: str) -> str:
    """The text of a caller as it stands in `examples/`, which the wheel holds too."""
    shipped = files("rat") / "_examples"
    folder = shipped if shipped.is_dir() else Path(__file__).parents[1] / "examples"
    return (folder / name).read_text(encoding="utf-8")


def _callers(found: Found, choice: Choice) -> Iterator[str]:
    if _is_server(found):
        yield "enterprise-server.yml"
        return
    yield "jira.yml" if choice.jql else "label-sweep.yml"
    if choice.impact:
        yield "pull-request-impact.yml"
    if choice.commands:
        yield "commands.yml"


def _adapted(text: str, choice: Choice) -> str:
    """*text* with the label that was chosen; a query stands in the configuration, so the caller needs none."""
    text = re.sub(r"^ +jql: .*\n", "", text, flags=re.MULTILINE)
    return text.replace(f"label: {LABEL}\n", f"label: {_scalar(choice.label)}\n").replace(
        f"`{LABEL}`", f"`{choice.label}`"
    )


def _sources(found: Found) -> Iterator[str]:
    folders = {"adrs": found.adrs, "rfes": found.rfes}
    if not any(folders.values()):
        yield "# sources: {adrs: [docs/adr], rfes: [docs/rfe]} # none found; name the folders if there are any"
        return
    said = "; ".join(f"{name}: {_counted(counts)}" for name, counts in folders.items() if counts)
    yield f"# Decisions and requests are found by themselves. Now: {said}."
    named = ", ".join(f"{name}: {_scalar([one for one, _ in counts])}" for name, counts in folders.items() if counts)
    yield f"# sources: {{{named}}} # to read these folders and no others"


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} in {name}" for name, count in counts)


def _scalar(value: object) -> str:
    """*value* as YAML on one line: plain where that is plain, else as JSON, which YAML reads too."""
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w.-]*", value, re.ASCII)
    words = ("true", "false", "yes", "no", "on", "off", "null", "none", "y", "n")
    return value if plain and isinstance(value, str) and value.lower() not in words else json.dumps(value)


def _label(checkout: GitCheckout, listed: Iterable[str]) -> str:
    """A label for refinement that issue forms or a list of labels name; empty for none."""
    for path in listed:
        if path.startswith(".github/ISSUE_TEMPLATE/") or re.fullmatch(r"\.github/labels\.ya?ml", path):
            text = (checkout.read(path) or b"").decode(errors="replace")
            for match in _LABELLED.finditer(text):
                if label := _ASKS.search(match[1] or match[2]):
                    return label[0]
    return ""


def _uses_rat(content: bytes | None) -> bool:
    return b"uses: rat-refine/rat" in (content or b"")


def _is_server(found: Found) -> bool:
    """Whether the remote is a GitHub of one's own. GitHub's cloud with data residency lies below ghe.com."""
    return bool(found.host) and found.host != GITHUB_COM and not found.host.endswith(".ghe.com")


def _folder(path: str) -> str:
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def _most(names: Iterable[str], limit: int = 4) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name for name in names if name).most_common(limit))
