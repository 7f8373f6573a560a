"""RAT, the Refinement Agent Team: a raw ticket in, a checked refinement out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rat.api import measure, refine, to_json, to_markdown
    from rat.errors import RatError
    from rat.model.access import Access
    from rat.model.refinement import RunReport
    from rat.reporting.report import Report

__version__ = "0.1.0"

__all__ = [
    "Access",
    "RatError",
    "Report",
    "RunReport",
    "__version__",
    "measure",
    "refine",
    "to_json",
    "to_markdown",
]
"""What is public (docs/python-api.md)."""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A public name, imported when it is first asked for (PEP 562): `rat --help` needs none of them."""
        import importlib

        homes = {
            "Access": "rat.model.access",
            "RatError": "rat.errors",
            "Report": "rat.reporting.report",
            "RunReport": "rat.model.refinement",
        }
        if name not in __all__:
            raise AttributeError(f"module 'rat' has no attribute {name!r}")
        return getattr(importlib.import_module(homes.get(name, "rat.api")), name)
