"""The life of an order: the table of its transitions, the effects that they want, and what the effects are made of.

Nothing here performs an effect: `service` does. Nothing here knows links, files or messages.
"""
