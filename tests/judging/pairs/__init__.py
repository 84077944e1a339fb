"""Wrong things and their lawful neighbours: tables of pairs, and the tests that try them."""
