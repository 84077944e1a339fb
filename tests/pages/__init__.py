"""Tests of the conformance report."""
