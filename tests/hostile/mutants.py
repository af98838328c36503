"""
Change one thing in one module, run the tests of the folder that mirrors it, and list the changes that no test noticed.

Takes an hour, so it is run by hand, whole or in portions; each mutant that lives is printed at once:

    python tests/hostile/mutants.py --count 150 --seed 1
    python tests/hostile/mutants.py --count 50 --seed 1 --skip 100
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ROOMS = ("model", "compute", "serialization")
SECONDS = 300
"""What runs for longer is taken to run for ever, which is noticed too."""

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
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


class Mutant(NamedTuple):
    """One changed module: which, on which line, what stood there and what stands there now."""

    module: Path
    line: int
    before: str
    after: str
    text: str


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(ops=[only]) if type(only) in COMPARISONS:
            yield ast.Compare(node.left, [COMPARISONS[type(only)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
            yield node.values[0]
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.UnaryOp(op=ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))


def code_of(tree: ast.Module) -> list[ast.AST]:
    """Return the nodes of functions that do something: no annotations, no decorators, no type checkers' branches."""
    found: list[ast.AST] = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                found += [node for node in ast.walk(statement) if any(True for _ in changed(node))]
    annotations = {
        id(part)
        for node in ast.walk(tree)
        for held in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if held is not None
        for part in ast.walk(held)
    }
    return [node for node in dict.fromkeys(found) if id(node) not in annotations]


class Replace(ast.NodeTransformer):
    """Puts another node in the place of one that is known by its number."""

    def __init__(self, number: int, other: ast.AST) -> None:
        self.number, self.other = number, other

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the node, or the other in its place."""
        return self.other if getattr(node, "number", None) == self.number else self.generic_visit(node)


def mutants(chance: Random) -> Iterator[Mutant]:
    """Yield changed modules, each change in a module drawn by how much there is to change in it."""
    modules = [path for room in ROOMS for path in sorted((ROOT / "src/levier" / room).rglob("*.py"))]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    places = [(path, node) for path, tree in trees.items() for node in code_of(tree)]
    while places:
        path, node = places.pop(chance.randrange(len(places)))
        other = chance.choice(list(changed(node)))
        before = ast.unparse(node)
        node.number = 1  # type: ignore[attr-defined]  # a mark that the copy bears too
        tree = ast.fix_missing_locations(Replace(1, other).visit(deepcopy(trees[path])))
        del node.number  # type: ignore[attr-defined]  # as above
        yield Mutant(
            path.relative_to(ROOT / "src"), getattr(node, "lineno", 0), before, ast.unparse(other), ast.unparse(tree)
        )


def mirror_of(module: Path) -> Path:
    """Return the folder of tests that mirrors a module's."""
    folder = ROOT / "tests" / Path(*module.parts[1:-1])
    while not folder.is_dir():
        folder = folder.parent
    return folder


def is_noticed(mutant: Mutant, copy: Path) -> bool:
    """Tell whether a test of the mirrored folder fails with the change."""
    target = copy / mutant.module
    sound = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(copy), "HYPOTHESIS_PROFILE": "hasty", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(mirror_of(mutant.module))]
    try:
        done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(sound, encoding="utf-8")
    return done.returncode != 0


def main() -> int:
    """Try as many mutants as asked, print those that live, and fail if more than one in twenty does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="how many mutants of this seed were tried before")
    asked = parser.parse_args()
    living = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy)
        drawn = islice(enumerate(mutants(Random(asked.seed))), asked.skip, asked.skip + asked.count)
        for number, mutant in drawn:
            if not is_noticed(mutant, copy):
                living += 1
                print(f"{number}: {mutant.module}:{mutant.line}: {mutant.before} -> {mutant.after}", flush=True)
    print(f"{asked.count - living} of {asked.count} noticed")
    return int(living > asked.count * 0.05)


if __name__ == "__main__":
    sys.exit(main())
