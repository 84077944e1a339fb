"""Tests of the live sandbox."""
