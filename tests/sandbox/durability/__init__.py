"""Tests of what outlives the process: the store, the vault of the keys, a sandbox that dies at any command."""
