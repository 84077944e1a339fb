"""Hearing a trace: every rule on its events, its orders and its worlds, as their turn comes."""
