"""A small folder of authored content without a fault, to put one fault into."""

from __future__ import annotations

from pathlib import Path

PROCEDURE = """\
id: carte
theme: papiers
icon: id-card
title: Carte d’identité
everyday_names: [CNI, papiers]
popular: true
source: F1341
related: [F21089]
checked_on: "2026-03"
summary:
  - La carte prouve qui vous êtes.
audience: [Toute personne française.]
cost:
  - {text: "La carte coûte 25 €.", source: F1344, dated: "2026-03", confidence: H}
duration: [Demandez le délai.]
ways:
  without_internet: [Téléphonez.]
  with_internet: [Ouvrez le site.]
blocks:
  - question: Vous avez la carte ?
    id: avoir
    choices:
      - {id: oui, label: "Oui", icon: check}
      - id: non
        label: "Non"
        blocks:
          - step: Dites-le
            text: [Remplissez la déclaration.]
  - step: Préparez vos papiers
    id: papiers
    papers:
      - Une photo
      - {name: La déclaration, when: [non]}
    ways:
      without_internet: [Appelez la mairie.]
      with_internet: [Ouvrez le site.]
    place: mairie
common_mistakes: [Venir trop tard.]
"""

THEMES = '- {id: papiers, icon: id-card, tint: 1, title: {fr: "Papiers"}}\n'

PLACES = """\
- id: mairie-angers
  name: Mairie d’Angers
  services: [mairie]
  commune: Angers
  insee: "49007"
  opening_hours: "Mo-Fr 09:00-17:00"
  position: [47.47, -0.55]
  source: DILA
  dated: "2026-03"
  confidence: H
"""


def write_library(folder: Path, procedure: str | bytes = PROCEDURE, themes: str = THEMES, places: str = PLACES) -> Path:
    """Write a folder of content and return the file of its procedure."""
    (folder / "procedures").mkdir(parents=True, exist_ok=True)
    (folder / "places").mkdir(exist_ok=True)
    (folder / "themes.yaml").write_text(themes, encoding="utf-8")
    (folder / "places" / "lieux.yaml").write_text(places, encoding="utf-8")
    file = folder / "procedures" / "carte.yaml"
    file.write_bytes(procedure if isinstance(procedure, bytes) else procedure.encode())
    return file
