"""What queueing theory knows: the mean wait in an M/M/c queue."""

from __future__ import annotations


def erlang_c_wait(rate: float, service: float, servers: int) -> float:
    """The mean wait in an M/M/c queue, by Erlang's formula; `rate` and 1/`service` in the same unit of time."""
    load = rate * service
    term, total = 1.0, 1.0
    for number in range(1, servers):
        term *= load / number
        total += term
    last = term * load / servers * servers / (servers - load)
    return last / (total + last) * service / (servers - load)
