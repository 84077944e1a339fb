"""The step definitions: the only translator from the Italian of the features."""
