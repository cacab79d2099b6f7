"""What IAM decided in the embedded AWS, written down: who asked for what on which resource, and what came of it.

Every refusal is a line of its own; what was allowed is told once for each caller, action and resource.
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
    """One check; `role` is the name of the role whose session asked."""

    role: str
    action: str
    resource: str
    allowed: bool


class Notes:
    """Appends decisions to a new file; `whose` gives the ARN of the caller who holds an access key."""

    def __init__(self, path: Path, whose: Callable[[str], str]) -> None:
        self._path, self._whose = path, whose
        self._told = set[tuple[str, str, str]]()
        path.unlink(missing_ok=True)

    def noting(self, enforce: Callable[..., Any]) -> Callable[..., Any]:
        """The same check of a request, noted."""

        def enforced(access_key: str, action: str, service: str, region: str, **more: Any) -> Any:
            refusal = enforce(access_key, action, service, region, **more)
            asked = (access_key, action, str(more.get("resource_arn", "*")))
            if access_key and (refusal is not None or asked not in self._told):
                self._note(asked, allowed=refusal is None)
            return refusal

        return enforced

    def _note(self, asked: tuple[str, str, str], *, allowed: bool) -> None:
        access_key, action, resource = asked
        if allowed:
            self._told.add(asked)
        if role := _role(self._whose(access_key)):
            with self._path.open("a") as file:
                file.write(json.dumps(asdict(Decision(role, action, resource, allowed))) + "\n")


def read(path: Path, skip: int = 0) -> Iterator[Decision]:
    """The decisions in the file after the first `skip` of them."""
    lines = path.read_text().splitlines() if path.exists() else []
    return (Decision(**json.loads(line)) for line in lines[skip:])


def _role(arn: str) -> str:
    return arn.partition(":assumed-role/")[2].partition("/")[0]
