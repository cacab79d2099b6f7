"""Something for every command to work on, and all that a command could change."""

from dataclasses import replace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain import delivery as deliveries
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import Event, EventType
from reelwright.use_cases.ops.changes import Hand
from tests.integration.ops.office import Office
from tests.support.pipeline import LANE

NUDGES = "nudges"
"""The part of a state that tells of hints and of tokens given back: they may be repeated."""


def prepared(office: Office, *lines: str) -> dict[str, str]:
    """The names of things by the words that stand for them in `lines`; a living job only where its word stands."""
    wanted = {word for line in lines for word in line.split()}
    at_kling = {"AT_KLING": _at_kling(office)} if "AT_KLING" in wanted else {}
    job_id = leaked(office)
    queued = {"QUEUED": office.pipeline.submit().job_id} if "QUEUED" in wanted else {}
    key, _ = office.box.keys.create("acme", "app", ("videos:read",), None, Hand())
    endpoint, _ = office.box.webhooks.endpoints.create("acme", "https://1.1.1.1/hook")
    failed(office.box, endpoint)
    vars(office.box.rotations).update(kling=replace(office.box.rotations.kling, probe=lambda _pair: office.billing))
    office.s3.put_object(Bucket="media", Key=f"media/{job_id}/a.mp4", Body=b"x")
    oldest = office.given.media_secret_arns[0]
    office.secrets.put_secret_value(SecretId=oldest, SecretString='{"private_key_pem": "the older key"}')
    for body in ("spoiled", f'{{"lane": "{LANE}", "tenant": "acme", "job": null}}'):
        office.sqs.send_message(QueueUrl=office.given.dead_letters_url, MessageBody=body)
    names = {"SLOT": f"{job_id}-1", "JOB": job_id, "LANE": LANE, "KEY": key.key_id, "ENDPOINT": endpoint.id}
    return names | at_kling | queued


def leaked(office: Office) -> str:
    """A job that is over and still holds a slot, in a lane that learnt to wait: every repair finds something to do."""
    job = office.succeeded()
    later = str(office.clock.at_ms + 3_600_000)
    slot = {"M": {"tenant": {"S": "acme"}, "expires_ms": {"N": "1"}}}
    slots = {"M": {f"{job.id}-1": slot}}
    office.change("LANES", LANE, slots=slots, running={"M": {"acme": {"N": "1"}}}, cool_until_ms={"N": later})
    return job.id


def failed(box: Toolbox, endpoint: WebhookEndpoint) -> None:
    """A delivery to the endpoint that was given up."""
    event = Event("evt_a", EventType.SUCCEEDED, endpoint.tenant, box.clock.now_ms(), {"id": "job_1"})
    made = deliveries.of_event(event, endpoint, box.clock.now_ms())
    log = box.webhooks.deliveries.log
    log.put_new(made)
    log.save(made, replace(made, status="failed", next_ms=None, due_ms=None, version=2))


def spelled(line: str, things: dict[str, str]) -> str:
    """The line with the names of things in the places of their words."""
    return " ".join(things.get(word, word) for word in line.split())


def state(office: Office) -> dict[str, Any]:
    """All that a command could change, but for the audit."""
    given, pipeline = office.given, office.pipeline
    secrets = (given.kling_secret_arn, given.callbacks_secret_arn, given.webhooks_secret_arn, *given.media_secret_arns)
    return {
        "rows": {key: row for key, row in office.rows().items() if not key[0].startswith("AUDIT#")},
        "secrets": [office.secret(arn) for arn in secrets],
        "media": [one["Key"] for one in office.s3.list_objects_v2(Bucket="media").get("Contents", ())],
        "letters": sorted(one.letter.id for one in office.box.dead_letters.explain(10)),
        "queues": [_length(office, url) for url in (given.hints_queue_url, given.deliveries_queue_url)],
        NUDGES: (list(pipeline.hints.sent), list(pipeline.workflows.tokens)),
    }


def _at_kling(office: Office) -> str:
    job_id = office.pipeline.submit().job_id
    office.pipeline.dispatch(job_id)
    return job_id


def _length(office: Office, url: str) -> str:
    answer = office.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return answer["Attributes"]["ApproximateNumberOfMessages"]
