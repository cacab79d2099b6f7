"""Cuts a service model of botocore down to the operations that are called."""

from collections.abc import Iterable, Iterator
from typing import Any

Document = dict[str, Any]


def trim_model(model: Document, operations: Iterable[str]) -> Document:
    """Keep `operations` and the shapes they reach, without documentation; KeyError for an unknown operation.

    Client context parameters keep theirs: botocore reads it when an endpoint is resolved.
    """
    kept = {name: model["operations"][name] for name in sorted(operations)}
    names = _reachable(kept, model["shapes"])
    shapes = {name: shape for name, shape in model["shapes"].items() if name in names}
    cut: Document = without_documentation({**model, "operations": kept, "shapes": shapes})
    return cut | {"clientContextParams": model["clientContextParams"]} if "clientContextParams" in model else cut


def without_documentation(value: Any) -> Any:
    """Drop the texts of a model; a *member* that is called documentation is an object, and stays."""
    if isinstance(value, list):
        return [without_documentation(item) for item in value]
    if not isinstance(value, dict):
        return value
    texts = {key for key in ("documentation", "documentationUrl") if isinstance(value.get(key), str)}
    return {key: without_documentation(item) for key, item in value.items() if key not in texts}


def _reachable(operations: Document, shapes: Document) -> set[str]:
    found: set[str] = set()
    waiting = list(_references(operations))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_references(shapes[name]))
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("shape"), str):
            yield value["shape"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
