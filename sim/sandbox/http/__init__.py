"""The HTTP wire: the interfaces for operators, test controls and the Virtual Agent, and the limits around them."""
