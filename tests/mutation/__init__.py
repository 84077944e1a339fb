"""Mutation testing of the judge and of the reference: `make mutants`."""
