"""Drives a system under test with the Gherkin features: drivers, step definitions, the run."""
