"""Tests of the judge, on traces that are right and traces that are not."""
