"""The course of the run: customers order while functions die; when everything is over, three books are compared."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any

from local import aws
from local.api import Api, fetch
from local.demo import ORDER, video_of
from local.deployment import Deployment
from local.watch import TERMINAL
from tests.chaos.audit import SUCCEEDED, Seen
from tests.chaos.books import read_books
from tests.chaos.customers import Customer
from tests.chaos.faults import REFUSED
from tests.chaos.kling import Witness, deducted

TENANTS = ("ada", "ben", "cleo", "dan")
ORDERING_SECONDS = 40.0
LOOK_EVERY_SECONDS = 3.0
TELL_EVERY_SECONDS = 15.0
REFUSED_EVERY = 10

Say = Callable[[str], None]


class NotOver(RuntimeError):
    """Jobs did not end in time."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order: whose, when (seconds after the start), and under which key."""

    customer: Customer
    at_seconds: float
    key: str
    body: dict[str, object]


def customers_of(deployment: Deployment) -> tuple[Customer, ...]:
    """A client for each tenant."""
    desk = deployment.desk
    return tuple(Customer(name, Api(deployment.base_url, desk.api_key(desk.tenant(name)))) for name in TENANTS)


def orders(customers: Sequence[Customer], count: int, seed: int) -> list[Order]:
    """Distinct prompts at seeded moments, all tenants in turn; one in ten is one that Kling will refuse."""
    chance = Random(f"{seed}/orders")  # noqa: S311 - repeatable chance, no secret
    moments = sorted(chance.uniform(0, ORDERING_SECONDS) for _ in range(count))
    return [_order(customers[number % len(customers)], number, moment) for number, moment in enumerate(moments)]


def _order(customer: Customer, number: int, moment: float) -> Order:
    scene = REFUSED if number % REFUSED_EVERY == REFUSED_EVERY - 1 else "a scene"
    body = ORDER | {"prompt": f"{scene}, number {number}, for {customer.name}"}
    return Order(customer, moment, f"order-{number}", body)


def place(wanted: Sequence[Order]) -> dict[str, str]:
    """Place every order at its moment; the promised ids by key. Raises NotServed."""
    began, rest = time.monotonic(), threading.Event()

    def placed(order: Order) -> tuple[str, str]:
        rest.wait(max(0.0, began + order.at_seconds - time.monotonic()))
        return order.key, order.customer.place(order.body, order.key)

    with ThreadPoolExecutor(2 * len(TENANTS)) as pool:
        return dict(pool.map(placed, wanted))


def until_over(customers: Sequence[Customer], count: int, seconds: float, say: Say) -> None:
    """Look until `count` jobs are over. Raises NotOver, naming how the rest stand."""
    deadline, told, rest = time.monotonic() + seconds, time.monotonic(), threading.Event()
    while True:
        now, states = time.monotonic(), Counter(job["status"] for job in _listed(customers))
        if sum(number for name, number in states.items() if name in TERMINAL) >= count:
            return
        if now > deadline:
            raise NotOver(f"after {seconds:.0f} s: {dict(states)}")
        if now > told + TELL_EVERY_SECONDS:
            told = now
            say(", ".join(f"{number} {name}" for name, number in sorted(states.items())))
        rest.wait(LOOK_EVERY_SECONDS)


def see(deployment: Deployment, customers: Sequence[Customer], witness: Witness, promised: dict[str, str]) -> Seen:
    """Take everybody's account."""
    jobs = {job["id"]: customer.get(f"/v1/videos/{job['id']}") for customer in customers for job in customer.jobs()}
    state = witness.state()
    done = [job for job in jobs.values() if job["status"] == SUCCEEDED]
    return Seen(
        promised=promised,
        jobs=jobs,
        books=read_books(aws.client(deployment.stack, "dynamodb"), deployment.outputs["TableName"]),
        tasks=tuple(state["tasks"]),
        units=deducted(state),
        made={job["id"]: witness.digest(job["attempts"][-1]["task_id"]) for job in done},
        served={job["id"]: hashlib.sha256(fetch("GET", video_of(job)["url"]).body).hexdigest() for job in done},
    )


def _listed(customers: Sequence[Customer]) -> Iterator[dict[str, Any]]:
    return (job for customer in customers for job in customer.jobs())
