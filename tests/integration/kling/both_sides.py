"""Our adapter and the simulator, face to face."""

from dataclasses import dataclass
from typing import Any

from reelwright.adapters.kling.adapter import KlingProvider
from reelwright.domain.generation import Generation, JobType
from reelwright.use_cases.ports import Submission
from tests.simulators.kling import KlingSimulator

MODEL = "kling-v2-6"
KIND = JobType.TEXT_TO_VIDEO
SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


@dataclass
class Kling:
    """A simulator without a socket, our adapter in front of it, and what was called back."""

    simulator: KlingSimulator
    provider: KlingProvider
    received: list[tuple[bytes, dict[str, str]]]

    def submit(self, external_id: str = "job_1-1", **changes: Any) -> Any:
        """Submit a clip."""
        wanted = Generation(**{"type": KIND, "model": MODEL, "prompt": "a fox", "mode": "std"} | changes)
        return self.provider.submit(Submission(wanted, external_id, "https://api.example.com/webhooks/kling/x"))

    def fault(self, name: str, method: str = "POST", **args: Any) -> None:
        """Script one fault of a call."""
        self.simulator.control.add_fault(name, {"method": method}, **args)

    def created(self) -> int:
        """How many tasks there really are."""
        return len(self.simulator.control.tasks())
