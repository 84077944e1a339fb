"""What a planner asks: a run, a sweep, a plan, a comparison."""
