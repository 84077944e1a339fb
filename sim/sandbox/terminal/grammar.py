"""How a command of this family is written: a noun, a verb, arguments; and how it is run.

A noun without a verb does its first one. The table in `commands` lists the commands; this module only parses them, asks
the sandbox and prints its answers.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from reports.judging.exit_status import BAD_INPUT, CONFORMANT
from sim.command_line import whole_number_from
from sim.sandbox.terminal.client import DEFAULT_URL, TOKEN_VARIABLE, URL_VARIABLE, Answer, Client

DONE = CONFORMANT
ENDINGS = f"exit status: {DONE} done, {BAD_INPUT} not possible: one line says why"
OF_A_SANDBOX = "running sandbox: "
SWITCH = argparse.BooleanOptionalAction
SEE = "appuntamento {noun} VERB --help says more of each."
Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or with `option` false an argument with its place on the line. `name` is its name in HTTP.

    What was not said is None, or the default.
    """

    name: str
    about: str
    metavar: str | None = None
    option: bool = True
    required: bool = True  # of a place
    choices: Sequence[str] | None = None
    default: Any = None
    read: Callable[[str], Any] = str
    action: str | type[argparse.Action] = "store"
    flag: str | None = None  # of an option that is not written as HTTP calls it

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Add the argument to a parser."""
        settings: dict[str, Any] = {"help": self.about, "default": self.default}
        if self.action in ("store", "append"):
            settings |= {"metavar": self.metavar or self.name.upper(), "choices": self.choices, "type": self.read}
        if self.option:
            flag = self.flag or f"--{self.name.replace('_', '-')}"
            parser.add_argument(flag, dest=self.name, action=self.action, **settings)
        else:
            nargs = "*" if self.action == "append" else None if self.required else "?"
            parser.add_argument(self.name, nargs=nargs, **settings)

    @property
    def place(self) -> str:
        """How the help shows an argument that has its place on the line."""
        name = self.metavar or self.name.upper()
        return f"[{name} …]" if self.action == "append" else name if self.required else f"[{name}]"


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do. `uses` are the operations that it asks, `forms` those of the control room that it stands for.

    The result of `do` is printed as JSON or in the lines of `show`; an iterator is printed part by part as it comes.
    """

    name: str
    about: str
    uses: tuple[str, ...]
    do: Callable[[Client, Inputs], Any]
    show: Callable[[Any], Iterable[str]]
    arguments: tuple[Argument, ...] = ()
    forms: tuple[str, ...] = ()
    status: Callable[[Any], int] = field(default=lambda answer: DONE)
    endings: str = ENDINGS


@dataclass(frozen=True, slots=True)
class Noun:
    """What verbs are about. A noun with one verb without a name is a command by itself."""

    name: str
    about: str
    verbs: tuple[Verb, ...]
    examples: tuple[str, ...]


OF_OPERATOR = Argument("operator", "only of this operator", "NAME")
WHOSE_ORDER = Argument("operator", "whose order, where several operators use the code", "NAME")
COUNT = whole_number_from(0)


def call(
    operation: str, query: Sequence[str] = (), body: Sequence[str] | None = None
) -> Callable[[Client, Inputs], Any]:
    """An act that makes one request; path, query and body come from the inputs, without those that were not said."""

    def ask(client: Client, inputs: Inputs) -> Any:
        content = None if body is None else values_of(inputs, body)
        return client.ask(operation, inputs, query=values_of(inputs, query), body=content)

    return ask


class WordedAnswer(Answer):
    """An answer that is shown in a language."""

    language = "it"


def with_language(do: Callable[[Client, Inputs], Any]) -> Callable[[Client, Inputs], WordedAnswer]:
    """The same act, whose answer knows the language of `--lang`."""

    def ask(client: Client, inputs: Inputs) -> WordedAnswer:
        answer = WordedAnswer(do(client, inputs))
        answer.language = inputs["lang"]
        return answer

    return ask


