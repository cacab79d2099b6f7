"""Kling's callbacks, as the simulator signs them and we read them."""

from reelwright.adapters.kling.callbacks import Callback, parse_callback
from reelwright.adapters.kling.signatures import CallbackSignatures
from tests.integration.kling.both_sides import SECRET, Kling


def test_callbacks_are_signed_and_tell_when_the_task_claims_to_have_ended(kling: Kling) -> None:
    """On every change of status; only the last one claims an end."""
    task = kling.submit()
    kling.simulator.control.run_until_idle()
    signatures = CallbackSignatures(lambda: (SECRET,), kling.simulator.clock)
    parsed = [parse_callback(body) for body, _ in kling.received]
    assert parsed[-1] == Callback("job_1-1", task.task_id, claims_end=True)
    assert [one.claims_end for one in parsed[:-1] if one] == [False] * (len(parsed) - 1)
    body, headers = kling.received[-1]
    assert signatures.accept(headers, body)
    assert not signatures.accept(headers, body + b" ")
