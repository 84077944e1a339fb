"""Tests of the sandbox's SFTP and SMPP wires, and of slow sockets."""
