"""Everything running on this machine: embedded AWS, Kling endpoint, deployed app, front door."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from local import aws, kling, ministack
from local.adaptations import KEY_PAIR_ID
from local.answering import wait_until_it_answers
from local.deploy import Say, deploy, make_assembly
from local.front_door.settings import Settings
from local.kling import Kling
from local.ministack import Ministack
from local.places import LOOPBACK, RunFolder, free_port
from local.processes import Processes
from local.seed import Desk, fill_in_kling

FRONT_DOOR_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Deployment:
    """A running whole."""

    base_url: str
    stack: Ministack
    kling: Kling
    outputs: Mapping[str, str]

    @property
    def desk(self) -> Desk:
        """Where tenants and API keys are made."""
        return Desk(aws.client(self.stack, "dynamodb"), self.outputs)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to be like.

    A `port` of 0 takes a free one; no `kling` means the simulator, started with `simulator_options`.
    """

    folder: RunFolder
    port: int = 0
    kling: Kling | None = None
    time_scale: float = 10.0
    simulator_options: tuple[str, ...] = ()


def boot(plan: Plan, processes: Processes, say: Say) -> Deployment:
    """Start and deploy everything. Raises what its steps raise; the caller ends `processes` in any case."""
    port = plan.port or free_port()
    base_url = f"http://{LOOPBACK}:{port}"
    assembly = make_assembly(plan.folder, say)
    stack = ministack.start(processes)
    say(f"The embedded AWS runs at {stack.endpoint}, IAM enforced")
    endpoint = find_kling(plan, processes, say)
    outputs = deploy(stack, assembly, parameters(base_url, endpoint), plan.folder.path / "layers", say)
    fill_in_kling(aws.client(stack, "secretsmanager"), outputs, endpoint)
    open_front_door(front_door(port, base_url, stack, outputs), processes)
    say(f"The front door is {base_url}")
    return Deployment(base_url, stack, endpoint, outputs)


def find_kling(plan: Plan, processes: Processes, say: Say) -> Kling:
    """The endpoint that was given, or the simulator, which is started."""
    endpoint = plan.kling or kling.simulate(processes, os.environ, plan.time_scale, plan.simulator_options)
    who = (
        f"our simulator, {plan.time_scale:g} times faster than Kling,"
        if endpoint.calls_back
        else "the endpoint given, asked by polling,"
    )
    say(f"Kling is {who} at {endpoint.base_url}")
    return endpoint


def parameters(base_url: str, endpoint: Kling) -> dict[str, str]:
    """The addresses that the embedded stage takes as CloudFormation parameters."""
    return {
        "KlingBaseUrl": endpoint.base_url,
        "AllowHttpHosts": endpoint.host,
        "MediaBaseUrl": base_url,
        "CallbackBaseUrl": base_url if endpoint.calls_back else "",
    }


def front_door(port: int, base_url: str, stack: Ministack, outputs: Mapping[str, str]) -> Settings:
    """What it is told of the deployment behind it."""
    return Settings(
        port=port,
        base_url=base_url,
        upstream_port=stack.port,
        api_prefix=f"/_aws/execute-api/{outputs['ApiId']}/$default",
        media_host=outputs["CdnDomain"],
        key_pair_id=KEY_PAIR_ID,
        public_key_pem=outputs["MediaPublicKey"],
    )


def open_front_door(settings: Settings, processes: Processes) -> None:
    """Start the front door's process and wait until the API answers through it. Raises NotStarted."""
    told = processes.folder.path / "front_door.json"
    settings.write(told)
    environment = {name: os.environ[name] for name in ministack.PASSED_ON if name in os.environ}
    process = processes.start("front_door", [sys.executable, "-m", "local.front_door", str(told)], environment)
    wait_until_it_answers(process, settings.port, "/health", processes.folder.log("front_door"), FRONT_DOOR_SECONDS)
