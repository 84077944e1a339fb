"""`python -m tests.benchmark.twins`: *small town* here, in Ciw and in salabim. Exit status 1 where they differ."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tests.benchmark.twins.side_by_side import beside, small_town

TWINS = {"ciw_town": "Ciw", "salabim_town": "salabim"}


def main() -> bool:
    """All twins; whether every indicator agrees."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.twins", description=__doc__)
    parser.add_argument("--replications", type=int, default=40, help="of each (default: 40)")
    options = parser.parse_args()
    values_here = small_town(options.replications)
    agree = True
    for module, title in TWINS.items():
        print(f"{title:<24}{'here':>10}{'±':>9}{'twin':>10}{'±':>9}")
        for item in beside(values_here, import_module(f"tests.benchmark.twins.{module}").run, options.replications):
            ends = "".join(f"{bounds.mean:>10.3f}{bounds.half_width:>9.3f}" for bounds in (item.here, item.twin))
            print(f"  {item.name:<22}{ends}  {'agrees' if item.agrees else 'DIFFERS'}")
            agree = agree and item.agrees
    return agree


if __name__ == "__main__":
    sys.exit(not main())
