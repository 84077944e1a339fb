"""A scenario proposed from recorded orders: what they show is fitted, what they do not show is said to be assumed."""
