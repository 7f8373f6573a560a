"""Replies that were paid for, kept by the hash of their prompt, so that a run that was cut off never pays twice."""

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from rat.ports import Prompt
from rat.redaction import redact

log = logging.getLogger("rat")


class Answers:
    """The usable replies under *folder*, one file each; with no folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        """The reply that was kept for *key*, None where there is none that can be read."""
        if self._folder is None:
            return None
        try:
            return (self._folder / f"{key}.txt").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, reply: str) -> None:
        """Keep *reply*, secrets redacted. A disk that refuses costs a warning only: the reply itself is in hand."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as part:
                part.write(redact(reply)[0])
            Path(name).replace(self._folder / f"{key}.txt")
        except OSError as problem:
            log.warning(
                "The model's reply could not be kept in %s (%s); a resumed run asks again.", self._folder, problem
            )


def key_of(prompt: Prompt, *, model: str, endpoint: str) -> str:
    """The name that a reply is kept under: SHA-256 (hex) over everything that decides it."""
    parts = [endpoint, model, prompt.agent, prompt.system, prompt.user, prompt.schema]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
