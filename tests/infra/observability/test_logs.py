"""Every line of a job's whole way, at the most talkative level: one id throughout, and no secret anywhere."""

import hashlib
import json
import logging
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from local.figures.series import parsed
from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.tenant import ApiKey
from tests.crash import cloud
from tests.crash.functions import Context, handler
from tests.crash.requests_in import http_event
from tests.crash.rig import Rig
from tests.crash.world import World
from tests.infra.observability.stories import CLIP, Story, Told, tell

API_KEY = "rw_a-key-that-must-never-be-logged"
PROMPT = "an-unmistakable-prompt-about-a-fox"
NEGATIVE = "nothing-of-this-either"


class Secrets:
    """What must not be found, gathered while the story is told."""

    def __init__(self) -> None:
        self.texts = {
            PROMPT,
            NEGATIVE,
            API_KEY,
            cloud.KLING_ACCOUNT["access"],
            json.loads(cloud.CALLBACK_KEYS)["capability_key"],
        }
        self.job_id = ""
        self.link = ""

    def script(self, world: World) -> None:
        """A client with a key asks for two videos, one of which fails, and fetches its signed link."""
        _prepare(self.texts)
        world.kling.control.add_fault("callback_forged")
        world.kling.control.add_fault("result_truncated")
        world.kling.control.add_fault("error_code", {"method": "POST"}, code=1303)
        wish = CLIP | {"prompt": PROMPT, "negative_prompt": NEGATIVE}
        world.submit(1, wish, "key-1")
        world.submit(2, wish | {"duration": 99}, "key-2")
        asked = {"headers": {"authorization": f"Bearer {API_KEY}"}, "requestContext": {}, "routeKey": "GET /v1/videos"}
        world.agenda.after(3, lambda: handler("authorizer")(asked, CONTEXT))
        world.agenda.after(4, lambda: self._forge(world))
        world.agenda.after(1500, lambda: self._fetch(world))

    def _forge(self, world: World) -> None:
        path = "/webhooks/kling/job_1-1.a-made-up-capability"
        self.texts.add("a-made-up-capability")
        world.invoke("webhook", http_event(path, b'{"task_id": "1", "task_status": "succeed"}'))

    def _fetch(self, world: World) -> None:
        self.job_id = world.answers["key-1"]
        event = http_event(f"/v1/videos/{self.job_id}", b"")
        event["requestContext"]["http"]["method"] = "GET"
        answer = handler("query")(event, CONTEXT)
        self.link = json.loads(answer["body"])["assets"][0]["url"]

    def found_in(self, told: Told, world_events: list[tuple[str, dict[str, Any]]]) -> set[str]:
        """The secrets that stand in any line."""
        capabilities = {
            event["rawPath"].rsplit(".", 1)[1]
            for name, event in world_events
            if name == "webhook" and "rawPath" in event
        }
        signature = re.findall(r"Signature=([^&]+)", self.link)
        assert capabilities
        assert signature
        text = "\n".join(told.lines)
        return {one for one in self.texts | capabilities | set(signature) if one in text}


CONTEXT = Context("query", 10_000)


def _prepare(texts: set[str]) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem = key.private_bytes(*kinds).decode()
    texts.add(pem.splitlines()[1])
    client("secretsmanager").create_secret(Name="media", SecretString=json.dumps({"private_key_pem": pem}))
    hashed = hashlib.sha256(API_KEY.encode()).hexdigest()
    texts.add(hashed)
    TableTenants(client("dynamodb"), cloud.TABLE).put_api_key(hashed, ApiKey("acme", "k1", ("videos:read",)))


@pytest.fixture(scope="module")
def spoken(seams: Rig) -> tuple[Secrets, Told, list[tuple[str, dict[str, Any]]]]:
    """The whole way, told once at DEBUG."""
    secrets, events = Secrets(), list[tuple[str, dict[str, Any]]]()

    def script(world: World) -> None:
        world.events = events
        secrets.script(world)

    return secrets, tell(seams, Story(script, 30, {"KLING_CREDIT_MINUTES": "5"}), logging.DEBUG), events


Spoken = tuple[Secrets, Told, list[tuple[str, dict[str, Any]]]]


def test_no_line_holds_a_secret(spoken: Spoken) -> None:
    """Neither prompts nor keys, tokens, signed links or callback addresses, whoever prints and however talkative."""
    secrets, told, events = spoken
    assert not secrets.found_in(told, events)
    assert not re.search(r"eyJ[\w-]{10,}\.eyJ", "\n".join(told.lines)), "a token that Kling would take"


def test_one_id_leads_from_the_request_to_the_asset(spoken: Spoken) -> None:
    """Every step of the way prints a line that carries the job's id."""
    secrets, told, _ = spoken
    about = [line for line in parsed(told.lines) if line.get("job_id") == secrets.job_id]
    names = {
        name
        for line in about
        for part in line["_aws"]["CloudWatchMetrics"]
        for name in (m["Name"] for m in part["Metrics"])
    }
    assert names >= {"Admitted", "Submitted", "CallbackReceived", "CopyFailed", "Discovered", "Succeeded"}


def test_the_request_leads_to_the_job(spoken: Spoken) -> None:
    """The line of the admission holds the id of the request that stands in the access log."""
    secrets, told, _ = spoken
    (admission,) = [line for line in parsed(told.lines) if "Admitted" in line and line.get("job_id") == secrets.job_id]
    assert admission["request_id"] == "r"


def test_our_own_lines_are_json_with_the_job(spoken: Spoken) -> None:
    """What is told about a job in words carries its id too."""
    secrets, told, _ = spoken
    words = [json.loads(line) for line in told.lines if line.startswith('{"level"')]
    assert {one["message"] for one in words if one.get("job_id") == secrets.job_id} >= {"copy failed", "not created"}
    assert all(one["service"] for one in words)


def test_libraries_stay_quiet_even_at_debug(spoken: Spoken) -> None:
    """What is not JSON was printed by a library; none of these writes down what it sends."""
    _, told, _ = spoken
    assert not [line for line in told.lines if not line.startswith("{")]
