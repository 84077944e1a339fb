"""The ordered loop as machine code: how it is made, kept, loaded, and handed the arrays of a run."""
