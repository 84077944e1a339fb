"""Guided runs: a person is led through a plan in the control room, act by act, and what happened is judged."""
