"""Files that come in, are copied, and are linked to."""

from typing import Protocol

from reelwright.domain.asset import Asset


class ResultCopier(Protocol):
    """Copies a result into the media bucket and knows that it is a playable video."""

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        """The stored video and its cover. Raises CopyFailed; a half copied object never becomes an asset."""
        ...


class Images(Protocol):
    """Images that came inline with a request."""

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Store an image under `inputs/`."""
        ...


class LinkSigner(Protocol):
    """Signs links to assets."""

    def sign(self, key: str, expires_ms: int) -> str:
        """A link to the asset that works until `expires_ms`."""
        ...
