"""Kling's own books: packs and the ledger of deductions (Kling API contract, account and billing)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.errors import NO_KEYS, STRANGE, look_up_error
from reelwright.adapters.kling.strict_json import text
from reelwright.adapters.kling.tokens import NoKeys
from reelwright.adapters.kling.transport import TransportFailure
from reelwright.domain.provider_errors import LookUpFailed
from reelwright.use_cases.ops.kling_books import Deduction, Pack

Json = Mapping[str, object]
PAGE: Final = 500
"""The contract's largest `limit`."""


@dataclass(frozen=True, slots=True)
class KlingBilling:
    """Implements `use_cases.ops.ports.Billing` for one account. Both calls are free."""

    client: Client

    def packs(self, start_ms: int, end_ms: int) -> tuple[Pack, ...]:
        """See `Billing.packs`; Kling allows one such call a second."""
        inner = self._call("GET", f"/account/costs?start_time={start_ms}&end_time={end_ms}")
        if inner.get("code") != 0:
            raise LookUpFailed("Kling did not tell its packs", code=text(inner.get("code"), 16))
        return tuple(_pack(row) for row in _rows(inner, "resource_pack_subscribe_infos"))

    def deductions(self, start_ms: int, end_ms: int) -> Iterator[Deduction]:
        """See `Billing.deductions`."""
        asked: dict[str, object] = {"start_time": start_ms, "end_time": end_ms, "limit": PAGE}
        while asked:
            page = self._call("POST", "/account/billing/package", asked)
            yield from map(_deduction, _rows(page, "result"))
            cursor = text(page.get("next_cursor"))
            asked = {"cursor": cursor, "limit": PAGE} if cursor and page.get("has_more") is not False else {}

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        try:
            status, envelope = self.client.call(method, path, body)
        except NoKeys:
            raise LookUpFailed("There are no keys of the Kling account", code=NO_KEYS) from None
        except TransportFailure as error:
            raise LookUpFailed(f"No answer from Kling: {error}") from None
        if envelope is not None and envelope.ok:
            return envelope.data
        raise look_up_error(status, envelope) or LookUpFailed("Kling knows no such account page")


def _rows(data: Json, name: str) -> Iterator[Json]:
    rows = data.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LookUpFailed(f"Kling's answer has no list {name!r}", code=STRANGE)
    return iter(rows)


def _pack(row: Json) -> Pack:
    ends = row.get("invalid_time")
    return Pack(
        name=text(row.get("resource_pack_name")),
        kind=text(row.get("resource_pack_type")),
        total=_units(row.get("total_quantity")),
        left=_units(row.get("remaining_quantity")),
        status=text(row.get("status")),
        invalid_ms=ends if isinstance(ends, int) else None,
    )


def _deduction(row: Json) -> Deduction:
    return Deduction(
        task_id=text(row.get("task_id")),
        units=_units(row.get("deduction_amount")),
        at_ms=_epoch_ms(row.get("deduction_time")),
        model=text(row.get("model_name")),
    )


def _epoch_ms(value: object) -> int | None:
    """Epoch milliseconds as a number or its digits; None for whatever else stands there."""
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else None


def _units(value: object) -> Decimal:
    """An amount, whichever way it is written. Raises LookUpFailed: a guess about money is worth nothing."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise LookUpFailed("Kling's books hold an amount that is no number", code=STRANGE)
    try:
        return Decimal(value)
    except InvalidOperation:
        raise LookUpFailed("Kling's books hold an amount that is no number", code=STRANGE) from None
