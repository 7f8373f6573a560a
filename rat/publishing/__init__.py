"""Everything that RAT sends: composed, made inert, written in the tracker's dialect, upserted, read back, journaled."""
