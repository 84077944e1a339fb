"""Readings that nobody declared: what is asked, what is inferred."""
