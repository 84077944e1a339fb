"""Violations planted into the trace of a real run: each must fail its rule and be named."""
