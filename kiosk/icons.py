"""Icons: names of Font Awesome 6 Free (solid) to characters of its font, both from the package that ships them."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

_VARIABLE = re.compile(r"^\$fa-var-([a-z0-9-]+): \\([0-9a-f]+);$", re.MULTILINE)


@cache
def _package() -> Path | None:
    # find_spec, because importing the package would import Django.
    spec = importlib.util.find_spec("fontawesomefree")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "static" / "fontawesomefree"


@cache
def _characters() -> dict[str, str]:
    package = _package()
    if package is None:
        return {}
    text = (package / "scss" / "_variables.scss").read_text(encoding="utf-8")
    return {name: chr(int(code, 16)) for name, code in _VARIABLE.findall(text)}


OUTLINE = "regular:"
"""Before a name: the outline of an icon instead of its solid shape."""


def font_file(*, is_outline: bool = False) -> Path | None:
    """Return the icon font, or None when the package is missing."""
    package = _package()
    name = "fa-regular-400.ttf" if is_outline else "fa-solid-900.ttf"
    file = package / "webfonts" / name if package else None
    return file if file and file.exists() else None


def character(name: str) -> str:
    """Return the character of an icon, empty when there is no such icon: text always stands beside it."""
    return _characters().get(name.removeprefix(OUTLINE), "")


def exists(name: str) -> bool:
    """Tell whether the solid style draws an icon of this name."""
    package = _package()
    return package is not None and (package / "svgs" / "solid" / f"{name}.svg").exists()
