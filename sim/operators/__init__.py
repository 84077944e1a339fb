"""A model operator, and operator code run in process under simulated time."""
