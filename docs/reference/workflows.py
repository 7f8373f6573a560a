"""The pages on the Action and the reusable workflows, from action.yml and .github/workflows/."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from docs.reference.page import ROOT, code, table, text_of


def action_page() -> str:
    """Inputs and outputs of action.yml."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    inputs = [(f"`{name}`", code(one.get("default")), one["description"]) for name, one in action["inputs"].items()]
    outputs = [(f"`{name}`", one["description"]) for name, one in action["outputs"].items()]
    variables = re.findall(r"^\s+(\w+): \$\{\{ (?:inputs\.[\w-]+ \|\| )?env\.\w+ \}\}", text_of("action.yml"), re.M)
    taken = ", ".join(f"`{name}`" for name in variables)
    return "\n\n".join(
        [
            "# Inputs and outputs of the Action",
            "What they are for: docs/action.md.",
            "## Inputs",
            table("input", "default", "meaning", rows=inputs),
            f"From the job's environment, where the input is empty or there is none: {taken}.",
            "## Outputs",
            table("output", "meaning", rows=outputs),
        ]
    )


def workflows_page() -> str:
    """Inputs, secrets, outputs and permissions of the reusable workflows."""
    parts = ["# The reusable workflows", "Which to call, and why several jobs: docs/action.md."]
    for path in sorted((ROOT / ".github" / "workflows").glob("rat-*.yml")):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        call = workflow[True]["workflow_call"]  # YAML 1.1 reads `on` as true
        inputs = [
            (f"`{name}`", one["type"], code(one["default"]), one["description"]) for name, one in _of(call, "inputs")
        ]
        secrets = [(f"`{name}`", one["description"]) for name, one in _of(call, "secrets")]
        outputs = [(f"`{name}`", one["description"]) for name, one in _of(call, "outputs")]
        jobs = [(f"`{name}`", _rights(job), _secrets(job)) for name, job in workflow["jobs"].items()]
        parts += [f"## `{path.name}`", table("input", "type", "default", "meaning", rows=inputs)]
        parts += [table("secret", "meaning", rows=secrets), table("output", "meaning", rows=outputs)]
        parts.append(table("job", "permissions", "secrets that it is given", rows=jobs))
    return "\n\n".join(parts)


def _of(call: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    return list(call.get(key, {}).items())


def _rights(job: Mapping[str, Any]) -> str:
    rights = job.get("permissions") or {}
    return ", ".join(f"`{name}: {level}`" for name, level in rights.items()) or "none"


def _secrets(job: Mapping[str, Any]) -> str:
    names = dict.fromkeys(re.findall(r"secrets\.([\w-]+)", str(job)))
    return ", ".join(f"`{name}`" for name in names) or "none"
