"""The footer: what made this comment, from what, and how to be rid of it."""

from rat.model import RunReport
from rat.publishing.document import Code, Content, Inline, Text
from rat.publishing.site import Site

OPT_OUT_LABEL = "rat:off"
MODEL_LIMIT = 80


def small_print(report: RunReport, site: Site) -> Content:
    """The footer of a refinement: run, model, commit, input hash, citation counts, the way out."""
    return origin(
        site,
        head=report.head,
        model=report.model if report.mode == "model" else "",
        input_hash=report.input_hash,
        citations=report.refinement.citations.cited,
    )


def origin(site: Site, *, head: str, model: str, input_hash: str = "", citations: int = 0) -> Content:
    """The footer from its parts; a part that is not known is left out."""
    parts: list[tuple[Inline, ...]] = [(Text("RAT "), run) if (run := site.run()) else (Text("RAT"),)]
    parts.append((Text("model "), Code(model[:MODEL_LIMIT])) if model else (Text("no model"),))
    if head:
        parts.append((Text("commit "), site.commit(head)))
    if input_hash:
        parts.append((Text("input "), Code(input_hash)))
    if citations:
        parts.append((Text(f"{citations} citations checked"),))
    parts.append((Text("edits nothing else unasked; label "), Code(OPT_OUT_LABEL), Text(" stops it")))
    return _joined(parts)


def reply_origin(site: Site) -> Content:
    """The footer of an answer to a command: the run that gave it, the way to more, the way out."""
    run: tuple[Inline, ...] = (Text("RAT "), link) if (link := site.run()) else (Text("RAT"),)
    more = (Code("/rat help"), Text(" lists the commands; label "), Code(OPT_OUT_LABEL), Text(" keeps RAT away"))
    return _joined([run, more])


def _joined(parts: list[tuple[Inline, ...]]) -> Content:
    return tuple(leaf for part in parts for leaf in (Text(" · "), *part))[1:]
