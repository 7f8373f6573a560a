"""The runner's side of the Action: outputs, job summary, annotations, masks, and streams that cannot give commands.

The runner reads commands off both streams of a step (`::name::value`, and `##[name]` anywhere in a line), so words of
others reach a stream only through `inert_stream`. GITHUB_ENV and GITHUB_PATH are never written: they would change
later steps. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

import io
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TextIO

SUMMARY_BYTES = 1_000_000
"""The runner drops a step's whole summary over 1 MiB; this stays below."""

OUTPUT_BYTES = 120_000
"""An output is handed to later steps as an environment variable, and Linux takes 131,072 bytes for one at most."""

ANNOTATIONS = 10
"""The runner keeps ten annotations of a kind and step and drops the rest without a word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Runner:
    """Where a step's outputs, summary and commands go; a file that is not given is not written."""

    commands: TextIO
    outputs: Path | None = None
    summary: Path | None = None
    _said: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, environ: Mapping[str, str], commands: TextIO) -> "Runner":
        """The runner that *environ* describes, taking its commands from the stream *commands*."""
        files = (environ.get(name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"))
        outputs, summary = (Path(file) if file else None for file in files)
        return cls(commands=commands, outputs=outputs, summary=summary)

    def set_outputs(self, values: Mapping[str, str]) -> None:
        """Write step outputs, each within a delimiter that nobody can guess. Raises ValueError for one too large."""
        text = "".join(_entry(name, value) for name, value in values.items())
        if self.outputs:
            with self.outputs.open("a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)

    def add_summary(self, sections: Sequence[str]) -> int:
        """Add as many of *sections* (Markdown) as fit, whole, in order. Returns how many were left out."""
        room, fitting = SUMMARY_BYTES, []
        for section in sections:
            room -= len(section.encode(errors="replace")) + 2
            if room < 0:
                break
            fitting.append(section)
        if self.summary:
            with self.summary.open("a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write("\n\n".join(fitting) + "\n")
        return len(sections) - len(fitting)

    def annotate(self, level: str, title: str, message: str) -> None:
        """Show an annotation; *level* is notice, warning or error. After ten of a level no more are sent."""
        self._said[level] = self._said.get(level, 0) + 1
        if self._said[level] <= ANNOTATIONS:
            self._command(level, message, title=title)

    def mask(self, secret: str) -> None:
        """Ask the runner to hide *secret* in the log, each of its lines by itself."""
        for line in secret.splitlines():
            if line.strip():
                self._command("add-mask", line)

    @contextmanager
    def group(self, title: str) -> Iterator[None]:
        """Fold what is logged meanwhile under *title*."""
        self._command("group", title)
        try:
            yield
        finally:
            self._command("endgroup", "")

    def _command(self, name: str, value: str, **properties: str) -> None:
        written = ",".join(f"{key}={_escaped(text, also=':,')}" for key, text in properties.items())
        self.commands.write(f"::{name}{' ' + written if written else ''}::{_escaped(value)}\n")
        self.commands.flush()


def inert_stream(stream: TextIO) -> TextIO:
    """A text stream onto *stream* on which no line can be read as a command by the runner."""
    lines = io.BufferedWriter(_InertLines(stream.buffer))
    return io.TextIOWrapper(lines, encoding="utf-8", errors="replace", line_buffering=True)


def inert_line(line: str) -> str:
    """*line* so that the runner finds no command in it, still readable."""
    return ("| " if line.lstrip().startswith("::") else "") + line.replace("##[", "## [")


class _InertLines(io.RawIOBase):
    """Passes on whole lines only, each made inert: a command must not come together out of two writes."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        *lines, self._rest = re.split(rb"\r\n|\r|\n", self._rest + bytes(data))
        for line in lines:
            self._pass_on(line)
        self._target.flush()
        return len(data)

    def close(self) -> None:
        if self._rest:
            self._pass_on(self._rest)
            self._rest = b""
        super().close()

    def _pass_on(self, line: bytes) -> None:
        self._target.write(inert_line(line.decode(errors="replace")).encode() + b"\n")


def _entry(name: str, value: str) -> str:
    size = len(value.encode(errors="replace"))
    if size > OUTPUT_BYTES:
        raise ValueError(f"the output {name} has {size} bytes, more than {OUTPUT_BYTES}")
    delimiter = f"rat-{secrets.token_hex(16)}"
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"


def _escaped(text: str, *, also: str = "") -> str:
    """As @actions/core escapes data and, with *also*, properties of a command."""
    for letter in "%\r\n" + also:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
