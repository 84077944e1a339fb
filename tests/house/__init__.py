"""Tests of the house itself: its arrows, its features, its front door."""
