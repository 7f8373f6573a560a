"""Variants as users write them: a small YAML file, or `name=key:value,key:value` on the command line."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from rat.config import refuse_aliases
from rat.decode import decode
from rat.errors import ConfigError
from rat.model.variant import Variant
from rat.templates import MAX_OVERRIDE_BYTES, SUFFIX

MAX_BYTES = 256 * 1024
CONFIGURED = "as configured"
"""The name of the variant that changes nothing."""


def read_variants(given: Sequence[str]) -> tuple[Variant, ...]:
    """The variants that the command line names, with their prompts read; without any the one that changes nothing.

    Raises ConfigError.
    """
    variants = tuple(_with_prompts(*_variant(text)) for text in given) or (Variant(name=CONFIGURED),)
    names = [variant.name for variant in variants]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"Two variants are called {twice!r}. Give each its own `name`.")
    return variants


def _variant(text: str) -> tuple[Variant, Path]:
    """The variant and the folder that its `prompts` is relative to."""
    path = Path(text)
    if path.suffix.lower() in (".yml", ".yaml"):
        data = _parse(path)
        variant = decode(Variant, {"name": path.stem, **data}, what=str(path))
        return variant, path.parent
    name, equals, rest = text.partition("=")
    if not equals or not name.strip():
        raise ConfigError(
            f"{text!r} is no variant. Give a YAML file, or `name=key:value,key:value` with the keys model, base_url, "
            "prompts, team, per_agent.AGENT; `name=` alone changes nothing."
        )
    return decode(Variant, {**_pairs(rest), "name": name.strip()}, what=f"The variant {name.strip()}"), Path()


def _pairs(text: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, colon, value = pair.partition(":")
        if not colon:
            raise ConfigError(f"{pair!r} should be `key:value`.")
        if key.startswith("per_agent."):
            data.setdefault("per_agent", {})[key.removeprefix("per_agent.")] = value
        else:
            data[key] = value.split("+") if key == "team" else value
    return data


def _parse(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise ConfigError(f"{path} has more than {MAX_BYTES} bytes. Is this the right file?")
        text = content.decode("utf-8-sig")
        refuse_aliases(text)
        data = yaml.safe_load(text)
    except OSError as problem:
        raise ConfigError(f"The variant {path} could not be read ({problem.strerror}). Check the path.") from problem
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise ConfigError(f"{path} is not valid YAML ({str(problem).splitlines()[0]}).") from problem
    if data is not None and not isinstance(data, dict):
        raise ConfigError(f"{path} should hold keys and values, such as `model: …`.")
    return data or {}


def _with_prompts(variant: Variant, folder: Path) -> Variant:
    if not variant.prompts:
        return variant
    place = folder / variant.prompts
    paths = sorted(place.glob(f"*{SUFFIX}"))
    if not paths:
        raise ConfigError(f"The variant {variant.name} names the folder {place}, in which there is no *{SUFFIX} file.")
    return replace(variant, texts={**variant.texts, **{path.name: _read(path) for path in paths}})


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_OVERRIDE_BYTES:
            raise ConfigError(f"The prompt {path} has more than {MAX_OVERRIDE_BYTES} bytes. Shorten it.")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"The prompt {path} cannot be read ({problem}).") from problem
