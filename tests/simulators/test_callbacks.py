import json
from collections.abc import Iterator, Mapping

import pytest

from tests.simulators.caller import Caller
from tests.simulators.kling import KlingSimulator, Settings, VirtualClock
from tests.simulators.kling.callbacks import sign

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
URL = "https://receiver.test/webhooks/kling/capability"


class Receiver:
    """Keeps what it is sent, with the time at which it came."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.got: list[tuple[int, dict[str, object], Mapping[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Take one callback."""
        assert url == URL
        self.got.append((self.clock.now_ms(), json.loads(body), headers))
        return 200

    @property
    def statuses(self) -> list[object]:
        """The states announced, in the order of arrival."""
        return [body["task_status"] for _, body, _ in self.got]


@pytest.fixture
def receiver() -> Receiver:
    """A receiver on a clock of its own."""
    return Receiver(VirtualClock())


@pytest.fixture
def caller(receiver: Receiver) -> Iterator[Caller]:
    """A caller of a simulator that sends to the receiver."""
    with KlingSimulator(Settings(), clock=receiver.clock, send=receiver) as simulator:
        caller = Caller(simulator)
        with caller.session:
            yield caller


def test_the_documented_vector_is_reproduced() -> None:
    """Signatures are those of Standard Webhooks, held against Kling's published example."""
    body = (
        b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
    )
    headers = sign([SECRET], "9876543210", 1781080794, body)
    assert headers["webhook-signature"] == "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("9876543210", "1781080794")


def test_every_status_change_is_announced(caller: Caller, receiver: Receiver) -> None:
    """Three callbacks in order, each a bare record, the last with result and cost."""
    task = caller.finished(callback_url=URL)
    assert receiver.statuses == ["submitted", "processing", "succeed"]
    last = receiver.got[-1][1]
    assert last["task_id"] == task["task_id"]
    assert last["final_unit_deduction"] == "1.5"
    assert not {"code", "data", "request_id", "watermark_info"} & set(last)
    assert [call["outcome"] for call in caller.simulator.control.state()["callbacks"]] == ["200"] * 3


def test_without_an_address_nothing_is_sent(caller: Caller, receiver: Receiver) -> None:
    """Callbacks are asked for by each task."""
    caller.finished()
    assert receiver.got == []


def test_callbacks_are_unsigned_without_a_secret(caller: Caller, receiver: Receiver) -> None:
    """No secret, no webhook headers."""
    caller.finished(callback_url=URL)
    assert all(set(headers) == {"Content-Type"} for _, _, headers in receiver.got)


def test_rotation_gives_two_signatures(caller: Caller, receiver: Receiver) -> None:
    """Secrets are those of the moment of sending, one signature each, and every delivery has its own id."""
    caller.create(callback_url=URL)
    caller.simulator.control.set_webhook_secrets([SECRET, "whsec_b3RoZXI="])
    caller.simulator.control.run_until_idle()
    headers = [headers for _, _, headers in receiver.got]
    assert all(len(header["webhook-signature"].split(" ")) == 2 for header in headers)
    assert len({header["webhook-id"] for header in headers}) == 3


def test_callbacks_can_be_lost(caller: Caller, receiver: Receiver) -> None:
    """A task without callbacks still finishes; `statuses` loses some only."""
    caller.simulator.control.add_fault("callback_none", statuses=["succeed"])
    caller.finished("job-1", callback_url=URL)
    assert receiver.statuses == ["submitted", "processing"]
    caller.simulator.control.add_fault("callback_none")
    caller.finished("job-2", callback_url=URL)
    assert len(receiver.got) == 2


def test_callbacks_can_be_late(caller: Caller, receiver: Receiver) -> None:
    """The last callback comes when the scripted delay has passed."""
    caller.simulator.control.add_fault("callback_late", seconds=120, statuses=["succeed"])
    task = caller.finished(callback_url=URL)
    assert receiver.got[-1][0] == task["updated_at"] + 120_000


def test_callbacks_can_be_doubled(caller: Caller, receiver: Receiver) -> None:
    """Every callback comes as often as scripted, under one id and with one body."""
    caller.simulator.control.add_fault("callback_doubled", copies=3, statuses=["succeed"])
    caller.finished(callback_url=URL)
    assert receiver.statuses == ["submitted", "processing", "succeed", "succeed", "succeed"]
    assert receiver.got[-1][1] == receiver.got[-3][1]


def test_callbacks_can_be_reversed(caller: Caller, receiver: Receiver) -> None:
    """The end is announced first and the beginning last."""
    caller.simulator.control.add_fault("callback_reversed")
    caller.finished(callback_url=URL)
    assert receiver.statuses == ["succeed", "processing", "submitted"]


def test_callbacks_can_be_forged(caller: Caller, receiver: Receiver) -> None:
    """A lie about the task arrives at its address while the task is still running."""
    caller.simulator.control.add_fault("callback_forged", fields={"task_id": "666", "task_status": "succeed"})
    caller.finished(callback_url=URL)
    assert receiver.statuses == ["submitted", "succeed", "processing", "succeed"]
    assert receiver.got[1][1]["task_id"] == "666"
    kinds = [call["kind"] for call in caller.simulator.control.state()["callbacks"]]
    assert kinds == ["genuine", "forged", "genuine", "genuine"]
