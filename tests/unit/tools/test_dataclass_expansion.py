"""An expanded dataclass is the dataclass that was written."""

import ast
import copy
import dataclasses
import pickle
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tools.build.dataclass_expansion import expand
from tools.build.runtime import expanded_dataclass

LIBRARY = Path(__file__).resolve().parents[3] / "layers/reelwright/python"
SOURCE = '''
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """A row."""

    id: str
    units: Decimal = Decimal(5)
    note: str | None = None
    tags: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("no id")

    @property
    def double(self) -> Decimal:
        """Twice."""
        return self.units * 2
'''


@pytest.fixture(params=["written", "expanded"])
def row(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The class, made by the standard library and made from its expansion."""
    monkeypatch.setitem(sys.modules, "expanded_dataclass", expanded_dataclass)
    module, tree = ModuleType("rows"), ast.parse(SOURCE)
    if request.param == "expanded":
        assert expand(tree) == 1
    monkeypatch.setitem(sys.modules, "rows", module)
    exec(compile(tree, "rows.py", "exec"), module.__dict__)  # noqa: S102 - the text above
    return module.Row


def test_it_is_made_with_defaults(row: Any) -> None:
    """Defaults are shared, factories are called each time."""
    one, other = row("a"), row("a")
    assert (one.units, one.note, one.tags, one.double) == (Decimal(5), None, {}, Decimal(10))
    assert one.units is other.units
    assert one.tags is not other.tags
    assert row("a", Decimal(1), tags={"x": "y"}).tags == {"x": "y"}


def test_bad_calls_are_refused(row: Any) -> None:
    """Missing and unknown arguments are TypeErrors, and __post_init__ has its say."""
    for arguments, named in (((), {}), (("a",), {"other": 1})):
        with pytest.raises(TypeError):
            row(*arguments, **named)
    with pytest.raises(ValueError, match="no id"):
        row("")


def test_it_is_frozen(row: Any) -> None:
    """Neither fields nor anything else can be set or deleted (Python 3.11 itself says TypeError for the latter)."""
    one = row("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.id = "b"
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        one.other = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.id
    assert not hasattr(one, "__dict__")


def test_it_compares_and_shows_by_value(row: Any) -> None:
    """Equality, hash and text are those of the fields; another class is never equal."""
    assert row("a", note="x") == row("a", note="x") != row("b")
    assert row("a") != ("a", Decimal(5), None, {})
    assert repr(row("a")) == "Row(id='a', units=Decimal('5'), note=None, tags={})"
    with pytest.raises(TypeError, match="unhashable"):
        hash(row("a"))


def test_the_standard_library_takes_it_for_a_dataclass(row: Any) -> None:
    """fields, asdict, replace and matching work, on the class and on its instances."""
    names = ("id", "units", "note", "tags")
    assert tuple(field.name for field in dataclasses.fields(row)) == row.__match_args__ == names
    assert dataclasses.asdict(row("a")) == {"id": "a", "units": Decimal(5), "note": None, "tags": {}}
    assert dataclasses.replace(row("a"), units=Decimal(7)).units == Decimal(7)
    assert dataclasses.fields(row)[1].default == Decimal(5)
    assert hasattr(row, "__dataclass_fields__")
    assert row.__dataclass_params__.frozen


def test_it_can_be_copied_and_pickled(row: Any) -> None:
    """State travels although there is no __dict__."""
    one = row("a", tags={"x": "y"})
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "change",
    [
        ("(frozen=True, slots=True)", "(frozen=True)"),
        ("class Row:", "class Row(object):"),
        ("id: str", "id: ClassVar[str]"),
        ("default_factory=dict", "default_factory=dict, repr=False"),
        ("def double", "def __eq__"),
        ('    """A row."""\n', ""),
    ],
)
def test_unusual_classes_are_left_alone(change: tuple[str, str]) -> None:
    """Whatever is not plain is left to the standard library."""
    tree = ast.parse(SOURCE.replace(*change))
    before = ast.unparse(tree)
    assert expand(tree) == 0
    assert ast.unparse(tree) == before


def test_line_numbers_stay() -> None:
    """Tracebacks point into the source that is shipped."""
    written, expanded = ast.parse(SOURCE), ast.parse(SOURCE)
    expand(expanded)
    places = [
        {one.name: one.lineno for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == "double"}
        for tree in (written, expanded)
    ]
    assert places[0] == places[1]


def test_every_module_of_the_library_compiles_expanded() -> None:
    """The library holds dataclasses that are expanded, and each module still compiles."""
    total = 0
    for path in LIBRARY.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        total += expand(tree)
        compile(tree, str(path), "exec")
    assert total > 0
