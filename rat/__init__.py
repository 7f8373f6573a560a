"""RAT, the Refinement Agent Team: a raw ticket in, a checked refinement out."""

__version__ = "0.1.0"
