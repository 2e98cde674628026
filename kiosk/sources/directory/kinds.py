"""Which service of ours an office of others is for: the codes of the official sheets and directories, joined once.

The official sheets name an office by its `PivotLocal` code, the official directory by the same codes, the list of
digital mediation by a typology, data·inclusion by a network. `assets/service_kinds.yaml` maps them all to the words
that `services:` of a place uses, and lists on purpose the codes that no place will ever have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from pathlib import Path

from kiosk.sources.authored.document import DocumentError, Mapping, Tree, read_document
from kiosk.sources.authored.reading import Reading
from kiosk.sources.report import ContentError

FILE = "service_kinds.yaml"


def folded(code: str) -> str:
    """Return a code as it is compared: `Onac-vg` is `onac_vg`; the sheets do not spell them all alike."""
    plain = unicodedata.normalize("NFD", code).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


@dataclass(frozen=True, slots=True)
class ServiceKinds:
    """Our kinds of services and what others call them."""

    names: Lookup[str, str]
    pivots: Lookup[str, str]
    typologies: Lookup[str, str]
    networks: Lookup[str, str]
    without: Lookup[str, str]

    def kind_of(self, pivot: str) -> str | None:
        """Return the kind of a `PivotLocal` code, None for one that is unknown or listed as without a kind."""
        return self.pivots.get(folded(pivot))

    def kind_of_typology(self, typology: str) -> str | None:
        """Return the kind of a typology of digital mediation, such as `RFS`."""
        return self.typologies.get(folded(typology))

    def kind_of_network(self, network: str) -> str | None:
        """Return the kind of a network of data·inclusion, such as `france-service`."""
        return self.networks.get(folded(network))

    def is_listed(self, pivot: str) -> bool:
        """Tell whether a code was thought of: it has a kind, or is listed with the reason why it has none."""
        return folded(pivot) in self.pivots or folded(pivot) in self.without

    def name(self, kind: str) -> str:
        """Return the French name of a kind.

        Raises:
            KeyError: there is no such kind.
        """
        return self.names[kind]


def service_kinds(folder: Path) -> ServiceKinds:
    """Read `service_kinds.yaml` of a folder of assets.

    Raises:
        ContentError: it is missing, or something in it is wrong; it names each line.
    """
    reading = Reading(FILE)
    try:
        tree = read_document(folder / FILE, FILE)
    except DocumentError as error:
        raise ContentError([error.problem]) from error
    kinds = _Table(reading).read(tree)
    if reading.problems:
        raise ContentError(sorted(reading.problems))
    return kinds


class _Table:
    """The table being read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names: dict[str, str] = {}
        self.codes: dict[str, dict[str, str]] = {"pivots": {}, "typologies": {}, "networks": {}}
        self.without: dict[str, str] = {}

    def read(self, tree: Tree) -> ServiceKinds:
        """Read both parts of the file."""
        reading = self.reading
        root = reading.mapping(tree, "The table")
        reading.allow(root, ("kinds", "without"), "The table")
        for item in reading.items(root.values.get("kinds"), "kinds"):
            self._kind(reading.mapping(item, "A kind"))
        for item in reading.items(root.values.get("without"), "without"):
            self._without(reading.mapping(item, "A reason"))
        return ServiceKinds(
            self.names, self.codes["pivots"], self.codes["typologies"], self.codes["networks"], self.without
        )

    def _kind(self, mapping: Mapping) -> None:
        reading = self.reading
        reading.allow(mapping, ("id", "name", *self.codes), "A kind")
        kind = reading.id(mapping)
        if kind in self.names:
            reading.error(mapping.line, f"The kind “{kind}” is given twice.", "Put its codes together.")
        self.names[kind] = reading.text(mapping, "name")
        for what, known in self.codes.items():
            self._codes(mapping, what, kind, known)

    def _without(self, mapping: Mapping) -> None:
        self.reading.allow(mapping, ("why", "pivots"), "A reason")
        self._codes(mapping, "pivots", self.reading.text(mapping, "why"), self.without)

    def _codes(self, mapping: Mapping, what: str, meaning: str, known: dict[str, str]) -> None:
        for code in self.reading.texts(mapping, what, raw=True):
            key = folded(code)
            is_double = key in known or (what == "pivots" and (key in self.codes["pivots"] or key in self.without))
            if is_double:
                self.reading.error(mapping.lines[what], f"The code “{code}” is given twice.", "Keep one.")
            known[key] = meaning
