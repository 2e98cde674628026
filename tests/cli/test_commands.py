"""The face of the command line: exit codes, one clear line of error, nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.cli.main import COMMANDS
from tests.cli.conftest import Kiosk
from tests.support.authored import PROCEDURE, write_library
from tests.support.golden_pack import FOLDER

WRONG_USE = [
    ("nothing",),
    ("--nothing",),
    ("search",),
    ("search", "carte", "--limit", "0"),
    ("search", "carte", "--limit", "x"),
    ("search", "carte", "--nothing"),
    ("content", "nothing"),
    ("content", "build"),
    ("content", "show"),
    ("content", "show", "a", "b"),
    ("run", "--profile", "nothing"),
    ("run", "extra"),
]


@pytest.mark.parametrize("arguments", WRONG_USE, ids=" ".join)
def test_wrong_use_is_exit_2_and_one_line(kiosk: Kiosk, arguments: tuple[str, ...]) -> None:
    said = kiosk(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("kiosk: ")
    assert said.err.count("\n") == 1
    assert "--help" in said.err


FAILURES = [
    ("search", "carte", "--pack", "{tmp}/none.sqlite"),
    ("search", "carte", "--pack", "{tmp}/text"),
    ("content", "show", "nothing", "--pack", "{golden}"),
    ("content", "show", "carte-identite", "--pack", "{tmp}/none.sqlite"),
    ("content", "show", "carte-identite", "--pack", "{tmp}/text"),
    ("content", "show", "carte-identite", "--pack", "{tmp}/broken.sqlite"),
    ("content", "check", "{tmp}/none.yaml"),
    ("content", "build", "--authored", "{tmp}/none", "--out", "{tmp}/p.sqlite"),
    ("content", "build", "--out", "{tmp}/text/p.sqlite"),
    ("content", "build", "--out", "/proc/p.sqlite"),
]


FAILURES += [(*arguments, "--json") for arguments in FAILURES if arguments[1] != "build"]


@pytest.mark.parametrize("arguments", FAILURES, ids=" ".join)
def test_a_failed_task_is_exit_1_and_one_line(kiosk: Kiosk, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "text").write_text("no pack")
    (tmp_path / "broken.sqlite").write_bytes((FOLDER / "v1.sqlite").read_bytes()[:8192])
    said = kiosk(*(argument.format(tmp=tmp_path, golden=FOLDER / "v1.sqlite") for argument in arguments))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("kiosk: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "command", [(), ("content",), ("search",), ("content", "check"), ("content", "build"), ("run",)]
)
def test_help_is_on_stdout_and_exit_0(kiosk: Kiosk, command: tuple[str, ...]) -> None:
    said = kiosk(*command, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Usage: kiosk")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_says_what_it_does(kiosk: Kiosk, name: str) -> None:
    assert kiosk(name, "--help").code == 0


def test_without_a_command_help_is_shown_as_wrong_use(kiosk: Kiosk) -> None:
    said = kiosk()
    assert (said.code, said.out) == (2, "")
    assert "Usage: kiosk" in said.err


def test_the_version_is_told(kiosk: Kiosk) -> None:
    assert __version__ in kiosk("--version").out


def test_without_a_screen_run_says_so(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    said = kiosk("run")
    assert said.code == 1
    assert "there is no screen here" in said.err


def test_settings_that_cannot_be_read_are_told_before_anything_opens(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("nonsense = 1")
    said = kiosk("run", "--data", tmp_path)
    assert said.code == 1
    assert "unknown key nonsense" in said.err


def test_errors_of_content_are_on_stderr_each_with_its_place(kiosk: Kiosk, tmp_path: Path) -> None:
    write_library(tmp_path, PROCEDURE.replace("theme: papiers", "theme: nowhere"))
    said = kiosk("content", "check", tmp_path)
    assert said.code == 1
    assert f"{tmp_path}/procedures/carte.yaml:2: error: There is no theme “nowhere”." in said.err


def test_one_file_can_be_checked(kiosk: Kiosk) -> None:
    said = kiosk("content", "check", "assets/procedures/rsa.yaml")
    assert said.code == 0
    assert "1 procedures" in said.out


def test_without_a_pack_a_search_builds_the_one_that_ships(kiosk: Kiosk) -> None:
    assert kiosk("search", "carte vitale").out.startswith("carte-vitale\t")


def test_nothing_found_is_no_failure(kiosk: Kiosk, shipped: Path) -> None:
    said = kiosk("search", "zzzzzz", "--pack", shipped)
    assert (said.code, said.out, said.err) == (0, "", "Nothing found.\n")


def test_the_program_starts_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "kiosk", "nothing"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_reader_that_closes_early_is_no_traceback(shipped: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m kiosk content show rsa --pack {shipped} | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
