"""Seeing whether it helps: the ledger of runs and decisions, metrics over it, and the report."""
