"""The service as it should be: a pure core, effects as data, ports at the edge.

A leaf: it imports nothing of the project's other folders. It reads no clock, draws no random number and does no I/O;
every function receives `now`, an instant in milliseconds since the epoch.
"""
