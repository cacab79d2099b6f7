"""Writes out at build time what `@dataclass(frozen=True, slots=True)` would write at each start.

Making such a class costs half a millisecond, since its methods are composed as text and compiled; a function imports
some forty. The bytecode that is shipped holds the methods instead; the source that is shipped stays as it is. Classes
of any other form, or with anything unusual inside, are left to the standard library.
"""

import ast
from collections.abc import Iterator

_OWN = frozenset({"__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__slots__"})
_IMPORT = "from expanded_dataclass import FACTORY as _factory_, Fields as _fields_; import dataclasses as _dataclasses_"
_METHODS = """
def __repr__(self):
    return f"{{self.__class__.__qualname__}}({shown})"
def __eq__(self, other):
    if other.__class__ is self.__class__:
        return {values} == {others}
    return NotImplemented
def __hash__(self):
    return hash({values})
def __setattr__(self, name, value):
    if type(self) is {name} or name in {names}:
        raise _dataclasses_.FrozenInstanceError(f"cannot assign to field {{name!r}}")
    super({name}, self).__setattr__(name, value)
def __delattr__(self, name):
    if type(self) is {name} or name in {names}:
        raise _dataclasses_.FrozenInstanceError(f"cannot delete field {{name!r}}")
    super({name}, self).__delattr__(name)
def __getstate__(self):
    return list({values})
def __setstate__(self, state):
    for name, value in zip({names}, state, strict=True):
        object.__setattr__(self, name, value)
"""


def expand(tree: ast.Module) -> int:
    """Expand the top-level dataclasses of a module in place; the line numbers stay. Gives how many there were."""
    expanded = [node for node in tree.body if isinstance(node, ast.ClassDef) and _plain(node)]
    for node in expanded:
        _expand_class(node)
    if expanded:
        first = expanded[0]
        tree.body[tree.body.index(first) : tree.body.index(first)] = _parsed(_IMPORT, first)
    return len(expanded)


def _plain(node: ast.ClassDef) -> bool:
    decorated = [ast.unparse(one) for one in node.decorator_list] == ["dataclass(frozen=True, slots=True)"]
    if not decorated or node.bases or node.keywords or ast.get_docstring(node) is None:
        return False
    named = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    assigned = any(isinstance(one, ast.Assign) for one in node.body)
    return not named & _OWN and not assigned and all(_simple(one) for one in _annotated(node))


def _simple(field: ast.AnnAssign) -> bool:
    """No ClassVar or InitVar, and no field() that says more than its default factory."""
    kind = ast.unparse(field.annotation)
    return "ClassVar" not in kind and "InitVar" not in kind and (not _is_field(field) or _factory(field) is not None)


def _is_field(field: ast.AnnAssign) -> bool:
    return isinstance(field.value, ast.Call) and ast.unparse(field.value.func) in {"field", "dataclasses.field"}


def _factory(field: ast.AnnAssign) -> ast.expr | None:
    call = field.value
    if not isinstance(call, ast.Call) or not _is_field(field):
        return None
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    return given["default_factory"] if set(given) == {"default_factory"} and not call.args else None


def _annotated(node: ast.ClassDef) -> Iterator[ast.AnnAssign]:
    return (one for one in node.body if isinstance(one, ast.AnnAssign))


def _expand_class(node: ast.ClassDef) -> None:
    fields = list(_annotated(node))
    names = tuple(_name(field) for field in fields)
    defaults = ", ".join(f"{_name(one)!r}: {ast.unparse(one.value)}" for one in fields if one.value is not None)
    head = f"__slots__ = __match_args__ = {names!r}\n__dataclass_fields__ = _fields_({names!r}, {{{defaults}}})\n"
    post = any(isinstance(one, ast.FunctionDef) and one.name == "__post_init__" for one in node.body)
    text = head + _init(fields, post=post) + _methods(node.name, names)
    for field in fields:
        field.value = None
    node.decorator_list = []
    node.body[1:1] = _parsed(text, node)


def _init(fields: list[ast.AnnAssign], *, post: bool) -> str:
    parameters = ", ".join(["self", *(_parameter(one) for one in fields)])
    lines = ["_set_ = object.__setattr__", *(f"_set_(self, {_name(one)!r}, {_value(one)})" for one in fields)]
    lines += ["self.__post_init__()"] if post else []
    return f"def __init__({parameters}):\n" + "".join(f"    {line}\n" for line in lines)


def _parameter(field: ast.AnnAssign) -> str:
    if field.value is None:
        return _name(field)
    return f"{_name(field)}=" + ("_factory_" if _factory(field) else f"__dataclass_fields__[{_name(field)!r}]")


def _value(field: ast.AnnAssign) -> str:
    name, factory = _name(field), _factory(field)
    return f"({ast.unparse(factory)})() if {name} is _factory_ else {name}" if factory else name


def _methods(name: str, names: tuple[str, ...]) -> str:
    values, others = (f"({''.join(f'{owner}.{one}, ' for one in names)})" for owner in ("self", "other"))
    shown = ", ".join(f"{one}={{self.{one}!r}}" for one in names)
    return _METHODS.format(name=name, names=repr(names), shown=shown, values=values, others=others)


def _name(field: ast.AnnAssign) -> str:
    return ast.unparse(field.target)


def _parsed(text: str, place: ast.ClassDef) -> list[ast.stmt]:
    """Parse the text as if all of it stood where the class begins."""
    body = ast.parse(text).body
    for statement in body:
        for node in ast.walk(statement):
            if hasattr(node, "lineno"):
                ast.copy_location(node, place)
    return body
