"""Compiles a library with its dataclasses expanded; run by the Python that will run the library.

`python -m tools.build.expanding_compiler <folder> <where it stands at run time>` writes unchecked-hash bytecode.
"""

import ast
import importlib.util
import marshal
import sys
from pathlib import Path

from tools.build.dataclass_expansion import expand

_UNCHECKED_HASH = (1).to_bytes(4, "little")  # PEP 552: the flags of a pyc that is never compared with its source


def compile_file(source: Path, runtime_path: str) -> None:
    """Write the bytecode of one module; SyntaxError when it is not one."""
    text = source.read_bytes()
    tree = ast.parse(text)
    expand(tree)
    code = compile(tree, runtime_path, "exec", dont_inherit=True, optimize=0)
    target = Path(importlib.util.cache_from_source(str(source)))
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(
        importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(text) + marshal.dumps(code)
    )


def main() -> None:
    """Compile every module below a folder."""
    folder, runtime_path = Path(sys.argv[1]), sys.argv[2]
    for source in sorted(folder.rglob("*.py")):
        compile_file(source, f"{runtime_path}/{source.relative_to(folder)}")


if __name__ == "__main__":
    main()
