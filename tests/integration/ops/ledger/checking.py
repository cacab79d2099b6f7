"""The ledger's check as an operator runs it, and the amounts of a row."""

from reelwright.use_cases.ops.differences import Difference
from tests.integration.ops.office import MONTH, Office


def number(value: str) -> dict[str, str]:
    return {"N": value}


def checked(office: Office) -> tuple[Difference, ...]:
    return office.box.ledger.check(MONTH)


def with_kling(office: Office) -> dict[str, tuple[str, str, str]]:
    found = office.box.ledger.check_with_kling(MONTH)
    return {one.kind: (one.subject, one.expected, one.found) for one in found}
