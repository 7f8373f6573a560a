"""Reads a text that RAT wrote back into the document that it was written from, or not at all."""

from rat.ports import Dialect
from rat.publishing.dialect import same_text, write
from rat.publishing.document import Block, Document
from rat.publishing.read_adf import read_adf
from rat.publishing.read_markdown import read_markdown
from rat.publishing.read_wiki import read_wiki
from rat.publishing.sections import sectioned


def read(text: str, dialect: Dialect) -> Document | None:
    """The document that *text* says, its sections by name; None where it is not what a writer of RAT makes.

    What was read is written again and compared, so that a wrong reading is never taken for a right one. The parts may
    be cut otherwise than they were: what counts is that they are written as the same text.
    """
    blocks = _blocks(text.replace("\r\n", "\n"), dialect)
    if blocks is None:
        return None
    document = Document(sectioned(blocks))
    return document if same_text(write(document, dialect), text, dialect) else None


def _blocks(text: str, dialect: Dialect) -> tuple[Block, ...] | None:
    match dialect:
        case Dialect.MARKDOWN:
            return read_markdown(text)
        case Dialect.ADF:
            return read_adf(text)
        case Dialect.WIKI:
            return read_wiki(text)
