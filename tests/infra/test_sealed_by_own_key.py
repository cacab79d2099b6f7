"""With `-c own_key=on` all that is stored is sealed with the owner's key, and roles use it only where they act."""

import json
from typing import Any

import pytest

from local.stage import Stage
from tests.infra.synthesis import listed

KEYED = {
    "AWS::DynamoDB::Table": lambda p: p["SSESpecification"]["KMSMasterKeyId"],
    "AWS::S3::Bucket": lambda p: p["BucketEncryption"]["ServerSideEncryptionConfiguration"][0][
        "ServerSideEncryptionByDefault"
    ]["KMSMasterKeyID"],
    "AWS::SQS::Queue": lambda p: p["KmsMasterKeyId"],
    "AWS::SecretsManager::Secret": lambda p: p["KmsKeyId"],
    "AWS::Logs::LogGroup": lambda p: p["KmsKeyId"],
}
SERVICES = {"dynamodb", "s3", "secretsmanager", "sqs"}


def _service(statement: dict[str, Any]) -> str:
    """The one service that a statement lets the key be used through."""
    (via,) = statement["Condition"]["StringEquals"].values()
    return str(via["Fn::Join"][1][0]).removesuffix(".")


@pytest.mark.parametrize("kind", sorted(KEYED))
def test_everything_stored_has_the_key(guarded: Stage, kind: str) -> None:
    """No table, bucket, queue, secret or log group of any stack is left out."""
    resources = guarded.resources(kind)
    assert resources
    for resource in resources.values():
        assert "OwnKey" in json.dumps(KEYED[kind](resource["Properties"]))


def test_the_key_is_rotated_and_kept(guarded: Stage) -> None:
    """Without the key the data of prod is gone: nothing deletes it with its stack."""
    (key,) = guarded.resources("AWS::KMS::Key").values()
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["DeletionPolicy"] == "Retain"


def test_roles_use_the_key_only_through_services_that_they_may_use(guarded: Stage) -> None:
    """One statement for each service that the role acts on, none for another."""
    for name, policy in guarded.resources("AWS::IAM::Policy").items():
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        with_key = {_service(one) for one in statements if str(listed(one["Action"])[0]).startswith("kms:")}
        acted = {action.partition(":")[0] for one in statements for action in listed(one["Action"])} & SERVICES
        assert with_key == acted, name


def test_who_only_reads_cannot_encrypt(guarded: Stage) -> None:
    """The authorizer and the reader of links decrypt, and no more."""
    for policy, statement in guarded.statements():
        if policy.startswith(("DoorsAuthorizer", "DoorsQuery")) and "Condition" in statement:
            assert set(listed(statement["Action"])) <= {"kms:Decrypt", "kms:DescribeKey"}


def test_services_use_the_key_for_this_account_only(guarded: Stage) -> None:
    """Beside the account's own roles: logs, signed media, and rules that send dead letters."""
    (key,) = guarded.resources("AWS::KMS::Key").values()
    statements = key["Properties"]["KeyPolicy"]["Statement"]
    services = {one["Sid"]: one for one in statements if "Service" in one["Principal"]}
    assert set(services) == {"LogGroups", "SignedMedia", "RulesSendDeadLetters"}
    assert all("AWS::AccountId" in json.dumps(one["Condition"]) for one in services.values())


def test_the_other_stages_pay_for_no_key(stage: Stage) -> None:
    """A key costs a dollar a month and each call to it."""
    assert not stage.resources("AWS::KMS::Key")
    assert "kms:" not in json.dumps([statement for _, statement in stage.statements()])
