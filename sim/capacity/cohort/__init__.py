"""The second engine: cohorts as arrays and one ordered loop, equal to the service engine to the last bit."""
