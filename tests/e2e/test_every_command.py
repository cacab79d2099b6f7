"""Every command of the operator's line on the deployed whole: first dry, then for real."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local import aws
from local.deployment import Deployment
from local.ops import point_at
from local.places import RunFolder
from reelwright.adapters.aws.clients import forget
from reelwright.composition.stage import OperatorSettings
from tests.e2e.operating.doing import DRY, Doing
from tests.e2e.operating.operator import NAME, Operator, told
from tests.e2e.operating.things import Things
from tests.e2e.orders import NEXT_PAIR
from tests.integration.ops.lines import CHANGING, READING, WEBHOOK_SECRETS, forgotten
from tests.integration.ops.things import spelled

VARIABLES = ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION", "DEFAULT_REGION")
PUT_BACK = ("KlingSecretArn", "CallbacksSecretArn")
ERASING = "tenant erase acme"
"""Comes last: it takes away what others work on."""

EVERY_AUDIT = 1_000


@pytest.fixture(scope="module")
def given(e2e_folder: RunFolder, deployment: Deployment) -> Iterator[OperatorSettings]:  # noqa: ARG001 - it must be there
    """What the command line finds of the embedded AWS, as `make ops STAGE=embedded` does."""
    with pytest.MonkeyPatch.context() as patch:
        for name in VARIABLES:
            patch.setenv(f"AWS_{name}", "")
        point_at(e2e_folder)
        forget()
        yield told()
    forget()


@pytest.fixture(scope="module")
def things(deployment: Deployment) -> Things:
    """What commands work on."""
    return Things.begun(deployment)


@pytest.fixture(scope="module")
def secrets_put_back(deployment: Deployment) -> Iterator[Callable[[], None]]:
    """Puts the secrets back that Kling and its callbacks go by."""
    client = aws.client(deployment.stack, "secretsmanager")
    arns = [deployment.outputs[name] for name in PUT_BACK]
    before = {arn: client.get_secret_value(SecretId=arn)["SecretString"] for arn in arns}

    def put_back() -> None:
        for arn, text in before.items():
            client.put_secret_value(SecretId=arn, SecretString=text)

    yield put_back
    put_back()


@pytest.fixture
def operator(given: OperatorSettings, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Somebody who knows new secrets."""
    for name, value in zip(("ACCESS_KEY", "SECRET_KEY"), NEXT_PAIR, strict=True):
        monkeypatch.setenv(f"NEW_KLING_{name}", value)
    monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", WEBHOOK_SECRETS[0])
    return Operator(given)


@pytest.fixture
def doing(
    operator: Operator, things: Things, secrets_put_back: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Doing]:
    """The operator at work; afterwards secrets are put back and lanes serve, so that no line waits for the next one."""
    work = Doing(operator, things, lambda secret: monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret))
    yield work
    secrets_put_back()
    work.lanes_serve_again()


def test_no_command_is_forgotten() -> None:
    """Every leaf of the parser is run below."""
    assert forgotten() == []


@pytest.mark.parametrize("line", [line for line in CHANGING if line != ERASING])
def test_it_does_what_it_said_when_dry(doing: Doing, line: str) -> None:
    """A dry run names what there is to do and does nothing of it; the real one then does it all."""
    if "media" in line:
        doing.operator.own_generations()
    doing.does(line)


def test_a_pause_of_all_leaves_nothing_paused(doing: Doing, things: Things, operator: Operator) -> None:
    """Whoever comes behind the line finds lanes that serve, without a line that resumes them."""
    doing.does("pause all")
    doing.lanes_serve_again()
    assert things.of(operator, "job replay-callback AT_KLING")["AT_KLING"]


@pytest.mark.parametrize("line", READING)
def test_it_tells(operator: Operator, things: Things, line: str) -> None:
    """It ends well."""
    assert operator.run(spelled(line, things.of(operator, line))).code == 0


def test_books_are_checked_with_kling_and_written_to_a_file(operator: Operator, things: Things, tmp_path: Path) -> None:
    """Kling's ledger is asked; the file holds what the job cost, and is not written by a dry run."""
    assert operator.run("ledger check").code in {0, 1}
    path, job = tmp_path / "ledger.csv", things.over()
    assert operator.run(f"ledger export --out {path} --dry-run", DRY).code == 0
    assert not path.exists()
    assert operator.run(f"ledger export --out {path}").code == 0
    assert any(job in row and "capture" in row for row in path.read_text().splitlines())


def test_a_tenant_is_erased(deployment: Deployment, things: Things, doing: Doing) -> None:
    """As every other line does what it said; nothing is left of the video."""
    media = {"Bucket": deployment.outputs["BucketName"], "Prefix": f"media/{things.over()}/"}
    s3 = aws.client(deployment.stack, "s3")
    assert s3.list_objects_v2(**media)["KeyCount"] > 0
    doing.does(ERASING)
    assert s3.list_objects_v2(**media)["KeyCount"] == 0


def test_only_what_was_done_for_real_is_audited(operator: Operator) -> None:
    """No dry run left a row, and each real one is complete."""
    audits = operator.box.audit.recent(EVERY_AUDIT)
    assert DRY not in {one.who for one in audits}
    mine = {one.outcome for one in audits if one.who == NAME}
    assert "done" in mine
    assert "begun" not in mine
