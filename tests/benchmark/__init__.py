"""Speed as ratios side by side: the full service and plain models of the same life cycle, in one interleaved run."""
