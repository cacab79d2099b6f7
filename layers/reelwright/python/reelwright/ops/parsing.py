"""Pieces of the parser that commands share."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.times import month_bounds
from reelwright.ops.report import Report
from reelwright.use_cases.ops.changes import Hand

Run = Callable[[Toolbox, Namespace], Report]


def common(parser: ArgumentParser, *, top: bool = False) -> ArgumentParser:
    """Give a parser the options of every command; they may stand before or behind the command."""

    def default(value: object) -> Any:
        return value if top else SUPPRESS

    parser.add_argument("--stage", default=default("dev"), help="the deployment to work on (default: dev)")
    parser.add_argument("--dry-run", action="store_true", default=default(value=False), help="change nothing")
    parser.add_argument("--json", action="store_true", default=default(value=False), help="print JSON")
    parser.add_argument("--as", dest="who", default=default(""), help="who you are, for the audit (default: the user)")
    return parser


class Group:
    """Commands under one word."""

    def __init__(self, commands: Any, name: str, what: str) -> None:
        self._name = name
        self._commands = commands.add_parser(name, help=what, description=what).add_subparsers(
            required=True, metavar="command"
        )

    def add(self, name: str, run: Run, what: str) -> ArgumentParser:
        """A command; the parser, for its own arguments."""
        parser = common(self._commands.add_parser(name, help=what, description=what))
        parser.set_defaults(run=run, command=f"{self._name} {name}")
        return parser


def hand(args: Namespace) -> Hand:
    """The hand that the command works with."""
    return Hand(dry=args.dry_run)


def units(text: str) -> Decimal:
    """An amount of video units, 0 or more."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ArgumentTypeError("a decimal number of units") from None
    if not amount.is_finite() or amount < 0:
        raise ArgumentTypeError("a decimal number of units, 0 or more")
    return amount


def number_or_default(text: str) -> int | None:
    """A number, or the word `default` for None."""
    if text == "default":
        return None
    if not text.isdecimal():
        raise ArgumentTypeError("a number of 0 or more, or the word default")
    return int(text)


def hours(text: str) -> int:
    """A number of hours, 0 or more."""
    if not text.isdecimal():
        raise ArgumentTypeError("a number of hours, 0 or more")
    return int(text)


def month_text(text: str) -> str:
    """A month as yyyy-mm."""
    try:
        month_bounds(text)
    except ValueError:
        raise ArgumentTypeError("a month as yyyy-mm") from None
    return text
