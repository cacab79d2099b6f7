"""Puts the seams in: our library runs unchanged, on moto, virtual time and the simulated Kling."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import imageio_ffmpeg  # type: ignore[import-untyped]
from botocore import endpoint

from infra.environment import NAMES, Addresses, Environment
from infra.settings import PipelineSettings, Settings
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.kling import transport
from reelwright.adapters.media import builder, copier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Downloader
from reelwright.adapters.media.guard import Guard
from reelwright.observability import logger, metrics
from tests.crash import cloud
from tests.crash.aws_seam import Told, aws_seam, table_seam
from tests.crash.disk import File, Folder
from tests.crash.effects import Seams
from tests.crash.functions import new_process
from tests.crash.http_seam import KlingSession, KlingTransport, dialer
from tests.crash.quick_moto import quick_moto
from tests.crash.straight import Through
from tests.crash.world import World
from tests.simulators.kling.simulator import IN_MEMORY_URL

STAGE = Settings(
    stage="crash", pipeline=PipelineSettings(finalize_lease_seconds=120, lane_slots=2, kling_credit_minutes=0)
)
ADDRESSES = Addresses(
    table_name=cloud.TABLE,
    hints_queue_url=cloud.QUEUE_URL,
    media_bucket=cloud.BUCKET,
    media_base_url="https://media.example.com",
    media_secret_arns="media",
    media_key_pair_ids="K1",
    kling_base_url=IN_MEMORY_URL,
    kling_secret_arn="kling",
    callbacks_secret_arn="callbacks",
    webhooks_secret_arn="webhooks",
    deliveries_queue_url=cloud.DELIVERIES_URL,
    event_bus_name=cloud.BUS,
    callback_base_url="https://api.example.com",
    allow_http_hosts="",
)
SOMEWHERE_PUBLIC = "93.184.216.34"


class Rig:
    """Holds the world of the moment for seams that are put in once."""

    def __init__(self) -> None:
        self.seams = Seams()
        self.world: World | None = None
        self.numbers = count(1)

    def enter(self, seams: Seams, world: Callable[[], World], environment: dict[str, str]) -> World:
        """Begin a run: an empty cloud, new processes, a new world."""
        cloud.empty()
        new_process()
        os.environ.update(environ(), **environment)
        self.seams, self.numbers = seams, count(1)
        self.world = world()
        return self.world

    def listen(self, operation: str, told: Told) -> Told | None:
        """What AWS does about a call, where there is a world."""
        return self.world.listen(operation, told) if self.world else None

    def now_ms(self) -> int:
        """The virtual time."""
        assert self.world is not None
        return self.world.agenda.clock.now_ms()

    def app(self) -> Any:
        """The simulated Kling."""
        assert self.world is not None
        return self.world.kling.app

    def next_job(self) -> str:
        """Ids as long as real ones that are the same in every run."""
        return f"job_{next(self.numbers):026d}"


def environ() -> dict[str, str]:
    """The environment of every function at once, as the stage would set it."""
    made = Environment(STAGE, ADDRESSES, state_machine_arn=cloud.MACHINE_ARN)
    everything = {name: value for function in NAMES for name, value in made.of(function).items()}
    return everything | {"FFMPEG_PATH": imageio_ffmpeg.get_ffmpeg_exe()}


@contextmanager
def rig(table: Callable[[Callable[[], Seams]], Through] = table_seam) -> Iterator[Rig]:
    """Seams, cloud and environment for any number of runs, one after the other; `table` makes the table's calls."""
    made = Rig()
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, environ()))
        level = logger.log_level
        logger.setLevel("CRITICAL")
        stack.callback(logger.setLevel, level)
        stack.enter_context(aws_seam(lambda: made.seams, made.listen))
        stack.enter_context(quick_moto(table(lambda: made.seams)))
        stack.enter_context(cloud.cloud())
        stack.callback(new_process)
        for target, name, stand_in in _stand_ins(made):
            stack.enter_context(patch.object(target, name, stand_in))
        yield made


def _stand_ins(made: Rig) -> list[tuple[Any, str, Any]]:
    def sleep(_seconds: float) -> None:
        if made.world:
            made.world.agenda.tick()

    seams = lambda: made.seams  # noqa: E731
    return [
        (SystemClock, "now_ms", lambda _clock: made.now_ms()),
        (RandomIds, "job", lambda _ids: made.next_job()),
        (RandomIds, "owner", lambda _ids: f"owner-{next(made.numbers)}"),
        (transport, "new_session", lambda: KlingSession(KlingTransport(made.app(), seams))),
        (builder, "Downloader", lambda guard, limits: Downloader(guard, limits, dialer(made.app(), seams))),
        (builder, "Guard", partial(Guard, resolver=lambda _host, _port: [SOMEWHERE_PUBLIC])),
        (copier, "Path", File),
        (copier, "tempfile", SimpleNamespace(TemporaryDirectory=Folder)),
        (CoverMaker, "make", _once_for_each_picture(CoverMaker.make)),
        (endpoint, "time", SimpleNamespace(sleep=sleep)),
        (type(metrics.provider), "flush_metrics", lambda provider, **_options: provider.clear_metrics()),
    ]


def _once_for_each_picture(make: Any) -> Any:
    """FFmpeg runs for each film once: the simulator's films differ only in a box behind the pictures."""
    made: dict[str, bytes] = {}

    def remembered(maker: CoverMaker, video: Path) -> bytes:
        data = video.read_bytes()
        key = hashlib.sha256(data[: data.rfind(b"free")]).hexdigest()
        if key not in made:
            made[key] = make(maker, video)
        return made[key]

    return remembered
