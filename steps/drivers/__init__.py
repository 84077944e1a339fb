"""How the steps reach a system under test: the verbs they need, and who serves them."""
