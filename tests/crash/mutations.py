"""Breaks a guard: a line of the library's source is replaced while one test runs."""

import importlib
import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch


class NoLongerApplies(Exception):
    """The guard reads differently now: the mutation has to be written anew."""


@dataclass(frozen=True)
class Mutation:
    """A guard to break: `target` is `module:name` below `reelwright` (or in `infra`), `old` stands in its source once.

    `caught_by` names the scenarios, of which some schedule must fail (none: a probe must); `when` and `during` say at
    which faults, in which function, it is enough to look.
    """

    name: str
    target: str
    old: str
    new: str
    caught_by: tuple[str, ...] = ()
    when: str = ""
    during: str = ""


@contextmanager
def applied(mutation: Mutation) -> Iterator[None]:
    """Break the guard. Raises NoLongerApplies."""
    module_name, _, path = mutation.target.partition(":")
    module = importlib.import_module(module_name if module_name.startswith("infra.") else f"reelwright.{module_name}")
    *outer, name = path.split(".")
    owner: Any = module
    for part in outer:
        owner = getattr(owner, part)
    with patch.object(owner, name, _broken(mutation, module, inspect.getattr_static(owner, name), name)):
        yield


def _broken(mutation: Mutation, module: ModuleType, guard: Any, name: str) -> Any:
    if isinstance(guard, str):
        return _replaced(mutation, guard)
    source = _replaced(mutation, textwrap.dedent(inspect.getsource(guard)))
    made: dict[str, Any] = {}
    exec(compile(source, f"<mutation {mutation.name}>", "exec"), vars(module), made)  # noqa: S102 - our own source
    return made[name]


def _replaced(mutation: Mutation, source: str) -> str:
    if source.count(mutation.old) != 1:
        raise NoLongerApplies(f"{mutation.name}: {source.count(mutation.old)} times in {mutation.target}")
    return source.replace(mutation.old, mutation.new)
