"""Deciding what undeclared readings leave open, when a whole trace has been judged."""
