"""What is stored is encrypted, private, recoverable, and kept."""

import pytest

from local.stage import Stage
from tests.infra.synthesis import listed

STATEFUL = {
    "AWS::DynamoDB::Table": {"Table7ABB320E"},
    "AWS::S3::Bucket": {"Media1DC13848"},
    "AWS::SecretsManager::Secret": {
        "SecretsKling7A02A48E",
        "SecretsCallbacksB145D0F6",
        "SecretsWebhooksA46236DF",
        "SecretsMediaKey1E0EC137C",
    },
}


@pytest.mark.parametrize("kind", sorted(STATEFUL))
def test_logical_ids_of_stateful_resources_are_locked(stage: Stage, kind: str) -> None:
    """A changed logical id is a replaced resource, and a replaced resource is lost data."""
    assert set(stage.resources(kind, "data")) == STATEFUL[kind]


def test_the_table_can_be_restored_and_is_bounded(stage: Stage) -> None:
    """Point-in-time recovery, streams with both images, and a ceiling on what it may cost."""
    table = stage.one("AWS::DynamoDB::Table")
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["OnDemandThroughput"]["MaxWriteRequestUnits"] > 0
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


def test_the_indexes_are_sparse_and_hold_keys_only(prod: Stage) -> None:
    """The names and keys are those that the adapters ask for."""
    indexes = prod.one("AWS::DynamoDB::Table")["GlobalSecondaryIndexes"]
    keys = {index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]] for index in indexes}
    assert keys == {
        "by_tenant": ["tenant_listed", "listed_rank"],
        "waiting": ["waiting_lane", "waiting_rank"],
        "due": ["due_shard", "due_ms"],
    }
    assert {index["Projection"]["ProjectionType"] for index in indexes} == {"KEYS_ONLY"}


def test_the_bucket_is_private_and_encrypted(stage: Stage) -> None:
    """No public access of any kind, no access lists, encryption at rest."""
    bucket = stage.one("AWS::S3::Bucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]


def test_cloudfront_reads_media_and_nothing_else(stage: Stage) -> None:
    """Inputs and half copied results are never on the CDN."""
    statements = stage.one("AWS::S3::BucketPolicy")["PolicyDocument"]["Statement"]
    (read,) = [s for s in statements if s["Principal"] == {"Service": "cloudfront.amazonaws.com"}]
    assert read["Action"] == "s3:GetObject"
    assert read["Resource"]["Fn::Join"][1][-1] == "/media/*"
    assert "AWS:SourceArn" in read["Condition"]["ArnLike"]


@pytest.mark.parametrize("kind", ["AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"])
def test_plain_http_is_denied(stage: Stage, kind: str) -> None:
    """Every resource policy refuses requests without TLS."""
    policies = stage.resources(kind)
    assert policies
    for policy in policies.values():
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        conditions = [s.get("Condition", {}).get("Bool") for s in statements if s["Effect"] == "Deny"]
        assert {"aws:SecureTransport": "false"} in conditions


def test_every_queue_is_encrypted_and_has_a_policy(stage: Stage) -> None:
    """None is left with the defaults."""
    queues = stage.resources("AWS::SQS::Queue")
    guarded = [q["Ref"] for p in stage.resources("AWS::SQS::QueuePolicy").values() for q in p["Properties"]["Queues"]]
    assert set(guarded) == set(queues)
    assert {queue["Properties"]["SqsManagedSseEnabled"] for queue in queues.values()} == {True}


def test_short_lived_objects_expire(prod: Stage) -> None:
    """Inputs after a week, staging after a day, and no unfinished upload is paid for."""
    rules = prod.one("AWS::S3::Bucket")["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule} == {
        "inputs/": 7,
        "staging/": 1,
    }
    assert any("AbortIncompleteMultipartUpload" in rule for rule in rules)


def test_prod_keeps_its_data_and_the_others_do_not(stage: Stage) -> None:
    """Deleting the stack of prod deletes nothing; the other stages leave nothing behind."""
    kept = {r["DeletionPolicy"] for kind in STATEFUL for r in stage.resources(kind, "data").values()}
    assert kept == ({"Retain"} if stage.name == "prod" else {"Delete"})
    assert stage.one("AWS::DynamoDB::Table").get("DeletionProtectionEnabled", False) is (stage.name == "prod")


def test_no_secret_stands_in_a_template(stage: Stage) -> None:
    """Values are generated in the account; nothing has a literal value."""
    for secret in stage.resources("AWS::SecretsManager::Secret").values():
        assert "SecretString" not in secret["Properties"]
        assert "GenerateSecretString" in secret["Properties"]
    for function in stage.functions().values():
        names = function.get("Environment", {}).get("Variables", {})
        assert not [name for name in names if name.endswith(("_KEY", "_SECRET", "_TOKEN", "_PASSWORD"))]


def test_media_need_a_signed_link(stage: Stage) -> None:
    """Whatever is not the API is behind the trusted key group."""
    config = stage.one("AWS::CloudFront::Distribution")["DistributionConfig"]
    api = {behavior["PathPattern"] for behavior in config["CacheBehaviors"]}
    assert config["DefaultCacheBehavior"]["TrustedKeyGroups"]
    assert api == {"/v1/*", "/webhooks/*", "/health"}
    origins = [o for o in config["Origins"] if "S3OriginConfig" in o]
    assert all(origin["OriginAccessControlId"] for origin in listed(origins))
