"""`kiosk pictures`: what goes wrong is one line (what goes well is in tests/ui/test_pictures.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Kiosk


@pytest.mark.parametrize("arguments", [(), ("--out", __file__), ("--out", "x", "--size", "huge"), ("--out", "x", "y")])
def test_wrong_use_is_one_line(kiosk: Kiosk, arguments: tuple[str, ...]) -> None:
    said = kiosk("pictures", *arguments)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


@pytest.mark.display
def test_a_pack_that_is_none_is_one_line_and_exit_1(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "pictures", f"--out={tmp_path}", "--profile=tablet-10"]
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run(
        [*command, f"--pack={tmp_path / 'none'}"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


@pytest.mark.display
def test_a_folder_that_cannot_be_made_is_one_line_and_exit_1(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "kiosk", "pictures", f"--out={tmp_path / 'file' / 'in'}", "--profile=tablet-10"]
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run([*command, f"--pack={shipped}"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
