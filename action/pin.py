"""Make the workflows and examples use RAT at a commit: `python action/pin.py COMMIT VERSION`, before a release.

A file cannot name the commit that it is part of, so a release is two commits: the code, then the pin to it, and the tag
stands on the second. The release workflow refuses code that differs between the two.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_USES = re.compile(r"(uses: rat-refine/rat(?:/[\w./-]+)?)@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def pin(text: str, commit: str, version: str) -> str:
    """*text* with every use of RAT at *commit*, commented with *version*. Raises ValueError."""
    if not re.fullmatch(r"[0-9a-f]{40}", commit) or not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ValueError("give a commit in full and a version such as 1.2.3")
    return _USES.sub(rf"\1@{commit} # v{version}", text)


def main(commit: str, version: str) -> None:
    """Rewrite the files in place."""
    for folder in (ROOT / ".github" / "workflows", ROOT / "examples"):
        for path in sorted(folder.glob("*.yml")):
            path.write_text(pin(path.read_text(encoding="utf-8"), commit, version), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
