"""The two engines of capacity runs, against each other and alone."""
