"""One order at a time, and one thing changed in its life: tables by family of rules."""
