"""An operator at the command line of the deployed whole."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from local.synth import STAGE
from reelwright.adapters.aws.clients import client
from reelwright.adapters.clock import SystemClock
from reelwright.composition.ops import Toolbox
from reelwright.composition.ops.letters import letters
from reelwright.composition.stage import OperatorSettings, settings_of
from reelwright.ops.console import ConsoleTelemetry
from reelwright.ops.main import main

NAME = "olga"


@dataclass
class Ahead:
    """A clock that may be put forward: an operator who comes back after some days."""

    ahead_ms: int = 0

    def now_ms(self) -> int:
        """See `ports.Clock`."""
        return SystemClock().now_ms() + self.ahead_ms


@dataclass(frozen=True)
class Said:
    """What a command ended with, and what it told."""

    code: int
    rows: tuple[dict[str, str], ...]

    def changes(self, done: str) -> set[tuple[str, str]]:
        """What it says of which thing, of all that it says to be `done` so; of keys it tells by their text."""
        named = ((row.get("subject", "key"), row.get("what", ""), row.get("done") or _made(row)) for row in self.rows)
        return {(subject, what) for subject, what, state in named if state == done}


class Operator:
    """Comes with a clock of their own."""

    def __init__(self, given: OperatorSettings) -> None:
        self.clock = Ahead()
        self._equip(given)

    def own_generations(self) -> None:
        """Have two generations of signing keys, as a deployment leaves them, that sign nobody's links."""
        secrets, text = client("secretsmanager"), json.dumps({"private_key_pem": "it signs no link", "made_ms": 1})
        arns = [secrets.create_secret(Name=f"generation-{uuid4().hex}", SecretString=text)["ARN"] for _ in range(2)]
        self._equip(replace(self.box.reach.given, media_secret_arns=tuple(arns)))

    def _equip(self, given: OperatorSettings) -> None:
        self.box = Toolbox(given, self.clock, ConsoleTelemetry())
        self.box.dead_letters = replace(self.box.dead_letters, letters=letters(given, wait_seconds=0))

    def run(self, line: str, who: str = NAME) -> Said:
        """Run one command."""
        words, text = [*line.split(), "--stage", STAGE, "--as", who, "--json"], io.StringIO()
        with redirect_stdout(text):
            code = main(words, lambda _stage: self.box)
        told: dict[str, Any] = json.loads(text.getvalue() or '{"rows": []}')
        return Said(code, tuple(told["rows"]))


def told() -> OperatorSettings:
    """What the stacks tell the command line."""
    return settings_of(STAGE, client("cloudformation"))


def _made(row: dict[str, str]) -> str:
    return "would be" if row["text"].startswith("(dry run") else "yes"
