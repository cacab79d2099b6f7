"""Tenants, keys, secrets and erasure."""

import json
from decimal import Decimal

import pytest

from reelwright.adapters.aws.ops.eraser import BucketAndTableEraser
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.api.keys import NOBODY, identify
from reelwright.api.routes import routed
from reelwright.composition.ops import Given
from reelwright.domain.errors import OverBudget, TenantSuspended
from reelwright.domain.provider_errors import AccountBlocked
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.keys import SCOPES
from reelwright.use_cases.ops.kling_books import Deduction
from reelwright.use_cases.ops.rotation import KNOWN_AFTER_MS, RotateKling
from tests.integration.ops.office import MONTH, Office
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, VirtualClock

GOOD = "whsec_" + "QUJD" * 8
READING = routed("GET /v1/usage")


def test_a_new_tenant_can_send_at_once(office: Office) -> None:
    """Created, listed, with a key that opens the API for just its scopes and its time."""
    assert office.run("tenant create zoe --units 3 --at-once 2 --per-minute 5 --weight 4") == 0
    assert [tenant.id for tenant in office.box.desk.all()] == ["acme", "zoe"]
    office.pipeline.submit("zoe")
    assert office.run("tenant create zoe --units 4 --at-once 2 --per-minute 5 --weight 4") == 4
    key, text = office.box.keys.create("zoe", "ci", ("videos:read",), office.clock.at_ms + 1000, Hand())
    headers = {"authorization": f"Bearer {text}"}
    assert identify(headers, office.box.desk, office.clock.at_ms, READING)["scopes"] == "videos:read"
    assert identify(headers, office.box.desk, office.clock.at_ms + 1000, READING) == NOBODY
    assert office.run(f"key revoke acme {key.key_id}") == 3
    assert office.run(f"key revoke zoe {key.key_id}") == 0
    assert identify(headers, office.box.desk, office.clock.at_ms, READING) == NOBODY


