"""What holds of the whole program: who imports whom, and that importing does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import paths

FILES = sorted(paths.PACKAGE.rglob("*.py"))
MODULES = [".".join(file.relative_to(paths.ROOT).with_suffix("").parts).removesuffix(".__init__") for file in FILES]
QUIET = [name for name in MODULES if not name.startswith("kiosk.ui")]
"""Modules that never import Kivy."""

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "base"}

LOOK = """
import sys, threading

opened = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        opened.append(arguments[0])
    if event in ("socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.mkdir"):
        opened.append(event)
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
assert not opened, opened
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
print(" ".join(name for name in ("kivy", "django") if name in sys.modules))
"""


def run_clean(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, from the root of the project."""
    return subprocess.run([sys.executable, *arguments], cwd=paths.ROOT, capture_output=True, text=True, check=False)


def test_imports_point_down_only() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_everything_but_the_drawing_opens_nothing_and_brings_no_kivy() -> None:
    done = run_clean("-c", LOOK, *(name for name in QUIET if name != "kiosk.__main__"))
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(paths.PACKAGE)))
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_no_module_is_named_after_nothing() -> None:
    assert {part for name in MODULES for part in name.split(".")} & EMPTY_NAMES == set()


def test_nothing_is_caught_without_a_name() -> None:
    bare = [
        f"{file.relative_to(paths.ROOT)}:{node.lineno}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []
