"""What docs/webhooks.md tells its readers about verification and the schedule is so."""

import re
import time

import pytest

from reelwright.domain.delivery import SCHEDULE_SECONDS
from reelwright.use_cases.tell.signing import headers
from tests.support.verifying import GUIDE, genuine

OLD, NEW = (f"whsec_{letter * 43}=" for letter in "AB")
BODY = '{"type":"video.succeeded","data":{"id":"job_é"}}'


def now_ms() -> int:
    return int(time.time() * 1000)


@pytest.mark.parametrize("secrets", [(NEW,), (NEW, OLD), (OLD, NEW)])
def test_the_guides_lines_accept_what_we_sign(secrets: tuple[str, ...]) -> None:
    """Whichever of the overlapping secrets the reader has."""
    sent = headers("evt_1", now_ms(), BODY, secrets)
    assert all(genuine(secret, sent, BODY.encode()) for secret in secrets)


@pytest.mark.parametrize("late_ms", [-301_000, 301_000])
def test_the_guides_lines_refuse_other_times(late_ms: int) -> None:
    """A recorded message is worth nothing five minutes later."""
    assert not genuine(NEW, headers("evt_1", now_ms() - late_ms, BODY, [NEW]), BODY.encode())


def test_the_guides_lines_refuse_forgeries() -> None:
    """Another secret, another body, another id or time, or another scheme."""
    sent = headers("evt_1", now_ms(), BODY, [NEW])
    assert not genuine(OLD, sent, BODY.encode())
    assert not genuine(NEW, sent, b"{}")
    assert not genuine(NEW, sent | {"webhook-id": "evt_2"}, BODY.encode())
    assert not genuine(NEW, sent | {"webhook-timestamp": str(now_ms() // 1000 + 7)}, BODY.encode())
    assert not genuine(
        NEW, sent | {"webhook-signature": sent["webhook-signature"].replace("v1,", "v2,")}, BODY.encode()
    )


def test_the_guide_names_the_schedule() -> None:
    """Every wait stands there in the unit that a reader thinks in."""
    (told,) = re.findall(r"Attempts come after (.*?), each wait", GUIDE.read_text(), re.DOTALL)
    seconds = {"s": 1, "min": 60, "h": 3600}
    waits = re.findall(r"(\d+) (s|min|h)", told)
    assert tuple(int(number) * seconds[unit] for number, unit in waits) == SCHEDULE_SECONDS
