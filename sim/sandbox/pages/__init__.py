"""The pages for people: the control room and the Virtual Agent."""
