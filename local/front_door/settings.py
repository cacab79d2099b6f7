"""What the front door is told when it starts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

MAX_BODY_BYTES = 10 * 1024 * 1024
"""The largest request body that an HTTP API takes (API Gateway quota)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where requests go, and whose signatures open `/media/*`."""

    port: int
    base_url: str
    upstream_port: int
    api_prefix: str
    media_host: str
    key_pair_id: str
    public_key_pem: str
    max_body_bytes: int = MAX_BODY_BYTES

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """The settings that `write` left in a file."""
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """Leave the settings in a file for the front door's process."""
        path.write_text(json.dumps(asdict(self)))
