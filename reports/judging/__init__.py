"""The judge: a trace and a profile in, one verdict per rule out. It shares no code with the service."""
