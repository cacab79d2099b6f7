"""A tenant's webhook endpoint, as the API makes it."""

from typing import Any

from tests.unit.api.conftest import World

HERE = {"url": "https://studio.example.com/hooks"}


def made(world: World, **more: object) -> dict[str, Any]:
    answer = world.send("POST", "/v1/webhooks", HERE | more)
    assert answer.status == 201, answer.text
    return dict(answer.json)


def at(hook: dict[str, Any], *rest: str) -> str:
    return "/".join((f"/v1/webhooks/{hook['id']}", *rest))
