"""Tests of what a capacity run explains: lead times, weeks, costs, spreadsheets."""
