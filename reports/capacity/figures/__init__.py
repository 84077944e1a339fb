"""The figures of the capacity page, a file each."""