def values_of(inputs: Inputs, names: Sequence[str]) -> dict[str, Any]:
    """The values of some inputs, without those that were not said."""
    return {name: inputs[name] for name in names if inputs.get(name) is not None}


def add_noun(commands: argparse._SubParsersAction[Any], noun: Noun) -> None:
    """Add a noun and its verbs to the command line."""
    first_verb, *other_verbs = noun.verbs
    if not first_verb.name:
        _complete(
            _add_parser(commands, noun.name, noun.about, _epilog(noun, first_verb), OF_A_SANDBOX), noun, first_verb
        )
        return
    epilog = f"{_examples(noun.examples)}{SEE.format(noun=noun.name)} Without a verb: {first_verb.name}.\n{ENDINGS}"
    parser = _add_parser(commands, noun.name, noun.about, epilog, OF_A_SANDBOX)
    _add_common(parser)
    parser.set_defaults(command=lambda options: _run(noun, first_verb, options))
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    for verb in (first_verb, *other_verbs):
        _complete(_add_parser(verbs, verb.name, verb.about, _epilog(noun, verb)), noun, verb)


def _complete(parser: argparse.ArgumentParser, noun: Noun, verb: Verb) -> None:
    for argument in verb.arguments:
        argument.add_to(parser)
    _add_common(parser)
    parser.usage = " ".join(
        [parser.prog, *(argument.place for argument in verb.arguments if not argument.option), "[options]"]
    )
    parser.set_defaults(command=lambda options: _run(noun, verb, options))


def _add_parser(
    commands: argparse._SubParsersAction[Any], name: str, about: str, epilog: str, prefix: str = ""
) -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=prefix + about, description=f"{about[0].upper()}{about[1:]}.", epilog=epilog, formatter_class=form
    )
    return parser


def _epilog(noun: Noun, verb: Verb) -> str:
    """The end of a verb's help: its examples, its HTTP operations, its exit status."""
    own = [example for example in noun.examples if f"{noun.name} {verb.name}".rstrip() in example]
    return "\n".join([f"{_examples(own)}by HTTP:", *(f"  {operation}" for operation in verb.uses), "", verb.endings])


def _examples(lines: Sequence[str]) -> str:
    return "\n".join(["examples:", *(f"  {line}" for line in lines), "", ""]) if lines else ""


def _add_common(parser: argparse.ArgumentParser) -> None:
    """The options of every command; they may stand before or behind the verb."""
    absent = argparse.SUPPRESS
    parser.add_argument(
        "--url",
        dest="sandbox",
        default=absent,
        metavar="URL",
        help=f"the sandbox (default: {URL_VARIABLE} or {DEFAULT_URL})",
    )
    parser.add_argument("--world", default=absent, metavar="NAME", help="which world (default: default)")
    parser.add_argument("--json", default=absent, action="store_true", help="the answer as it came, for programs")


def _run(noun: Noun, verb: Verb, options: argparse.Namespace) -> int:
    """Ask, print, and give the exit status. Raises CommandError."""
    inputs = {argument.name: getattr(options, argument.name, argument.default) for argument in verb.arguments}
    url = getattr(options, "sandbox", None) or os.environ.get(URL_VARIABLE, "")
    command = f"{noun.name} {verb.name}".rstrip()
    client = Client(command, url, getattr(options, "world", None), os.environ.get(TOKEN_VARIABLE))
    show = _as_json if getattr(options, "json", False) else verb.show
    answer = verb.do(client, inputs)
    if isinstance(answer, Iterator):
        _print_as_it_comes(answer, show)
    else:
        for line in show(answer):
            print(line)
    return verb.status(answer)


def _as_json(answer: Any) -> Iterator[str]:
    yield json.dumps(answer, ensure_ascii=False)


def _print_as_it_comes(answer: Iterator[Any], show: Callable[[Any], Iterable[str]]) -> None:
    """Print an answer to its end, or until the user interrupts it."""
    with suppress(KeyboardInterrupt):
        for part in answer:
            for line in show(part):
                print(line, flush=True)
