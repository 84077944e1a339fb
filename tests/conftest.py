"""What all tests share: hypothesis runs the same examples everywhere and is not judged by the clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("reproducible", derandomize=True, deadline=None, database=None)
settings.load_profile("reproducible")
