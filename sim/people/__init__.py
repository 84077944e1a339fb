"""The people of a world: end customers and call centres."""
