"""The table of operations says what the code calls."""

import ast
from collections.abc import Iterator
from pathlib import Path

import botocore.session
from botocore import xform_name

from tools.build.botocore_services import SERVICES

ROOT = Path(__file__).resolve().parents[3]
# s3transfer, behind upload_file and upload_fileobj, calls these.
TRANSFERS = {"create_multipart_upload", "upload_part", "complete_multipart_upload", "abort_multipart_upload"}
UPLOADS = {"upload_file": TRANSFERS | {"put_object"}, "upload_fileobj": TRANSFERS | {"put_object"}}


LIBRARY = ROOT / "layers/reelwright/python"


def modules() -> list[ast.Module]:
    """The functions' sources and every module of the library that they import, one way or another."""
    waiting, seen = sorted((ROOT / "functions").rglob("*.py")), dict[Path, ast.Module]()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen[path] = ast.parse(path.read_text())
            waiting.extend(imported(seen[path]))
    return list(seen.values())


def imported(module: ast.Module) -> Iterator[Path]:
    """The library's files that a module imports, wherever in it the import stands."""
    for node in ast.walk(module):
        names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        prefix = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for dotted in (*prefix, *(".".join([*prefix, name]) for name in names)):
            base = LIBRARY / dotted.replace(".", "/")
            yield from (path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file())


def attributes(node: ast.AST) -> Iterator[str]:
    """Every attribute that is called on something other than a socket."""
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and ast.unparse(call.func.value) != "socket"
        ):
            yield call.func.attr


def called() -> set[str]:
    """The methods of AWS clients that the sources call, by their Python names."""
    names = {name for module in modules() for name in attributes(module)}
    session = botocore.session.Session()
    known = {xform_name(name) for service in SERVICES for name in session.get_service_model(service).operation_names}
    behind = {name for upload in UPLOADS.keys() & names for name in UPLOADS[upload]}
    return (names & known) | behind


def clients() -> set[str]:
    """The services that clients are made for, all by name."""
    made = set()
    for module in modules():
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "client":
                made.add(ast.literal_eval(call.args[0]))
    return made


def test_every_call_is_in_the_table() -> None:
    """A call to an operation that is cut would fail in the package only."""
    listed = {xform_name(name) for operations in SERVICES.values() for name in operations}
    assert called() <= listed


def test_every_client_is_in_the_table() -> None:
    """A service that is cut has no client in the package."""
    assert clients() <= set(SERVICES)


def test_the_table_holds_nothing_that_is_not_called() -> None:
    """Each listed operation is paid for at every cold start."""
    listed = {xform_name(name) for operations in SERVICES.values() for name in operations}
    assert listed <= called()
    assert set(SERVICES) <= clients()
