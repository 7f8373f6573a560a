"""`/rat` commands in comments: who may give them, and how each is carried out and answered."""

from rat.orders.carry_out import Bench, Result, acknowledge, carry_out
from rat.orders.rules import Ruling, rule

__all__ = ["Bench", "Result", "Ruling", "acknowledge", "carry_out", "rule"]
