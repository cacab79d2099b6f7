"""The OpenAPI document that is served."""

from functools import cache
from pathlib import Path


@cache
def openapi(beside: Path) -> str:
    """The document that lies beside the handler: in a checkout a link to docs/, in a package a copy."""
    return (beside / "openapi.json").read_text()
