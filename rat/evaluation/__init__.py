"""How good refinements are: sets of tickets with what has to be said about them, measured by code and by a judge."""
