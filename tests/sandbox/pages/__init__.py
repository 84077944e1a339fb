"""Tests of the sandbox's pages, in a browser where it matters."""
