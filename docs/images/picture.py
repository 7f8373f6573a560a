"""Makes `before-and-after.webp`, the README's picture: a ticket as it came, and RAT's comment on it.

    python -m docs.images.picture

The ticket is FERRY-35 of evaluation/tickets.jsonl, the code the made-up ferry company's; RAT runs on them as anybody
can (`rat refine`, no model). Its Markdown is rendered as GitHub does and photographed in a Chromium.
"""

import json
import sys
import tempfile
from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options

from rat import refine, to_markdown
from rat.checkout.building import build_repository
from tests.stand_ins.browser import chromium, run_browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TICKET = "FERRY-35"
DOTS = {"🟢": "#2da44e", "🟡": "#bf8700", "🔴": "#cf222e", "⚪": "#afb8c1"}
"""Not every machine has a font for these."""
STYLE = """
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 13px/1.5 Arial, sans-serif; }
main { display: grid; grid-template-columns: 400px 1fr; gap: 20px; align-items: start; width: 1240px; }
h1 { margin: 0 0 8px; font-size: 15px; color: #59636e; font-weight: 600; }
article { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
header { padding: 8px 14px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e; }
header b { color: #1f2328; }
section { padding: 4px 14px 10px; }
h2, h3, h4 { margin: 12px 0 6px; line-height: 1.25; }
h2 { font-size: 18px; } h3 { font-size: 15px; } h4 { font-size: 13px; }
p, ul, ol { margin: 6px 0; } ol, ul { padding-left: 22px; }
code { background: #eff1f3; border-radius: 4px; padding: 1px 4px; font: 11.5px "Liberation Mono", monospace; }
pre { background: #f6f8fa; border-radius: 6px; padding: 10px; overflow: hidden; white-space: pre-wrap; }
pre code { background: none; padding: 0; font-size: 11px; }
table { border-collapse: collapse; font-size: 12px; }
th, td { border: 1px solid #d1d9e0; padding: 4px 8px; text-align: left; vertical-align: top; }
td:first-child code { white-space: nowrap; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; vertical-align: -0.5px; }
hr { border: 0; border-top: 2px solid #d1d9e0; } sub { color: #59636e; vertical-align: baseline; }
"""


def page() -> str:
    """The picture as HTML."""
    with tempfile.TemporaryDirectory() as folder:
        ticket, comment = _refined(Path(folder))
    title, body = ticket["title"], _html(ticket["body"])
    left = f"<article><header><b>{title}</b></header><section>{body}</section></article>"
    right = f"<article><header><b>rat</b> commented</header><section>{_html(comment)}</section></article>"
    columns = (
        f"<div><h1>Before: the ticket</h1>{left}</div><div><h1>After: the comment of RAT, no model</h1>{right}</div>"
    )
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><main>{columns}</main>'


def _refined(folder: Path) -> tuple[dict[str, str], str]:
    lines = (ROOT / "evaluation/tickets.jsonl").read_text(encoding="utf-8").splitlines()
    case = next(one for line in lines if (one := json.loads(line))["id"] == TICKET)
    ticket = {key: case[key] for key in ("id", "title", "body")}
    file, repo = folder / "ticket.json", folder / "ferry"
    file.write_text(json.dumps(ticket), encoding="utf-8")
    repo.mkdir()
    build_repository(tuple(sorted((ROOT / "evaluation/ferry").glob("*.patch"))), repo)
    (report,) = refine(str(file), repo=repo, model="none")
    return ticket, to_markdown(report)


def _html(markdown: str) -> str:
    html: str = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    for dot, color in DOTS.items():
        html = html.replace(dot, f'<i class="dot" style="background: {color}"></i>')
    return html


def main() -> None:
    """Write the picture, or say that there is no Chromium."""
    program = chromium()
    if program is None:
        sys.exit("No Chromium was found. Install it, or leave the picture as it is.")
    with tempfile.TemporaryDirectory() as folder, run_browser(program) as browser:
        file = Path(folder) / "page.html"
        file.write_text(page(), encoding="utf-8")
        browser.open(file, width=1280, height=600, scale=2)
        browser.screenshot(HERE / "before-and-after.webp")


if __name__ == "__main__":
    main()
