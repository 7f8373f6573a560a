"""Where tickets come from: what a ticket's name means, and the trackers that RAT can talk to, a module each.

Their modules are imported where one is opened (`rat/connect.py`): the SDKs are slow to load.
"""

from rat.trackers.refs import parse_ref

__all__ = ["parse_ref"]
