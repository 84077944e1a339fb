"""The planner's page in the browser: a scenario, a few sliders, before and after side by side."""
