"""The world around the service: simulated time, endpoints, people and faults, all under one SimPy clock."""
