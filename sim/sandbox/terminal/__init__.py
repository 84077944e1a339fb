"""The commands that speak to a running sandbox: everything that its control room and its HTTP interface can do."""
