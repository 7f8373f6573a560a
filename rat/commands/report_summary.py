"""The report as Markdown, for a job summary or a comment: the same tables as on the page, every cell inert."""

from rat.publishing.document import (
    Block,
    Bullets,
    Content,
    Document,
    Emphasis,
    Folded,
    Heading,
    Item,
    Paragraph,
    Plain,
    Section,
    Strong,
    Table,
    Text,
)
from rat.publishing.markdown import write_markdown
from rat.reporting.report import Report
from rat.reporting.sheets import Sheet, key_figures, sheets

ROWS = 100
"""Rows of a table at most: a summary is read, and the JSON has the rest."""


def markdown_of(report: Report) -> str:
    """*report* as Markdown: figures first, what follows from them, then each table folded."""
    span = f"{report.records} records" + (f", {report.first[:10]} to {report.last[:10]}" if report.first else "")
    figures = tuple(
        ((Text(figure.label),), (Strong(figure.value),), (Text(figure.note),)) for figure in key_figures(report.total)
    )
    said = tuple(Item((Text(sentence),)) for sentence in (*report.said, *report.notes))
    blocks: tuple[Block, ...] = (
        Heading("What refinement brought", level=2),
        Paragraph((Text(span),)),
        Table(("", "", ""), figures),
        Bullets(said),
        *(_folded(sheet) for sheet in sheets(report) if sheet.rows),
    )
    return write_markdown(Document((Section("report", blocks),))).rstrip() + "\n"


def _folded(sheet: Sheet) -> Folded:
    rows: tuple[tuple[Content, ...], ...] = tuple(tuple((Text(cell),) for cell in row) for row in sheet.rows[:ROWS])
    table: Plain = Table(sheet.header, rows, omitted=max(0, len(sheet.rows) - ROWS))
    return Folded(sheet.title, (table, *([Paragraph((Emphasis(sheet.note),))] if sheet.note else [])))
