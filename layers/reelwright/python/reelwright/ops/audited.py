"""Every command that is no dry run leaves a row: written before it acts, completed afterwards."""

import getpass
import secrets
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace

from reelwright.ops.report import Report
from reelwright.use_cases.ops.ports import Audit
from reelwright.use_cases.ops.records import AuditRecord
from reelwright.use_cases.ports import Clock

NOT_ARGUMENTS = frozenset({"run", "command", "stage", "json", "dry_run", "who"})


def audited(args: Namespace, audit: Audit, clock: Clock, act: Callable[[], Report]) -> Report:
    """Do it and write down that it was done. When the first row cannot be written, nothing is done."""
    if args.dry_run:
        return act()
    record = AuditRecord(secrets.token_hex(4), clock.now_ms(), who(args), args.command, arguments(args))
    audit.write(record)
    try:
        report = act()
    except Exception as error:
        audit.write(replace(record, outcome=f"failed: {type(error).__name__}"))
        raise
    audit.write(replace(record, outcome="done" if report.code == 0 else f"exit {report.code}"))
    return report


def who(args: Namespace) -> str:
    """Whoever `--as` names, else the user of the operating system."""
    return str(args.who or getpass.getuser())


def arguments(args: Namespace) -> dict[str, str]:
    """What was asked. Secrets are never arguments: they come by environment or prompt."""
    given = {name: value for name, value in vars(args).items() if name not in NOT_ARGUMENTS}
    return {name: str(value) for name, value in given.items() if value not in (None, False, [], "")}
