"""Errors in two families: ours (the service is at fault) and theirs (the caller is).

All data is positional to `super().__init__`, because SimPy rebuilds a failed process's exception from `args`.
"""

from __future__ import annotations


class ServiceFault(Exception):
    """Ours: the service met a situation that its own code should have excluded."""


class CallerError(Exception):
    """Theirs: the caller asked for something that is not allowed. Nothing has changed."""


class FieldError(CallerError):
    """A field holds something that is not allowed. Data: field, value, what is allowed."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(field, value, allowed)
        self.field, self.value, self.allowed = field, value, allowed

    def __str__(self) -> str:
        return f"{self.field}: {self.value!r} is not allowed; allowed: {self.allowed}"


class IntakeError(FieldError):
    """A work order that cannot be accepted as written."""


class RegistrationError(FieldError):
    """An operator that cannot be registered as written."""


class PolicyError(FieldError):
    """A reading that does not exist or a value that it cannot take."""


class OrderCodeTaken(IntakeError):
    """An operator hands in an order under a code that an order of its own has. Data: the code, the operator."""

    def __init__(self, order: str, operator: str) -> None:
        super().__init__("order", order, f"a code that was not used before by {operator}")
        self.args = order, operator


class UnknownOrder(CallerError):
    """No order has that code, or none of that operator. Data: the code, the operator if one was named."""

    def __init__(self, order: str, operator: str | None = None) -> None:
        super().__init__(order, operator)
        self.order, self.operator = order, operator

    def __str__(self) -> str:
        owner = f" of {self.operator}" if self.operator else ""
        return f"order {self.order!r}{owner} is not known; allowed: the code of an order received before"


class AmbiguousOrder(FieldError):
    """Several operators have an order of that code, and none of them was named. Data: the code, the operators."""

    def __init__(self, order: str, operators: tuple[str, ...]) -> None:
        super().__init__("operator", None, " or ".join(operators))
        self.args = order, operators
        self.order, self.operators = order, operators

    def __str__(self) -> str:
        advice = f"say whose: operator {self.allowed} (--operator {self.operators[0]})"
        return f"order {self.order!r} is a code of {' and '.join(self.operators)}; allowed: {advice}"


class IllegalEvent(CallerError):
    """An event that cannot happen to an order in its state. Data: event, order, state."""

    def __init__(self, event: str, order: str, state: str) -> None:
        super().__init__(event, order, state)
        self.event, self.order, self.state = event, order, state

    def __str__(self) -> str:
        return f"order {self.order}: {self.event} cannot happen in state {self.state}; nothing changed"


class AgentRejected(CallerError):
    """The Virtual Agent refuses an act. Data: reason and act, in the words of the trace."""

    def __init__(self, reason: str, act: str) -> None:
        super().__init__(reason, act)
        self.reason, self.act = reason, act

    def __str__(self) -> str:
        return f"{self.act} refused: {self.reason}"
