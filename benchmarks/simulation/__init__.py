"""A day of many teams in virtual time: RAT itself against servers that enforce the platforms' limits."""
