"""Ids that stand twice, in a trace of any length: of each 64 bits are kept, where a set would take a hundred bytes.

What lives here: finding which of many hashes stand twice. Equal hashes are nearly always equal ids.
"""

from __future__ import annotations

from array import array
from collections import Counter

FEW = 200_000  # are counted without numpy, which takes a tenth of a second to load


def repeated(hashes: array[int]) -> set[int]:
    """The hashes that stand more than once."""
    if len(hashes) <= FEW:
        return {number for number, count in Counter(hashes).items() if count > 1}
    import numpy

    ordered = numpy.sort(numpy.frombuffer(hashes, dtype=numpy.int64))
    return set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
