"""The report of a capacity run: its folder read, its figures drawn, its page rendered."""
