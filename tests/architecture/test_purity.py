"""Below the case folder nothing touches the world: no file, clock, chance, network, process or environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PURE = ("publish", "register", "compare", "delimit", "description", "geodesy", "diagnostics.py", "errors.py")
SEES_FILES = ("sources",)

EXCEPTED = {
    "geodesy/registry.py": "opens PROJ's registry of operations, which is as constant as PROJ's code",
    "geodesy/transform.py": "takes the digest of PROJ's grid files, which results name",
    "register/store.py": "keeps the register in a file: the one module of the register that does",
    "register/published/verify_register.py": "a program of its own, which no module imports: it goes out with every export",
}
"""Modules that read data of the toolchain or keep data, and why they may."""

FORBIDDEN_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__"}
FORBIDDEN_MODULES = {
    "asyncio",
    "glob",
    "http",
    "locale",
    "logging",
    "multiprocessing",
    "os",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
}
FORBIDDEN_METHODS = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "iterdir",
    "glob",
    "rglob",
    "stat",
    "is_file",
    "is_dir",
    "now",
    "utcnow",
    "today",
    "default_rng",
}


def violations(code: str) -> Iterator[str]:
    """What in a module touches the world, as `line N: what`."""
    for node in ast.walk(ast.parse(code)):
        for what in _touches(node):
            yield f"line {getattr(node, 'lineno', 0)}: {what}"


def _touches(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (f"import {name.name}" for name in names if name.name.split(".")[0] in FORBIDDEN_MODULES)
        case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] in FORBIDDEN_MODULES:
            yield f"from {module} import"
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            yield f"{name}()"
        case ast.Call(func=ast.Attribute(attr=name, value=of)) if name in FORBIDDEN_METHODS and not _own_data(of):
            yield f".{name}()"
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="random" | "save" | "load" | "memmap" as name):
            yield f"numpy.{name}"
        case _:
            pass


def _own_data(expression: ast.expr) -> bool:
    """Whether an expression comes from `importlib.resources.files`: tables that ship with the code are code."""
    return any(isinstance(node, ast.Name) and node.id in {"files", "resources"} for node in ast.walk(expression))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root / "src" / "merestone").as_posix()


def _modules(root: Path) -> list[Path]:
    package = root / "src" / "merestone"
    return sorted(
        path
        for layer in PURE
        for path in ([package / layer] if layer.endswith(".py") else (package / layer).rglob("*.py"))
    )


def test_pure_layers_touch_nothing(root: Path) -> None:
    """No module below the case folder, sources apart, opens, prints, waits, draws lots or asks the environment."""
    modules = [path for path in _modules(root) if _name(path, root) not in EXCEPTED]
    found = [
        f"{_name(path, root)}: {each}" for path in modules for each in violations(path.read_text(encoding="utf-8"))
    ]
    assert len(modules) > len(PURE)
    assert found == []


def test_no_exception_outlives_its_reason(root: Path) -> None:
    """Every module that is excepted still touches what it is excepted for."""
    package = root / "src" / "merestone"
    idle = [name for name in EXCEPTED if not list(violations((package / name).read_text(encoding="utf-8")))]
    assert idle == []


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import os.path",
        "from time import monotonic",
        "import urllib.request",
        "print('x')",
        "open('x')",
        "from pathlib import Path\nPath('x').read_text()",
        "import datetime\ndatetime.datetime.now()",
        "import numpy as np\nnp.random.default_rng()",
        "import numpy as np\nnp.load('x')",
        "def f():\n    import socket",
    ],
)
def test_the_check_sees_each_way_out(code: str) -> None:
    """A planted breach of purity is found."""
    assert list(violations(code))


@pytest.mark.parametrize(
    "code",
    [
        "import math",
        "from . import os",
        "'a'.replace('a', 'b')",
        "f.openness()",
        "(files('merestone.geodesy') / 'frames.toml').read_text()",
    ],
)
def test_the_check_leaves_pure_code_alone(code: str) -> None:
    """What only looks like a way out is none."""
    assert list(violations(code)) == []
