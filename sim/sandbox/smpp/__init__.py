"""The SMPP wire: a message centre that takes SMS and gives delivery receipts."""
