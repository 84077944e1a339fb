"""Tests of the validation of operators."""
