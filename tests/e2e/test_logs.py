"""Every line that the functions of the deployed whole printed while all of these tests ran: no secret is in any."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from local import aws
from local.api import fetch
from local.deployment import Deployment
from local.figures.told import log_lines
from reelwright.adapters.aws.table.codec import decode

FEWEST: Final = 12
"""Shorter values (`5`, `std`) stand in lines by chance."""
CONTENT: Final = ("prompt", "negative_prompt", "image", "image_tail", "url", "hash")
LOOKS_SECRET: Final = {
    "an API key": r"rw_[A-Za-z0-9_-]{16,}",
    "a token for Kling": r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}",
    "a signed link": r"(?<![\w-])Signature=[\w~-]{16,}",
    "a webhook's secret": r"whsec_[\w+/=-]{16,}",
    "a callback's address": r"/webhooks/kling/\S+",
}


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _stored(deployment: Deployment) -> Iterator[str]:
    """What tenants asked for, and where they are told of it."""
    pages = aws.client(deployment.stack, "dynamodb").get_paginator("scan").paginate
    for page in pages(TableName=deployment.outputs["TableName"]):
        for row in map(decode, page["Items"]):
            yield from (text for name in CONTENT for text in _texts(row.get(name)))


def _kept(deployment: Deployment) -> Iterator[str]:
    """Every value of every secret."""
    secrets = aws.client(deployment.stack, "secretsmanager")
    for page in secrets.get_paginator("list_secrets").paginate():
        for one in page["SecretList"]:
            yield from _texts(json.loads(secrets.get_secret_value(SecretId=one["ARN"])["SecretString"]))


def _given_to_kling(deployment: Deployment) -> Iterator[str]:
    """The addresses that Kling was told to call back."""
    state = fetch("GET", f"{deployment.kling.base_url}/_control/tasks", None, {}).json
    yield from (one["url"] for one in state["callbacks"])


def _found(lines: list[str], secrets: set[str]) -> list[str]:
    """What the secret is, and which line holds it."""
    text = "\n".join(lines)
    known = [f"{one[:6]}… is logged" for one in secrets if one in text]
    alike = [f"{name} is logged" for name, pattern in LOOKS_SECRET.items() if re.search(pattern, text)]
    return known + alike


def test_no_line_holds_a_secret(deployment: Deployment) -> None:
    """Neither content, keys, tokens, signed links, nor addresses of callbacks and webhooks; a planted one is found."""
    sources = {"stored": _stored, "kept": _kept, "given": _given_to_kling}
    secrets = {name: {one for one in read(deployment) if len(one) >= FEWEST} for name, read in sources.items()}
    assert all(secrets.values()), "every source must have told something to look for"
    lines, every = log_lines(deployment), set().union(*secrets.values())
    assert sum("job_id" in line for line in lines) > 0
    assert _found(lines, every) == []
    assert all(_found([*lines, f"oh: {one}"], every) for one in every)
