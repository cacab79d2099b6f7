"""What customers and Kling do while the pictures' metrics are told: a short day with a rush and some trouble."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from local import aws
from local.api import fetch
from local.demo import ORDER
from local.deployment import Deployment
from local.figures.samples import Samples, Watched
from local.places import LOOPBACK

TENANTS: Final = {"agency": Decimal(1000), "shop": Decimal(1000), "studio": Decimal(18)}
"""The studio's month ends early: its last orders are over budget."""

MODELS: Final = ("kling-v2-6", "kling-v2-6", "kling-v2-5-turbo")
JOBS: Final = 48
CREATE: Final = "/v1/videos/text2video"
REFUSED: Final = "a scene that Kling refuses"
TROUBLE: Final = (
    {"fault": "accept_then_timeout", "match": {"method": "POST", "path": CREATE, "every": 11}, "times": 2},
    {
        "fault": "error_code",
        "match": {"method": "POST", "path": CREATE, "every": 9},
        "times": 3,
        "args": {"code": 1302},
    },
    {"fault": "callback_none", "match": {"every": 5}, "times": None},
    {"fault": "refused", "match": {"prompt": REFUSED}, "times": None},
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A tenant's client."""

    tenant: str
    api: Watched


def live(deployment: Deployment, samples: Samples, seconds: float) -> None:
    """Order in two rushes, look at what became of it, and let the books be checked, for so long."""
    _misbehave(deployment)
    rest, began = threading.Event(), time.monotonic()
    customers = [_customer(deployment, name, units, samples) for name, units in TENANTS.items()]
    with _listener() as url:
        for customer in customers:
            customer.api.call("POST", "/v1/webhooks", {"url": url})
        for number in range(JOBS):
            rest.wait(max(0.0, began + _moment(number, seconds) - time.monotonic()))
            _order(customers[number % len(customers)], number)
        while time.monotonic() < began + seconds:
            for customer in customers:
                customer.api.call("GET", "/v1/videos")
            rest.wait(5)
        _check_books(deployment)
        rest.wait(5)


def _moment(number: int, seconds: float) -> float:
    """Half of the orders come in the first eighth of the time, the others one by one until two thirds of it."""
    half = JOBS // 2
    if number < half:
        return number / half * seconds / 8
    return seconds / 6 + (number - half) / half * seconds / 2


def _order(customer: Customer, number: int) -> None:
    scene = REFUSED if number % 12 == 7 else "a scene"  # noqa: PLR2004 - one in twelve
    order = ORDER | {"prompt": f"{scene}, number {number}", "model": MODELS[number % len(MODELS)]}
    answer = customer.api.call("POST", "/v1/videos", order)
    if number % 10 == 9:  # noqa: PLR2004 - now and then somebody mistypes, and somebody changes their mind
        customer.api.call("POST", "/v1/videos", order | {"duration": 7})
        customer.api.call("POST", f"/v1/videos/{answer.json.get('id')}/cancel")


def _customer(deployment: Deployment, name: str, units: Decimal, samples: Samples) -> Customer:
    desk = deployment.desk
    return Customer(name, Watched(deployment.base_url, desk.api_key(desk.tenant(name, units=units)), samples))


def _misbehave(deployment: Deployment) -> None:
    body = json.dumps({"rules": TROUBLE}).encode()
    fetch("POST", f"{deployment.kling.base_url}/_control/faults", body, {"Content-Type": "application/json"})


def _check_books(deployment: Deployment) -> None:
    """What the schedule does every hour."""
    functions: Any = aws.client(deployment.stack, "lambda")
    pages = functions.get_paginator("list_functions").paginate()
    names = [one["FunctionName"] for page in pages for one in page["Functions"]]
    (sweep,) = [name for name in names if "Sweep" in name]
    functions.invoke(FunctionName=sweep, Payload=json.dumps({"check": "ledger"}).encode())


class _Taker(BaseHTTPRequestHandler):
    """Takes webhooks; one in seven is not taken at once."""

    count = 0

    def do_POST(self) -> None:
        """Answer without a look."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        type(self).count += 1
        self.send_response(503 if self.count % 7 == 0 else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def _listener() -> Iterator[str]:
    """A receiver of webhooks; its address."""
    server = ThreadingHTTPServer((LOOPBACK, 0), _Taker)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
