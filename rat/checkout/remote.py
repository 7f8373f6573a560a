"""What the address of a remote says of where a repository is at home."""

import re

SLUG = re.compile(r"(?:(?!file:)[a-z+]+://[^/]+/|[\w.-]+@[\w.-]+:/?)([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.ASCII)
HOST = re.compile(r"(?:(?!file:)[a-z+]+://(?:[^/@]*@)?|[\w.-]+@)([\w.-]+)", re.ASCII)


def slug_in(address: str) -> str:
    """`owner/repo` of a remote's *address*; empty for a folder and what is no address."""
    found = SLUG.fullmatch(address)
    return found[1] if found else ""


def host_in(address: str) -> str:
    """The host of a remote's *address* in lower case; empty for a folder and what is no address."""
    found = HOST.match(address)
    return found[1].lower() if found else ""
