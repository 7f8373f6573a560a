"""Rendering of prompts: sandboxed Jinja files in which outside text appears only inside fences.

A value that did not pass `| untrusted` cannot be rendered at all, so a prompt that a team overrides is held to the same
rule as RAT's own (security properties P2 to P4, P8; docs/prompts.md).
"""

import secrets
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rat.cleaning import show_hidden, strip_invisible
from rat.errors import ConfigError
from rat.ports import Checkout

SUFFIX = ".md.j2"
OVERRIDES = ".github/rat/prompts/"
"""Where a repository keeps prompts of its own; a checkout of the default branch only is asked for them."""
MAX_OVERRIDE_BYTES = 64 * 1024
"""No prompt of a team is larger than this."""


class Trusted(str):
    """Text that may stand in a prompt as it is: outside text in its fence, or words of RAT and of the team."""

    __slots__ = ()


class Templates:
    """The prompts of one run. *overrides* maps file names (`critic.md.j2`) to a team's own texts.

    The fence's nonce is random for each run and the same for all of its prompts, so that their beginnings stay equal.
    """

    def __init__(self, *, overrides: Mapping[str, str] | None = None, nonce: str | None = None) -> None:
        self.nonce = nonce or secrets.token_hex(16)
        self._overrides = dict(overrides or {})
        self._environment = _environment([DictLoader(self._overrides), FunctionLoader(_packaged)])
        self._environment.filters["untrusted"] = self.fence

    def has(self, name: str) -> bool:
        """Whether there is a prompt called *name*."""
        return name + SUFFIX in self._overrides or _packaged(name + SUFFIX) is not None

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The prompt *name* with *values*. Raises ConfigError where the template is missing or wrong."""
        try:
            return self._environment.get_template(name + SUFFIX).render(values).strip() + "\n"
        except TemplateNotFound as problem:
            raise ConfigError(
                f"There is no prompt {problem.name}. An agent of your own needs .github/rat/prompts/{name}{SUFFIX}."
            ) from problem
        except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError, LookupError) as problem:
            raise ConfigError(f"The prompt {name}{SUFFIX} cannot be rendered: {problem}.") from problem

    def fence(self, text: str, what: str = "text") -> Trusted:
        """*text* between two lines that only this run can write, invisible characters stripped, hidden markup shown."""
        visible, count = strip_invisible(show_hidden(str(text)))
        while self.nonce in visible:
            visible = visible.replace(self.nonce, "")
        note = f" ({count} invisible characters removed)" if count else ""
        label = "".join(letter for letter in what if letter.isalnum() or letter in " -")
        return Trusted(f"<<{self.nonce} {label}{note}\n{visible.strip(chr(10))}\n{self.nonce}>>")

    def without_nonce(self, text: str) -> str:
        """*text* as it would read with a fixed nonce, so that the same prompt of two runs is seen to be the same."""
        return text.replace(self.nonce, "nonce")


def read_overrides(checkout: Checkout) -> dict[str, str]:
    """The prompts that a team keeps in `.github/rat/prompts/`, by file name; links are never followed.

    Raises ConfigError for one that is too large or not UTF-8.
    """
    own = (path for path in checkout.files() if path.startswith(OVERRIDES) and path.endswith(SUFFIX))
    return {path.removeprefix(OVERRIDES): _read_override(checkout, path) for path in own}


def _read_override(checkout: Checkout, path: str) -> str:
    content = checkout.read(path)
    if content is None or len(content) > MAX_OVERRIDE_BYTES:
        raise ConfigError(f"The prompt {path} cannot be read, or has more than {MAX_OVERRIDE_BYTES} bytes. Shorten it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError(f"The prompt {path} is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from problem


def _packaged(name: str) -> str | None:
    shipped = files("rat") / "_prompts"
    folder = shipped if shipped.is_dir() else Path(__file__).parents[1] / "prompts"
    path = folder / name
    if "/" in name or "\\" in name or not path.is_file():
        return None
    return path.read_text(encoding="utf-8")


def _environment(loaders: list[BaseLoader]) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        finalize=_only_fenced,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


def _only_fenced(value: object) -> object:
    """Refuse what is neither fenced nor a number. Jinja calls this on every expression that is put out.

    StrEnum members pass: they are words of RAT's own.
    """
    if isinstance(value, Trusted | int | float | StrictUndefined) or _is_own_word(value):
        return value
    raise ValueError(f"{str(value)[:40]!r} comes from outside and must pass `| untrusted`")


def _is_own_word(value: object) -> bool:
    return type(value).__module__.startswith("rat.model.") and isinstance(value, str)
