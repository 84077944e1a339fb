"""What is done in a live world and looked at in it, a subject a module; `live` puts them together."""
