"""Official sheets that we wrote ourselves: the smallest XML around the part that a test is about."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kiosk.domain.procedure import Block, Procedure
from kiosk.sources.service_public.sheet import read_sheet

SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def a_sheet(body: str = "", key: str = "F1", title: str = "Un titre", attributes: str = "", head: str = "") -> bytes:
    """Write a sheet around its main part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Publication {SPACES} ID="{key}" {attributes} '
        f'xsi:noNamespaceSchemaLocation="../Schemas/3.3/Publication.xsd"><dc:title>{title}</dc:title>'
        f"<dc:date>modified 2020-11-12</dc:date>{head}{body}</Publication>"
    ).encode()


def a_service(body: str = "", key: str = "R1", kind: str = "Formulaire") -> bytes:
    """Write the sheet of a form or a service."""
    return (
        f'<ServiceComplementaire {SPACES} ID="{key}" type="{kind}"><dc:title>Demande</dc:title>'
        f"<dc:date>modified 2020-01-02</dc:date>{body}</ServiceComplementaire>"
    ).encode()


def a_link(key: str, title: str, *inside: str, name: str = "Dossier") -> str:
    """Write an element that has an id, a title and others inside."""
    return f'<{name} ID="{key}"><Titre>{title}</Titre>{"".join(inside)}</{name}>'


def read(data: bytes, name: str = "") -> Procedure:
    """Read a sheet."""
    return read_sheet(data, name, "particuliers")


def blocks_of(text: str) -> tuple[Block, ...]:
    """Read the main part of a sheet."""
    return read(a_sheet(f"<Texte>{text}</Texte>")).blocks


def block_of(text: str) -> Block:
    """Read a main part that is one block."""
    (block,) = blocks_of(text)
    return block


def write_folder(folder: Path, *sheets: tuple[str, bytes]) -> Path:
    """Write sheets as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in sheets:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def write_zip(path: Path, *sheets: tuple[str, bytes]) -> Path:
    """Write sheets as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sheets:
            archive.writestr(name, data)
    return path
