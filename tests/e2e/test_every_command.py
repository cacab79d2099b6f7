"""Every command of the operator's line on the deployed whole: first dry, then for real."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local import aws
from local.deployment import Deployment
from local.ops import point_at
from local.places import RunFolder
from local.watch import until
from reelwright.adapters.aws.clients import forget
from reelwright.use_cases.ops.changes import Hand
from tests.e2e.operating.operator import Operator, Said
from tests.e2e.operating.things import Things
from tests.e2e.orders import NEXT_PAIR
from tests.integration.ops.lines import CHANGING, DAYS_SECONDS, READING, WEBHOOK_SECRETS, forgotten
from tests.integration.ops.things import spelled

VARIABLES = ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION", "DEFAULT_REGION")
PUT_BACK = ("KlingSecretArn", "CallbacksSecretArn")
ERASING = "tenant erase acme"
"""Comes last: it takes away what others work on."""

UNDER_WAY, UNREACHABLE = 4, 5
"""Exit codes: a line before has done already what is asked for; Kling, which is asked once a second, tells nothing."""
SECONDS = 20.0


@pytest.fixture(scope="module", autouse=True)
def at_hand(e2e_folder: RunFolder, deployment: Deployment) -> Iterator[None]:  # noqa: ARG001 - it must be there
    """The command line finds the embedded AWS as `make ops STAGE=embedded` does."""
    with pytest.MonkeyPatch.context() as patch:
        for name in VARIABLES:
            patch.setenv(f"AWS_{name}", "")
        point_at(e2e_folder)
        forget()
        yield
    forget()


@pytest.fixture(scope="module")
def things(deployment: Deployment) -> Things:
    """What commands work on."""
    return Things.begun(deployment)


@pytest.fixture
def operator(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """Somebody who knows new secrets; those that Kling or its callbacks go by are put back afterwards."""
    secrets = aws.client(deployment.stack, "secretsmanager")
    arns = [deployment.outputs[name] for name in PUT_BACK]
    before = {arn: secrets.get_secret_value(SecretId=arn)["SecretString"] for arn in arns}
    for name, value in zip(("ACCESS_KEY", "SECRET_KEY"), NEXT_PAIR, strict=True):
        monkeypatch.setenv(f"NEW_KLING_{name}", value)
    monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", WEBHOOK_SECRETS[0])
    yield Operator(deployment)
    for arn, text in before.items():
        secrets.put_secret_value(SecretId=arn, SecretString=text)


def test_no_command_is_forgotten() -> None:
    """Every leaf of the parser is run below."""
    assert forgotten() == []


@pytest.mark.parametrize("line", READING)
def test_it_tells_and_changes_nothing(operator: Operator, things: Things, line: str) -> None:
    """It ends well, and was audited."""
    said = operator.run(spelled(line, things.of(operator, line)))
    assert (said.code, operator.audits()[0].outcome) == (0, "done")


def test_books_are_checked_with_kling_and_written_to_a_file(operator: Operator, things: Things, tmp_path: Path) -> None:
    """Kling's ledger is asked; the file holds what the job cost."""
    assert operator.run("ledger check").code in {0, 1}
    path = tmp_path / "ledger.csv"
    assert operator.run(f"ledger export --out {path} --dry-run").code == 0
    assert not path.exists()
    assert operator.run(f"ledger export --out {path}").code == 0
    assert any(things.job in row and "capture" in row for row in path.read_text().splitlines())


@pytest.mark.parametrize("line", [*(line for line in CHANGING if line != ERASING), ERASING])
def test_it_does_what_it_said_when_dry(
    operator: Operator, things: Things, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """A dry run names what there is to do, does nothing of it, and is not audited; the real one then does it all."""
    if "media" in line:
        operator.own_generations()
    made = things.of(operator, line, *CHANGING[line])
    for before, secret in zip(CHANGING[line], WEBHOOK_SECRETS, strict=False):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert operator.run(spelled(before, made)).code in {0, UNDER_WAY}
        operator.clock.ahead_ms += DAYS_SECONDS * 1000
    if line == "secrets retire endpoints":
        _renew_all_endpoints(operator)
    audits = operator.audits()
    dry = operator.run(f"{spelled(line, made)} --dry-run")
    assert (dry.code, operator.audits()) == (0, audits)
    assert dry.changes("would be")
    assert not dry.changes("yes")
    real = until(lambda: operator.run(spelled(line, made)), _answered, SECONDS)
    assert (real.code, operator.audits()[0].outcome) == (0, "done")
    assert dry.changes("would be") <= real.changes("yes")


def _answered(said: Said) -> bool:
    return said.code != UNREACHABLE


def _renew_all_endpoints(operator: Operator) -> None:
    """What their tenants are asked to do before an older master can be forgotten."""
    for tenant in operator.box.desk.all():
        for endpoint in operator.box.webhooks.endpoints.list(tenant.id):
            operator.box.webhooks.rotate(tenant.id, endpoint.id, 0, Hand())
