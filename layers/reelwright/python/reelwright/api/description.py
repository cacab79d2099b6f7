"""The OpenAPI document that is served: packaged beside the function, or the committed one in a checkout."""

from functools import cache
from pathlib import Path


@cache
def openapi(beside: Path) -> str:
    """The document as text. Raises FileNotFoundError where the package was built without it."""
    packaged = beside / "openapi.json"
    return (packaged if packaged.is_file() else beside.parents[1] / "docs/openapi.json").read_text()
