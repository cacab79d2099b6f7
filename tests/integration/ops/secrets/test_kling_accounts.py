"""Keys and books of an account at Kling, against the simulator."""

from decimal import Decimal

import pytest

from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.composition.ops import Given
from reelwright.domain.provider_errors import AccountBlocked
from reelwright.use_cases.ops.rotation import RotateKling
from tests.integration.ops.office import Office
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, VirtualClock


def test_kling_keys_are_proven_before_they_are_used(office: Office) -> None:
    """Keys that Kling refuses change nothing; good ones replace one account's pair alone."""
    with KlingSimulator(clock=VirtualClock(office.clock.at_ms)) as simulator:
        arn = office.given.kling_secret_arn
        rotate = RotateKling(office.box.rotations.kling.desk, lambda pair: books(simulator, office, pair), office.clock)
        vars(office.box.rotations).update(kling=rotate)
        before = office.secret(arn)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NEW_KLING_ACCESS_KEY", ACCESS_KEY)
            patch.setenv("NEW_KLING_SECRET_KEY", "wrong" * 8)
            assert office.run("secrets rotate kling") == 4
            assert office.secret(arn) == before
            patch.setenv("NEW_KLING_SECRET_KEY", SECRET_KEY)
            simulator.control.advance(2)
            assert [office.run(f"secrets rotate kling{dry}") for dry in (" --dry-run", "")] == [0, 5]
            assert office.secret(arn) == before, "Kling is asked once a second: it said nothing against the pair"
            simulator.control.advance(2)
            assert office.run("secrets rotate kling") == 0
        pair = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
        assert office.secret(arn) == before | pair
        assert SECRET_KEY not in str(office.rows())


def books(simulator: KlingSimulator, office: Office, pair: object) -> KlingBilling:
    session = new_session()
    session.mount(simulator.base_url, simulator.transport())
    tokens = Tokens(Given(dict(pair)), office.clock)  # type: ignore[call-overload]
    return KlingBilling(Client(Transport(simulator.base_url, session), tokens))


def test_klings_books_are_read_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against the simulator: packs and deductions, amounts exact; bad keys are an error of the account."""
    monkeypatch.setattr("reelwright.adapters.kling.billing.PAGE", 1)
    with KlingSimulator(clock=VirtualClock(office.clock.at_ms)) as simulator:
        good = books(simulator, office, {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY})
        for number in range(3):
            body = {"model_name": "kling-v2-6", "prompt": "a fox", "mode": "std", "external_task_id": f"e{number}"}
            assert good.client.call("POST", "/v1/videos/text2video", body)[0] == 200
        simulator.control.run_until_idle()
        rows = list(good.deductions(0, office.clock.at_ms + 86_400_000))
        assert [row.units for row in rows] == [Decimal("1.5")] * 3
        assert len({row.task_id for row in rows}) == 3
        (pack,) = good.packs(0, office.clock.at_ms)
        assert pack.total - pack.left == Decimal("4.5")
        bad = books(simulator, office, {"access_key": "nobody", "secret_key": SECRET_KEY})
        with pytest.raises(AccountBlocked):
            list(bad.deductions(0, 1))