def test_a_name_serves_one_good_key(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A repeated command makes no second key; rotation takes another name, then revokes the first."""
    assert office.run("key create acme --name ci") == 0
    assert office.run("key create acme --name ci") == 4
    assert office.run("key create acme --name ci-2 --scope videos:write") == 0
    capsys.readouterr()
    office.run("key list acme --json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert sorted((row["name"], row["state"], row["scopes"]) for row in rows) == [
        ("ci", "good", " ".join(SCOPES)),
        ("ci-2", "good", "videos:write"),
    ]


def test_budget_and_states_act_at_the_next_request(office: Office) -> None:
    """The running month follows the new budget; a suspended tenant is refused, a paused one waits."""
    office.run("tenant budget acme 1")
    with pytest.raises(OverBudget):
        office.pipeline.submit()
    office.run("tenant budget acme 5.5")
    office.pipeline.submit()
    office.run("tenant pause acme")
    assert office.pipeline.dispatch() == 0
    office.run("tenant unpause acme")
    assert office.pipeline.dispatch() == 1
    office.run("tenant suspend acme")
    with pytest.raises(TenantSuspended):
        office.pipeline.submit()
    office.run("tenant resume acme")
    office.pipeline.submit()


def test_erasure_leaves_the_ledger_alone(office: Office) -> None:
    """Media, prompts, jobs, keys are gone; amounts stay, and the books still agree."""
    job = office.succeeded()
    for key in (f"media/{job.id}/a.mp4", f"inputs/{job.id}/image", "media/job_other/a.mp4"):
        office.s3.put_object(Bucket="media", Key=key, Body=b"x")
    office.run("key create acme")
    assert office.run("tenant erase acme") == 4
    waiting = office.pipeline.submit().job_id
    office.run("tenant suspend acme")
    assert office.run("tenant erase acme") == 4
    office.pipeline.canceling.cancel("acme", waiting)
    assert office.run("tenant erase acme") == 0
    assert [one["Key"] for one in office.s3.list_objects_v2(Bucket="media")["Contents"]] == ["media/job_other/a.mp4"]
    left = {pk.partition("#")[0] for pk, _ in office.rows()}
    assert left - {"OUTBOX"} == {"TENANT", "TENANTS", "LEDGER", "KEY", "LANES", "RATE", "AUDIT"}
    assert "fox" not in str(office.rows())
    assert all(key.revoked for key in office.box.desk.keys("acme"))
    assert office.run("ledger check") == 0, "the erased job's task at Kling is known as ours"
    office.billing.rows.append(Deduction("somebody-elses", Decimal(1), office.clock.at_ms))
    assert [one.subject for one in office.box.ledger.check_with_kling(MONTH)] == ["somebody-elses"]
    assert office.run("tenant erase acme") == 0


def test_what_is_still_held_is_not_erased(office: Office) -> None:
    """The job's row says how its hold ends: an open one keeps the whole tenant until the sweep has settled it."""
    job = office.succeeded()
    office.run("tenant suspend acme")
    office.change("TENANT#acme", f"HOLD#{job.id}", state={"S": "open"})
    assert office.run("tenant erase acme") == 4
    assert any(pk == f"JOB#{job.id}" for pk, _ in office.rows())
    office.change("TENANT#acme", f"HOLD#{job.id}", state={"S": "closed"})
    assert office.run("tenant erase acme") == 0


def test_a_job_that_no_index_shows_yet_is_not_left_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was admitted just before the suspension: its hold is read from the table itself, and erasing waits."""
    job_id = office.pipeline.submit().job_id
    office.run("tenant suspend acme")
    with monkeypatch.context() as lagging:
        lagging.setattr(BucketAndTableEraser, "listed", lambda *_given: iter(()))
        assert office.run("tenant erase acme") == 4
    office.pipeline.canceling.cancel("acme", job_id)
    assert office.run("tenant erase acme") == 0


def capabilities(office: Office) -> CallbackCapabilities:
    fields = office.secret(office.given.callbacks_secret_arn)
    return CallbackCapabilities(
        "https://api.example.com", lambda: fields["capability_key"], lambda: fields.get("capability_keys_accepted", [])
    )


def test_no_callback_is_lost_while_the_capability_key_is_renewed(office: Office) -> None:
    """A function with the secret of one step before or after knows every address; in the end the old key is dead."""
    steps = [capabilities(office)]
    assert office.run("secrets rotate callbacks") == 0
    steps.append(capabilities(office))
    assert office.run("secrets rotate callbacks") == 4
    office.clock.advance(KNOWN_AFTER_MS / 1000)
    assert office.run("secrets rotate callbacks") == 0
    steps.append(capabilities(office))
    for maker, reader in [(a, b) for i, a in enumerate(steps) for b in (*steps[max(0, i - 1) : i], *steps[i:])]:
        seal = maker.address("job_1-1").rpartition("/")[2]
        assert reader.verify(seal) == "job_1-1"
    assert office.run("secrets retire callbacks") == 4
    office.clock.advance(48 * 3600)
    assert office.run("secrets retire callbacks") == 0
    old = steps[0].address("job_1-1").rpartition("/")[2]
    assert capabilities(office).verify(old) is None
    assert capabilities(office).verify(steps[2].address("job_1-1").rpartition("/")[2]) == "job_1-1"


def test_webhook_secrets_overlap(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added, then the older one dropped; a typo is refused."""
    monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", "whsec_%%%")
    assert office.run("secrets rotate webhooks") == 2
    for secret in (GOOD, GOOD + "QUJD"):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert office.run("secrets rotate webhooks") == 0
    arn = office.given.callbacks_secret_arn
    assert office.secret(arn)["kling_webhook_secrets"] == [GOOD, GOOD + "QUJD"]
    assert office.run("secrets retire webhooks") == 0
    assert office.secret(arn)["kling_webhook_secrets"] == [GOOD + "QUJD"]
    assert GOOD not in str(office.audits())


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
