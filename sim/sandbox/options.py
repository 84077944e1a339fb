"""The options of a sandbox: one table, read from the command line, the environment and a TOML file, in that order.

`--notify-timeout` is `APPUNTAMENTO_NOTIFY_TIMEOUT` and, in the file that `--config` names, `notify-timeout = 5`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from reference_impl.civil_time import parse_instant
from reference_impl.errors import FieldError
from sim.command_line import LAST_PORT, PORT, check_effective
from sim.sandbox.world.clock_words import ClockError, factor_of
from sim.sandbox.world.spec import UNDER_TEST

PREFIX = "APPUNTAMENTO_"
DEFAULT_START = "2026-03-03T08:00"
Value = TypeVar("Value")


class OptionError(FieldError):
    """An option that cannot be used. Data: where it was said, its value, what is allowed."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a sandbox is started with. Ports: 0 = any free one. `data` None = a temporary folder."""

    host: str = "127.0.0.1"
    port: int = 8020
    sftp_port: int = 8022
    smpp_port: int = 8025
    smpp: bool = False
    data: Path | None = None
    start: str = DEFAULT_START
    seed: int = 0
    profile: str = "default"
    clock: str | None = None
    under_test: str = "service"
    world: tuple[str, ...] = ()
    operator: tuple[str, ...] = ("ALFA", "BETA")
    notify: tuple[str, ...] = ()
    notify_timeout: float = 10.0
    private_addresses: bool = False
    allowed_host: tuple[str, ...] = ()
    rate: int = 2000
    schemas: Path | None = None
    json: bool = False

    @property
    def start_instant(self) -> int:
        """`start` as an instant."""
        return parse_instant(self.start)


@dataclass(frozen=True, slots=True)
class Option:
    """One option: how its text is read, what it is for, and what is allowed."""

    name: str
    read: Callable[[str], Any]
    about: str
    metavar: str = ""
    many: bool = False
    allowed: str = ""

    @property
    def flag(self) -> str:
        """As on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """As in the environment."""
        return PREFIX + self.name.upper()


def _checked(read: Callable[[str], Value], is_allowed: Callable[[Value], object]) -> Callable[[str], Value]:
    """A function that reads a value from a text, and raises ValueError if the value is not allowed."""

    def read_checked(text: str) -> Value:
        value = read(text)
        if not is_allowed(value):
            raise ValueError(text)
        return value

    return read_checked


def _switch(text: str) -> bool:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def _start(text: str) -> str:
    parse_instant(text)
    return text


def _clock(text: str) -> str:
    factor_of(text)
    return text


_port = _checked(int, lambda number: 0 <= number <= LAST_PORT)
_side = _checked(str, UNDER_TEST.__contains__)
_seconds = _checked(float, lambda seconds: 0 < seconds <= 300)
_positive = _checked(int, lambda number: number > 0)
_endpoint = _checked(str, lambda text: all(text.partition("=")))  # a name, the sign and a URL

PORT_OPTIONS = {"http": "--port", "sftp": "--sftp-port", "smpp": "--smpp-port"}  # each wire, and what moves it
SWITCH = "true or false"
TABLE: tuple[Option, ...] = (
    Option("host", str, "address to listen on; beyond loopback the test controls ask for a token", "ADDRESS"),
    Option("port", _port, "port of the pages and the HTTP interfaces", "N", allowed=PORT),
    Option("sftp_port", _port, "port of the SFTP site", "N", allowed=PORT),
    Option("smpp", _switch, "take the SMS of a system under test by SMPP 3.4", allowed=SWITCH),
    Option("smpp_port", _port, "port of the message centre", "N", allowed=PORT),
    Option("data", Path, "folder that keeps the worlds (default: a temporary one)", "DIR"),
    Option("start", _start, "simulated time at which the world begins", "T", allowed="an instant"),
    Option("seed", int, "seed of everything that is drawn", "N", allowed="a whole number"),
    Option("profile", str, "readings of the world: default, literal or a TOML file", "P"),
    Option("clock", _clock, "manual, real or xN", "PACE", allowed="manual, real, or x and a whole number such as x60"),
    Option("under_test", _side, "whose system is judged: service or operator", "SIDE", allowed="service or operator"),
    Option("world", str, "one more world of that name", "NAME", many=True),
    Option("operator", str, "an operator to register in each new world (default: ALFA, BETA)", "NAME", many=True),
    Option("notify", _endpoint, "where an operator takes notifications", "NAME=URL", many=True, allowed="NAME=URL"),
    Option("notify_timeout", _seconds, "real seconds to wait for an endpoint", "S", allowed="more than 0, at most 300"),
    Option("private_addresses", _switch, "notify private addresses too", allowed=SWITCH),
    Option("allowed_host", str, "one more Host that requests may name", "HOST", many=True),
    Option("rate", _positive, "requests a second that one address may make", "N", allowed="a whole number from 1"),
    Option("schemas", Path, "folder with your order.xsd and notification.xsd", "DIR"),
    Option("json", _switch, "say addresses and credentials as one JSON line", allowed=SWITCH),
)


def options_from(arguments: Mapping[str, object], environment: Mapping[str, str], config: Path | None) -> Options:
    """The options of a command line, an environment and a file. In `arguments` an option that was not written is None.

    Raises OptionError.
    """
    in_file = _file(config) if config else {}
    values: dict[str, Any] = {}
    for option in TABLE:
        if arguments.get(option.name) is not None:
            values[option.name] = _read_option(option, option.flag, arguments[option.name])
        elif option.variable in environment:
            text = environment[option.variable]
            values[option.name] = _read_option(option, option.variable, text.split(",") if option.many else text)
        elif option.name in in_file:
            values[option.name] = _read_option(
                option, f"{config}, {option.name.replace('_', '-')}", in_file[option.name]
            )
    options = Options(**values)
    if not options.smpp:  # a variable, or a file, may say the port of a wire that is not wanted this time
        check_effective({"--smpp-port": arguments.get("smpp_port")}, "with --smpp")
    return options


def _read_option(option: Option, place: str, value: object) -> object:
    if option.many:
        parts = value if isinstance(value, list | tuple) else [value]
        return tuple(_read_value(option, place, part) for part in parts)
    return _read_value(option, place, value)


def _read_value(option: Option, place: str, value: object) -> object:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    try:
        return option.read(text)
    except (ValueError, KeyError, ClockError) as error:
        raise OptionError(place, value, option.allowed) from error


def _file(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OptionError("--config", str(path), f"a file that can be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise OptionError("--config", str(path), f"a TOML file ({error})") from error
    names = {item.name.replace("_", "-"): item.name for item in fields(Options)}
    for name in table:
        if name not in names:
            raise OptionError(f"{path}, {name}", table[name], "no such option; the options are " + ", ".join(names))
    return {names[name]: value for name, value in table.items()}
