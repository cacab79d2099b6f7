"""What IAM decided in the embedded AWS, written down: who asked for what on which resource, and what came of it.

Every refusal is a line of its own; what was allowed is told once for each role, action and resource.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = "iam.jsonl"
"""Below the run's folder."""

VARIABLE: Final = "REELWRIGHT_IAM_NOTES"
"""The environment variable that names the file to the embedded AWS."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One check; `role` is the name of the role whose session asked, or that AWS acted with."""

    role: str
    action: str
    resource: str
    allowed: bool


class Notes:
    """Appends decisions to a new file; `whose` gives the ARN of the caller who holds an access key."""

    def __init__(self, path: Path, whose: Callable[[str], str]) -> None:
        self._path, self._whose = path, whose
        self._roles: dict[str, str] = {}
        self._told = set[Decision]()
        path.unlink(missing_ok=True)

    def noting(self, enforce: Callable[..., Any]) -> Callable[..., Any]:
        """The same check of a request, noted."""

        def enforced(access_key: str, action: str, service: str, region: str, **more: Any) -> Any:
            refusal = enforce(access_key, action, service, region, **more)
            if access_key and (role := self._role(access_key)):
                self.note(Decision(role, action, str(more.get("resource_arn", "*")), refusal is None))
            return refusal

        return enforced

    def note(self, decision: Decision) -> None:
        """Write it down, unless it was allowed and is told already."""
        if decision in self._told:
            return
        if decision.allowed:
            self._told.add(decision)
        with self._path.open("a") as file:
            file.write(json.dumps(asdict(decision)) + "\n")

    def _role(self, access_key: str) -> str:
        """The name of the role whose session holds the key, "" for other callers."""
        if access_key not in self._roles:
            self._roles[access_key] = self._whose(access_key).partition(":assumed-role/")[2].partition("/")[0]
        return self._roles[access_key]


def read(path: Path, skip: int = 0) -> Iterator[Decision]:
    """The decisions in the file after the first `skip` of them."""
    lines = path.read_text().splitlines() if path.exists() else []
    return (Decision(**json.loads(line)) for line in lines[skip:])
