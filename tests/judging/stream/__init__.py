"""Traces of any length: what is held while they are judged."""
