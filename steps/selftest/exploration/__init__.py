"""The whole space: every sequence of acts and instants up to a depth, and every trace of it judged."""
