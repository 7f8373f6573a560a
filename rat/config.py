"""Reading `.github/rat.yml`: YAML in, `Settings` out, unknown keys refused.

Precedence, once, for every setting: flag or input > environment > file > default.
"""

from typing import Any

import yaml

from rat.decode import decode
from rat.errors import ConfigError
from rat.model.settings import CONFIG_PATH, Settings

MAX_BYTES = 256 * 1024
"""No configuration is larger; a larger file is refused before it is parsed."""


def read_config(content: bytes | None, *, name: str = CONFIG_PATH) -> Settings:
    """The settings that *content* (YAML bytes, None for no file) asks for. Raises ConfigError naming *name*."""
    if content is None:
        return Settings()
    if len(content) > MAX_BYTES:
        raise ConfigError(f"{name} has {len(content)} bytes, more than {MAX_BYTES}. Is this the right file?")
    data = _parse(content, name)
    settings = decode(Settings, {} if data is None else data, what=name)
    _check_meaning(settings, name)
    return settings


def _parse(content: bytes, name: str) -> Any:
    try:
        text = content.decode("utf-8-sig")
        refuse_aliases(text)
        return yaml.safe_load(text)
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{name} is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from problem
    except yaml.YAMLError as problem:
        raise ConfigError(f"{name} is not valid YAML: {_place(problem)}. Nothing was done.") from problem
    except (RecursionError, ValueError) as problem:
        raise ConfigError(f"{name} could not be read as YAML ({type(problem).__name__}). Simplify it.") from problem


def refuse_aliases(text: str) -> None:
    """Raise ConfigError where YAML *text* uses aliases: a configuration needs none, and a few bytes of them can fill
    the memory ("billion laughs").
    """
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
        raise ConfigError("The configuration uses a YAML alias (`*name`). Write the value out.")


def _place(problem: yaml.YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return where + str(getattr(problem, "problem", None) or problem)


def _check_meaning(settings: Settings, name: str) -> None:
    if not settings.projects:
        raise ConfigError(f"{name}: `projects` is empty. Name at least one, or leave the key out.")
    names = [project.name for project in settings.projects]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"{name}: two projects are called `{twice}`. Give each its own name.")
    if min(settings.model.concurrency, settings.model.reply_tokens, settings.budget.tickets_per_run) < 1:
        raise ConfigError(
            f"{name}: `model.concurrency`, `model.reply_tokens` and `budget.tickets_per_run` must be at least 1."
        )
