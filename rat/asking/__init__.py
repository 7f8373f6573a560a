"""Asking the model: who asks for a ticket, what a run shares, replies that are kept, and what may still be spent."""

from rat.asking.asker import Asker, open_asking
from rat.asking.daybook import DayBook
from rat.asking.session import Session, open_session, unpriced, warn_of_loose_budgets

__all__ = ["Asker", "DayBook", "Session", "open_asking", "open_session", "unpriced", "warn_of_loose_budgets"]
