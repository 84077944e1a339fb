"""Scenarios fitted to recorded orders."""
