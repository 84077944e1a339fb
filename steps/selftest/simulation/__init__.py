"""The ordinary mixed simulation that every system of the self test lives through once."""
