"""A hand at the simulator: Kling as a drill wants it."""

import json
from dataclasses import dataclass

from local.api import fetch
from local.drills.not_seen import NotSeen


@dataclass(frozen=True, slots=True)
class KlingHand:
    """Raises NotSeen when the simulator does not do it."""

    base_url: str

    def lies(self, fault: str, **rule: object) -> None:
        """Let it misbehave."""
        body = json.dumps({"fault": fault, "times": None, **rule}).encode()
        self._control("POST", "faults", body)

    def is_well(self) -> None:
        """Every fault is over."""
        self._control("DELETE", "faults")

    def control(self, name: str, **body: object) -> None:
        """Any other hand at the simulator."""
        self._control("POST", name, json.dumps(body).encode())

    def account(self) -> str:
        """The name of the account that this deployment's tasks are created in."""
        return str(json.loads(self._control("GET", "tasks"))["tasks"][0]["account"])

    def _control(self, method: str, name: str, body: bytes | None = None) -> bytes:
        url = f"{self.base_url}/_control/{name}"
        answer = fetch(method, url, body, {"Content-Type": "application/json"})
        if answer.status >= 300:  # noqa: PLR2004 - anything but a success
            raise NotSeen(f"the simulator gave {answer.status}")
        return answer.body
