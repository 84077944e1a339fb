"""Tests of the capacity simulator and its pages."""
