"""Speed, as ratios side by side: the full service against plain models of the same life cycle, in one interleaved run."""
