"""Tests of the self test: its mechanism, its tables, a few systems."""
