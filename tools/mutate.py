"""How much of the register's code the tests would miss if it were wrong: changes it in one place after another and runs the
tests that come by there.

    python tools/mutate.py                  # every module that verifies, appends or signs; ends with the score of each
    python tools/mutate.py rules head       # these alone
    python tools/mutate.py desk:signing     # those that stand before a signature are called desk:NAME
    python tools/mutate.py --list rules     # what would be changed

One process collects the tests once and learns which test comes by which line. Each change is tried in a fork of it: where
it lies in a function, the function's code is exchanged; where it lies elsewhere (a constant, a class), the module is
changed before anything imports it, in a process of its own. A change that no test notices is printed. Ends with exit code 1
if fewer than 95 of 100 changes of any module were noticed, but for those that `tools/equivalent_mutants.txt` names, each
with the reason why it changes nothing that anybody could see.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import os
import signal
import subprocess
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).resolve().parent.parent
DESK = "desk:"
"""What stands before the names of the modules that sign, show and carry: they have names that the log's modules have too."""
MODULES = [
    "canonical",
    "fields",
    "merkle",
    "keys",
    "signing",
    "envelope",
    "objects",
    "track",
    "ledger",
    "rules",
    "state",
    "head",
    "evidence",
    "bundle",
    "store",
    "replica",
    *(f"{DESK}{name}" for name in ("reviewing", "signing", "recompiling", "cosigning", "desk", "carrying", "stick")),
    *(f"{DESK}{name}" for name in ("taking_offers", "shelf", "manifest", "beside")),
    *(f"{DESK}{name}" for name in ("agreement", "exporting", "key_files", "proving", "rotating", "showing", "views")),
]
TESTS = ["tests/unit/register", "tests/attacks", "tests/unit/casefile/register"]
LEFT_OUT = ["--ignore=tests/unit/register/published"]
LEAST = 0.95
PATIENCE_S = 10
"""A change has this long, and four times what its tests take, before it counts as noticed because it never ends."""
MUTANT = "MERESTONE_MUTANT"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the module, which of its places, the line, and what it was and becomes."""

    module: str
    number: int
    line: int
    what: str
    span: tuple[int, int] | None
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.what}"

    @property
    def name(self) -> str:
        """What `equivalent_mutants.txt` calls it: it stays the same when lines are put in before it."""
        return f"{self.module} | {self.text} | {self.what}"


# ---- changes ----------------------------------------------------------------------------------------------------------

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
Place = tuple[ast.AST, Callable[[], None], str]


def places(tree: ast.Module) -> Iterator[Place]:
    """Each place of a tree with what changes it there, in a fixed order. Annotations, docstrings and the words of messages
    stay as they are, and so does what `_untouched` names."""
    untouched = {id(inner) for node in ast.walk(tree) for inner in _untouched(node)}
    for node in ast.walk(tree):
        if id(node) in untouched:
            continue
        yield from _changes(node)
        for name, value in ast.iter_fields(node):
            if name in {"body", "orelse", "finalbody"} and isinstance(value, list):
                yield from _left_out(value)


def _changes(node: ast.AST) -> Iterator[Place]:
    match node:
        case ast.Compare():
            for at, operator in enumerate(node.ops):
                other = COMPARISONS[type(operator)]
                change = _setting(node.ops, at, other())
                yield node, change, f"{type(operator).__name__} -> {other.__name__} in `{ast.unparse(node)}`"
        case ast.BoolOp():
            other_op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            yield node, _attribute(node, "op", other_op), f"`{ast.unparse(node)}` with {type(other_op).__name__}"
        case ast.BinOp() if type(node.op) in OPERATORS and not _of_types(node):
            other_binary = OPERATORS[type(node.op)]
            yield node, _attribute(node, "op", other_binary()), f"`{ast.unparse(node)}` with {other_binary.__name__}"
        case ast.If() | ast.While() | ast.IfExp():
            yield node, _negating(node), f"not `{ast.unparse(node.test)}`"
        case ast.Constant(value=bool() as value):
            yield node, _attribute(node, "value", not value), f"{value} -> {not value}"
        case ast.Constant(value=int() as value):
            yield node, _attribute(node, "value", value + 1), f"{value} -> {value + 1}"
            if value:
                yield node, _attribute(node, "value", value - 1), f"{value} -> {value - 1}"
        case ast.Subscript(slice=ast.Slice()):
            yield from _slices(node.slice, ast.unparse(node))
        case ast.comprehension():
            for at, test in enumerate(node.ifs):
                yield test, _setting(node.ifs, at, ast.Constant(True)), f"without `if {ast.unparse(test)}`"


def _untouched(node: ast.AST) -> Iterator[ast.AST]:
    """The decorators of a class or function, and `strict=True` of a zip whose sides are made equally long."""
    for decorator in getattr(node, "decorator_list", ()):
        yield from ast.walk(decorator)
    if isinstance(node, ast.keyword) and node.arg == "strict":
        yield node.value


def _slices(bounds: ast.Slice, text: str) -> Iterator[Place]:
    for name in ("lower", "upper", "step"):
        if getattr(bounds, name) is not None:
            yield bounds, _attribute(bounds, name, None), f"`{text}` without its {name}"


def _left_out(statements: list[ast.stmt]) -> Iterator[Place]:
    for at, statement in enumerate(statements):
        match statement:
            case ast.Raise():
                yield statement, _setting(statements, at, ast.Pass()), f"without `{_short(statement)}`"
            case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
                yield statement, _setting(statements, at, ast.Pass()), f"without `{_short(statement)}`"
            case ast.Return(value=ast.Constant(value=None)):
                pass
            case ast.Return(value=ast.expr()) | ast.AugAssign() | ast.Continue() | ast.Break():
                other: ast.stmt = ast.Return(None) if isinstance(statement, ast.Return) else ast.Pass()
                yield statement, _setting(statements, at, other), f"without `{_short(statement)}`"


def _short(statement: ast.stmt) -> str:
    return " ".join(ast.unparse(statement).split())[:80]


def _of_types(node: ast.BinOp) -> bool:
    """Whether it joins types, as in `int | None`."""
    sides = (node.left, node.right)
    return any(
        (isinstance(s, ast.Constant) and s.value is None)
        or (isinstance(s, ast.Name) and s.id[0].isupper() and not s.id.isupper())
        for s in sides
    )


def _setting(items: list[Any], at: int, value: Any) -> Callable[[], None]:
    def change() -> None:
        items[at] = value

    return change


def _attribute(node: ast.AST, name: str, value: Any) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _negating(node: ast.If | ast.While | ast.IfExp) -> Callable[[], None]:
    return lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _without_annotations(tree: ast.Module) -> ast.Module:
    """The tree without what has no effect: annotations of arguments and results, and docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs):
                argument.annotation = None
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant("")
    return tree


