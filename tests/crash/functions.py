"""Runs the real handlers, each in a process that may die."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from reelwright import composition
from reelwright.domain.status import IllegalTransition
from tests.crash.effects import Invocation, Killed, Seams

TIMEOUT_SECONDS: Final = {
    "submit": 20,
    "webhook": 10,
    "dispatch": 120,
    "poll": 60,
    "finalize": 600,
    "sweep": 55,
    "announce": 55,
    "deliver": 60,
}
KILLED: Final = "Runtime.ExitError"
"""What Lambda reports when a process is gone."""
BUGS: Final = (TypeError, ValueError, LookupError, AttributeError, AssertionError, IllegalTransition)
"""Errors that no crash excuses."""

Handler = Callable[[dict[str, Any], Any], Any]


@dataclass(frozen=True)
class Context:
    """What handlers read of Lambda's context."""

    function_name: str
    remaining_ms: int
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:f"
    aws_request_id: str = "request"

    def get_remaining_time_in_millis(self) -> int:
        """The whole timeout: a run's own calls take next to nothing of it."""
        return self.remaining_ms


@dataclass(frozen=True)
class Outcome:
    """What came back: the answer, or the name of the error."""

    answer: Any = None
    error: str = ""


@dataclass
class Functions:
    """Invokes functions below the seams and counts them; `strange` keeps errors that only a bug can raise."""

    seams: Seams
    handlers: Callable[[str], Handler]
    invoked: int = 0
    strange: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def invoke(self, function: str, event: dict[str, Any]) -> Outcome:
        """One invocation. A killed one leaves no state of its process behind."""
        self.invoked += 1
        invocation = Invocation(self.invoked, function, event)
        self.seams.running.append(invocation)
        context = Context(function, TIMEOUT_SECONDS[function] * 1000)
        try:
            return Outcome(self.handlers(function)(event, context))
        except Killed:
            new_process()
            return Outcome(error=KILLED)
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever comes
            self._keep(function, error)
            return Outcome(error=type(error).__name__)
        finally:
            self.seams.running.pop()

    def _keep(self, function: str, error: Exception) -> None:
        """A batch hides the errors of its messages."""
        causes = [cause[1] for cause in getattr(error, "child_exceptions", ())] or [error]
        for cause in causes:
            kept = self.strange if isinstance(cause, BUGS) else self.errors
            kept.append(f"{function}: {cause!r}")


def new_process() -> None:
    """Forget every composed use case; boto3's clients hold no state of ours and stay."""
    for module in _composed():
        for part in vars(module).values():
            if hasattr(part, "cache_clear"):
                part.cache_clear()


def _composed() -> list[ModuleType]:
    names = sorted(path.stem for path in Path(composition.__path__[0]).glob("[a-z]*.py"))
    return [importlib.import_module(f"reelwright.composition.{name}") for name in names]


@cache
def handler(function: str) -> Handler:
    """`functions/<name>/handler.py`, loaded as Lambda does: a module of its own."""
    spec = importlib.util.spec_from_file_location(f"handler_{function}", Path("functions", function, "handler.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Handler = module.handler
    return found
