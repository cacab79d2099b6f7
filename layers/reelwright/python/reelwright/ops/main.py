"""Parse, find the stage, act with an audit row, print, exit."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from reelwright.adapters.aws.clients import client
from reelwright.adapters.clock import SystemClock
from reelwright.composition.environment import MissingSetting
from reelwright.composition.ops import Toolbox
from reelwright.composition.stage import settings_of
from reelwright.ops.audited import audited
from reelwright.ops.console import ConsoleTelemetry
from reelwright.ops.exits import EXPECTED, Exit, exit_for
from reelwright.ops.groups import everything
from reelwright.ops.parsing import common

MakeToolbox = Callable[[str], Toolbox]


def parser() -> ArgumentParser:
    """The whole command line."""
    made = common(ArgumentParser(prog="reelwright ops", description="Operate a deployed Reelwright."), top=True)
    everything(made.add_subparsers(required=True, metavar="group"))
    return made


def toolbox(stage: str) -> Toolbox:
    """The tools for a stage of the account that boto3's usual settings name."""
    return Toolbox(settings_of(stage, client("cloudformation")), SystemClock(), ConsoleTelemetry())


def main(words: Sequence[str], make: MakeToolbox = toolbox) -> int:
    """Run one command; its exit code, see `exits.Exit`."""
    args = parser().parse_args(list(words))
    try:
        return _run(args, make(args.stage))
    except MissingSetting as missing:
        sys.stderr.write(f"The setting {missing} is missing.\n")
        return Exit.USAGE
    except EXPECTED as error:
        sys.stderr.write(f"{getattr(error, 'detail', '') or f'{type(error).__name__}: {error}'}\n")
        return exit_for(error)


def _run(args: Namespace, box: Toolbox) -> int:
    report = audited(args, box.audit, box.clock, lambda: args.run(box, args))
    sys.stdout.write((report.as_json() if args.json else report.as_text()) + "\n")
    if args.dry_run:
        sys.stderr.write("Dry run: nothing was changed.\n")
    return report.code