def _dotted(module: str) -> str:
    """The full name of a module."""
    name = module.removeprefix(DESK)
    return f"merestone.{'casefile.register' if name != module else 'register'}.{name}"


def _path(module: str) -> Path:
    return ROOT / "src" / f"{_dotted(module).replace('.', '/')}.py"


def parsed(module: str) -> ast.Module:
    """A module's tree, as it is mutated."""
    path = _path(module)
    return _without_annotations(ast.parse(path.read_text(encoding="utf-8"), str(path)))


def mutants(module: str) -> list[Mutant]:
    """All changes of a module."""
    tree = parsed(module)
    text = _path(module).read_text(encoding="utf-8").splitlines()
    spans = [(each.lineno, each.end_lineno or 0) for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    found = []
    for number, (node, _, what) in enumerate(places(tree)):
        line = getattr(node, "lineno", 0)
        inside = [span for span in spans if span[0] < line <= span[1] or (span[0] == line and _in_body(node, tree))]
        if what:
            found.append(Mutant(module, number, line, what, inside[0] if inside else None, text[line - 1].strip()))
    return found


def _in_body(node: ast.AST, tree: ast.Module) -> bool:
    """Whether a node on the line of a `def` is in its body (a body on one line) and no default value."""
    return any(
        isinstance(function, ast.FunctionDef)
        and any(node is inner for each in function.body for inner in ast.walk(each))
        for function in ast.walk(tree)
    )


def mutated(module: str, number: int) -> ast.Module:
    """The tree of a module with one change."""
    tree = parsed(module)
    for at, (_, change, _) in enumerate(places(tree)):
        if at == number:
            change()
            break
    return ast.fix_missing_locations(tree)


# ---- trying them --------------------------------------------------------------------------------------------------------


def exchange(module: types.ModuleType, tree: ast.Module) -> bool:
    """Puts the code of a changed tree into a module's functions; False if one no longer fits (it has lost a `super()`)."""
    new = compile(tree, str(module.__file__), "exec", dont_inherit=True)
    made = {code.co_qualname: code for code in _codes(new)}
    for function in _functions(module):
        code = made.get(function.__code__.co_qualname, function.__code__)
        if code.co_freevars != function.__code__.co_freevars:
            return False
        function.__code__ = code
    return True


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes(constant)


def _functions(module: types.ModuleType) -> Iterator[types.FunctionType]:
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        for member in [value, *(vars(value).values() if isinstance(value, type) else ())]:
            function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            function = getattr(function, "__wrapped__", function)
            if isinstance(function, types.FunctionType) and function.__module__ == module.__name__:
                yield function


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the register with one change in it."""

    def __init__(self, module: str, number: int) -> None:
        self.module, self.number = module, number

    def find_spec(self, name: str, *_: Any) -> Any:
        """Where the one module comes from: from here."""
        if name != _dotted(self.module):
            return None
        return importlib.util.spec_from_file_location(name, _path(self.module), loader=self)

    def create_module(self, _: Any) -> None:
        """The module is made as any other."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Its code is the changed one."""
        exec(compile(mutated(self.module, self.number), str(module.__file__), "exec", dont_inherit=True), vars(module))  # noqa: S102


class Runner:
    """Runs inside pytest, instead of its loop: first all tests, to learn their lines, then the changes."""

    def __init__(self, chosen: Sequence[Mutant], workers: int) -> None:
        self.chosen, self.workers = chosen, workers
        self.failed = False
        self.ended = False
        self.survivors: list[Mutant] = []
        self.lines: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.seconds: dict[int, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes that a test fails."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learns, then tries every change."""
        self._learn(session)
        if self.failed:
            return True
        waiting = sorted(self.chosen, key=lambda mutant: mutant.span is not None)  # those in functions are tried first
        running: dict[int, Mutant] = {}
        while waiting or running:
            while waiting and len(running) < self.workers:
                mutant = waiting.pop()
                running[self._forked(session, mutant)] = mutant
            child, status = os.waitpid(-1, 0)
            if child in running:
                mutant = running.pop(child)
                tried = len(self.chosen) - len(waiting) - len(running)
                if tried % 50 == 0:
                    print(f"{tried} of {len(self.chosen)}", flush=True)
                if status == 0:
                    self.survivors.append(mutant)
                    print(f"  not noticed: {mutant}", flush=True)
        self.ended = True
        return True

    def _learn(self, session: pytest.Session) -> None:
        """Runs every test once and notes the lines of the register that it comes by."""
        modules = {str(_path(module)): module for module in MODULES}
        measured = coverage.Coverage(data_file=None, config_file=False, include=list(modules))
        measured.start()
        for number, item in enumerate(session.items):
            measured.switch_context(str(number))
            begin = time.perf_counter()
            _run(item, session.items[number + 1] if number + 1 < len(session.items) else None)
            self.seconds[number] = time.perf_counter() - begin
        measured.stop()
        print(f"{len(session.items)} tests in {sum(self.seconds.values()):.0f} s", flush=True)
        data = measured.get_data()
        for file in data.measured_files():
            for line, tests in data.contexts_by_lineno(file).items():
                self.lines[modules[file], line] = [int(test) for test in tests if test]

    def _forked(self, session: pytest.Session, mutant: Mutant) -> int:
        numbers = self._tests(mutant)
        child = os.fork()
        if child:
            return child
        if mutant.span is not None:
            signal.alarm(PATIENCE_S + int(4 * sum(self.seconds[number] for number in numbers)))
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(self._tried(session, mutant, numbers))

    def _tests(self, mutant: Mutant) -> list[int]:
        """The tests that come by a change's line, or by its function where the line is not told, the quickest first."""
        begin, end = mutant.span or (mutant.line, mutant.line)
        found = set(self.lines.get((mutant.module, mutant.line), ()))
        if not found:
            found = {test for line in range(begin, end + 1) for test in self.lines.get((mutant.module, line), ())}
        return sorted(found, key=self.seconds.__getitem__)

    def _tried(self, session: pytest.Session, mutant: Mutant, numbers: list[int]) -> int:
        module = sys.modules[_dotted(mutant.module)]
        if mutant.span is None or not exchange(module, mutated(mutant.module, mutant.number)):
            signal.alarm(0)
            return _in_own_process(mutant)
        items = [session.items[number] for number in numbers]
        for item, next_item in zip(items, [*items[1:], None], strict=True):
            try:
                _run(item, next_item)
            except BaseException:  # noqa: BLE001
                return 1
            if self.failed:
                return 1
        return 0


def _run(item: pytest.Item, next_item: pytest.Item | None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=next_item)


def _in_own_process(mutant: Mutant) -> int:
    command = [sys.executable, str(Path(__file__)), "--alone"]
    environment = {**os.environ, MUTANT: f"{mutant.module} {mutant.number}"}
    try:
        return 1 if subprocess.run(command, env=environment, check=False, timeout=600).returncode else 0
    except subprocess.TimeoutExpired:
        return 1


def _alone() -> int:
    module, number = os.environ[MUTANT].split()
    sys.meta_path.insert(0, Changed(module, int(number)))
    folder = "tests/unit/casefile/register" if module.startswith(DESK) else "tests/unit/register"
    own = [name for name in (f"{folder}/test_{module.removeprefix(DESK)}.py",) if (ROOT / name).exists()]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *LEFT_OUT, *own, *TESTS]))


