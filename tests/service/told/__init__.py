"""What the service tells: its wires, those who hold a link, and those whom it refuses."""
