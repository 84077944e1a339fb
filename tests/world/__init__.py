"""Tests of the simulated world: clock, ports, people, the model operator."""
