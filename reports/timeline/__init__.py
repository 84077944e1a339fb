"""The one drawing of an order's life: marks, scale, SVG and characters."""
