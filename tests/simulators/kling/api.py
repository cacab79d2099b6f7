"""Kling's endpoints on the legacy standard: create, look up, list, and the account's books."""

import itertools
from dataclasses import dataclass, field
from typing import Final

from tests.simulators.kling import billing, lies, views
from tests.simulators.kling.auth import authenticate
from tests.simulators.kling.clock import Clock
from tests.simulators.kling.engine import Engine
from tests.simulators.kling.errors import KlingError, bad_value
from tests.simulators.kling.faults import CALL, LISTING, FaultBook
from tests.simulators.kling.late import LateAccepts
from tests.simulators.kling.misbehaviour import misbehave
from tests.simulators.kling.models import BOTH
from tests.simulators.kling.results import Links
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.validation import read_order
from tests.simulators.kling.wire import Answer, Json, Request, envelope, json_answer, refusal

VIDEOS: Final = "/v1/videos/"
MAX_PAGE, MAX_PAGE_SIZE, USUAL_PAGE_SIZE = 1000, 500, 30


@dataclass
class Api:
    """Answers API calls; `auth_clock` is what tokens are judged by."""

    settings: Settings
    clock: Clock
    auth_clock: Clock
    engine: Engine
    late: LateAccepts
    faults: FaultBook
    links: Links
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def handle(self, request: Request, facts: dict[str, str]) -> tuple[Answer, str]:
        """Return the answer to a call and the fault that bent it, if any."""
        rule = self.faults.first([CALL], facts)
        if rule is None:
            return self._genuine(request), ""
        try:
            return misbehave(rule, lambda: self._genuine(request), lambda args: self._defer(request, args)), rule.fault
        except KlingError as error:
            return refusal(self._request_id(), error), rule.fault

    def _genuine(self, request: Request) -> Answer:
        try:
            return json_answer(200, envelope(self._request_id(), self._data(request)))
        except KlingError as error:
            return refusal(self._request_id(), error)

    def _data(self, request: Request) -> object:
        """Perform the call and return the `data` of its answer."""
        account = self._account(request)
        if request.path.startswith(VIDEOS):
            return self._video(request, account)
        if request.path == "/account/costs":
            self._method(request, "GET")
            self.engine.limits.check_costs_rate(account, self.clock.now_ms())
            return billing.costs(self.engine.ledger, account, self.engine.limits.concurrency)
        if request.path == "/account/billing/package":
            self._method(request, "POST")
            return billing.package(self.engine.ledger, account, request.json())
        raise KlingError(1203, "No such path")

    def _video(self, request: Request, account: str) -> object:
        product, _, wanted = request.path.removeprefix(VIDEOS).partition("/")
        if product not in BOTH:
            raise KlingError(1203, "No such path")
        if request.method == "POST" and not wanted:
            return self._create(request, account, product)
        self._method(request, "GET")
        return self._look_up(account, product, wanted) if wanted else self._list(request, account, product)

    def _create(self, request: Request, account: str, product: str) -> Json:
        order = read_order(product, request.json())
        self.engine.check(account, order)
        return views.created(self.engine.create(account, order, self.clock.now_ms()))

    def _defer(self, request: Request, args: Json) -> None:
        """Accept a create that will happen later."""
        order = read_order(request.path.removeprefix(VIDEOS), request.json())
        self.late.defer(self._account(request), order, args, self.clock.now_ms())

    def _look_up(self, account: str, product: str, wanted: str) -> Json:
        now_ms = self.clock.now_ms()
        try:
            task = self.engine.store.get(account, product, wanted)
        except KlingError:
            self.late.missed(account, wanted, now_ms)
            raise
        return lies.bend(self.faults, task, wanted, views.looked_up(task, self.links, now_ms))

    def _list(self, request: Request, account: str, product: str) -> list[Json]:
        page = _number(request, "pageNum", 1, MAX_PAGE)
        size = _number(request, "pageSize", USUAL_PAGE_SIZE, MAX_PAGE_SIZE)
        tasks = self.engine.store.of(account, product)[(page - 1) * size : page * size]
        shown = [task for task in tasks if not self.faults.first([LISTING], task.facts() | {"method": "GET"})]
        return [views.looked_up(task, self.links, self.clock.now_ms()) for task in shown]

    def _account(self, request: Request) -> str:
        """Return who calls, within the request rate."""
        header, known = request.headers.get("authorization", ""), self.settings
        account = authenticate(header, known.accounts, known.api_keys, self.auth_clock.now_ms())
        self.engine.limits.check_rate(account, self.clock.now_ms())
        return account

    def _method(self, request: Request, allowed: str) -> None:
        if request.method != allowed:
            raise KlingError(1202)

    def _request_id(self) -> str:
        return f"sim-{next(self._ids):012d}"


def _number(request: Request, name: str, usual: int, most: int) -> int:
    value = request.query.get(name, str(usual))
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise bad_value(f"{name} must be between 1 and {most}")
    return int(value)
