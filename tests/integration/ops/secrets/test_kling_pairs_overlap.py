"""Kling's keys are renewed while they are used, by us to ask and by Kling to sign."""

import json

import pytest

from reelwright.adapters.kling.accounts import AccountKeys
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.signatures import CallbackSignatures
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.composition.ops import Given
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.rotation import KNOWN_AFTER_MS, RotateKling
from tests.integration.ops.office import Office
from tests.integration.ops.secrets.kept import cached
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, VirtualClock
from tests.simulators.kling.callbacks import sign
from tests.simulators.kling.settings import Settings

OLD, NEW = ("whsec_" + text * 8 for text in ("QUJD", "REVG"))


def test_kling_is_asked_by_one_pair_or_the_other(office: Office) -> None:
    """A function that still keeps the old pair is answered, and so is one that reads the new one."""
    arn = office.given.kling_secret_arn
    accounts = {"old": "old-secret" * 4, ACCESS_KEY: SECRET_KEY}
    with KlingSimulator(Settings(accounts=accounts), clock=VirtualClock(office.clock.at_ms)) as simulator:

        def books(credentials: object) -> KlingBilling:
            session = new_session()
            session.mount(simulator.base_url, simulator.transport())
            return KlingBilling(Client(Transport(simulator.base_url, session), Tokens(credentials, office.clock)))  # type: ignore[arg-type]

        def answered(asking: KlingBilling) -> bool:
            simulator.control.advance(2)  # Kling takes this question once a second
            office.clock.advance(2)
            return bool(asking.packs(0, office.clock.at_ms))

        office.secrets.put_secret_value(
            SecretId=arn, SecretString=json.dumps({"access_key": "old", "secret_key": accounts["old"]})
        )
        warm, fresh = (books(AccountKeys(cached(office, arn), "main")) for _ in range(2))
        assert answered(warm)
        rotate = RotateKling(office.box.rotations.kling.desk, lambda pair: books(Given(pair)), office.clock)
        simulator.control.advance(2)
        rotate.rotate("main", ACCESS_KEY, SECRET_KEY, Hand())
        assert answered(warm), "by the pair that it keeps"
        assert answered(fresh), "by the pair that it reads now"
        simulator.control.advance(KNOWN_AFTER_MS / 1000)
        office.clock.advance(KNOWN_AFTER_MS / 1000)
        del accounts["old"]  # deleted in Kling's console
        assert answered(warm), "by the new pair, five minutes later"


def test_kling_may_sign_by_the_secret_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the moment that the new secret is added, callbacks signed by either pass; after `retire` the new one's."""
    body, arn = b"{}", office.given.callbacks_secret_arn

    def passes(*secrets: str) -> bool:
        headers = sign(secrets, "msg_1", office.clock.at_ms // 1000, body)
        known = cached(office, arn)
        return CallbackSignatures(lambda: known.texts("kling_webhook_secrets"), office.clock).accept(headers, body)

    for secret, expected in ((OLD, (True, False)), (NEW, (True, True))):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert office.run("secrets rotate webhooks") == 0
        assert (passes(OLD), passes(NEW)) == expected
    assert office.run("secrets retire webhooks") == 0
    assert (passes(OLD), passes(NEW)) == (False, True)
