"""What clients and operators do: stories that, with those of Kling, pass through every effect of every function."""

import base64
import struct
import zlib
from decimal import Decimal
from typing import Final

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.tenant import Tenant
from tests.crash import cloud
from tests.crash.world import World

CLIP: Final = {"type": "text_to_video", "model": "kling-v2-5-turbo", "prompt": "a fox in snow", "duration": 5}
UNITS: Final = 100


def one_clip(world: World) -> None:
    """One video, please."""
    world.submit(1, CLIP)


def canceled_at_once(world: World) -> None:
    """Both slots are taken by others; the third job is canceled while it waits."""
    world.submit(1, CLIP, "key-1")
    world.submit(2, CLIP, "key-2")
    world.submit(3, CLIP, "key-3")
    world.cancel(6, "key-3")


def two_for_one_slot(world: World) -> None:
    """The second job waits for the slot of the first."""
    world.submit(1, CLIP, "key-1")
    world.submit(2, CLIP, "key-2")


def inline_image(world: World) -> None:
    """An image that comes with the request."""
    image = base64.b64encode(_png(400, 400)).decode()
    world.submit(1, CLIP | {"type": "image_to_video", "image": image})


def budget_raised(world: World) -> None:
    """The operator raises the month's budget between two jobs."""
    world.submit(1, CLIP, "key-1")
    world.agenda.after(5, lambda: tenant(200))
    world.submit(10, CLIP, "key-2")


def poor_tenant(world: World) -> None:
    """The month's budget covers one of two jobs."""
    tenant(2)
    world.submit(1, CLIP, "key-1")
    world.submit(2, CLIP, "key-2")


def tenant(units: int, weight: int = 1) -> None:
    """Create the tenant or change its budget and its share."""
    TableTenants(client("dynamodb"), cloud.TABLE).put(Tenant("acme", Decimal(units), 10, 1000, weight=weight))


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(3 * width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
