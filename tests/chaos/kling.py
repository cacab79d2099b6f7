"""Kling's side: the faults it is told, and its own account of tasks, deductions and files."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import jwt

from local.api import Answer, fetch
from local.kling import Kling

LOOK_UP = "/v1/videos/text2video/{}"
TOKEN_SECONDS = 1800


class Witness:
    """Asks the simulator what really happened, by its control and, for files, by its API."""

    def __init__(self, kling: Kling) -> None:
        self._kling = kling

    def misbehave(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Put fault rules into force."""
        body = json.dumps({"rules": list(rules)}).encode()
        _good(fetch("POST", f"{self._kling.base_url}/_control/faults", body, {"Content-Type": "application/json"}))

    def used(self) -> dict[str, int]:
        """How often each fault struck."""
        rules = _good(fetch("GET", f"{self._kling.base_url}/_control/faults")).json
        return {rule["fault"]: rule["used"] for rule in rules}

    def state(self) -> dict[str, Any]:
        """Tasks, calls, deductions, callbacks."""
        state: dict[str, Any] = _good(fetch("GET", f"{self._kling.base_url}/_control/tasks")).json
        return state

    def digest(self, task_id: str) -> str:
        """SHA-256 of the file that Kling made for a task."""
        now = int(time.time())
        claims = {"iss": self._kling.access_key, "exp": now + TOKEN_SECONDS, "nbf": now - 5}
        token = jwt.encode(claims, self._kling.secret_key, algorithm="HS256")
        path = self._kling.base_url + LOOK_UP.format(task_id)
        data = _good(fetch("GET", path, headers={"Authorization": f"Bearer {token}"})).json["data"]
        return hashlib.sha256(_good(fetch("GET", data["task_result"]["videos"][0]["url"])).body).hexdigest()


def deducted(state: Mapping[str, Any]) -> dict[str, Decimal]:
    """Units by task id, as Kling's own ledger sums them."""
    units: dict[str, Decimal] = {}
    for row in state["deductions"]:
        units[row["task_id"]] = units.get(row["task_id"], Decimal(0)) + Decimal(row["units"])
    return units


def _good(answer: Answer) -> Answer:
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"the simulator answers {answer.status}: {answer.body[:300]!r}")
    return answer
