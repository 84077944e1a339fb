"""The suite put to the test: wrong systems that must be caught, lawful strangers that must not be accused."""
