"""The instants that the rules give for one order, and for each row of a file of orders."""