# ---- what comes of it -----------------------------------------------------------------------------------------------------


def equivalents() -> dict[str, str]:
    """The changes that change nothing, with the reason: lines `MODULE | LINE | WHAT # REASON`."""
    file = ROOT / "tools" / "equivalent_mutants.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {change.strip(): reason.strip() for change, _, reason in (line.rpartition(" # ") for line in lines)}


def main(arguments: list[str]) -> int:
    """Tries the changes and prints the scores; 1 if a module has too few noticed."""
    listing = "--list" in arguments
    modules = [name for name in arguments if not name.startswith("--")] or MODULES
    known = equivalents()
    everything = [mutant for module in modules for mutant in mutants(module)]
    chosen = [mutant for mutant in everything if mutant.name not in known]
    if listing:
        print("\n".join(map(str, chosen)))
        return 0
    os.chdir(ROOT)
    runner = Runner(chosen, os.cpu_count() or 1)
    options = ["-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=--import-mode=importlib", "-s"]
    pytest.main([*options, *LEFT_OUT, *TESTS], plugins=[runner])
    if not runner.ended:
        print("nothing was tried: do the tests pass?")
        return 2
    wrong = False
    for module in modules:
        total = sum(mutant.module == module for mutant in chosen)
        left = sum(mutant.module == module for mutant in runner.survivors)
        score = 1 - left / total if total else 1.0
        wrong = wrong or score < LEAST
        print(f"{module:<16} {total:>5} changes, {total - left:>5} noticed: {100 * score:5.1f} %")
    total, left = len(chosen), len(runner.survivors)
    print(f"{'all':<16} {total:>5} changes, {total - left:>5} noticed: {100 * (1 - left / total):5.1f} %")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(_alone() if "--alone" in sys.argv else main(sys.argv[1:]))
