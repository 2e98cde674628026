"""The content of the golden pack, and the script that wrote it: `python -m tests.support.golden_pack`.

A device reads every format that was ever shipped: a golden pack is written once for each version and never again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place
from kiosk.domain.procedure import (
    Choice,
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    Question,
    Step,
    Ways,
)
from kiosk.domain.theme import Theme
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.packs.writer import write_pack
from tests.support.builders import a_line, a_place, a_procedure, a_theme, a_tip, an_evidence, lines, papers

FOLDER = Path(__file__).parent.parent / "data" / "packs"
BUILT_AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def golden_procedure() -> Procedure:
    """Return a procedure that holds every kind of block and every kind of field."""
    step = Step(
        "papiers",
        "Préparez vos papiers",
        (
            Paragraph("Prenez l’original.", an_evidence("F1344", "2026", "M"), ("oui",)),
            papers("photo", Item("perte", "Déclaration", lines("Signée."), an_evidence(), ("non",))),
            ItemList(ListRole.PLAIN, (Item("un", "Un"),), ("oui",)),
            a_tip("Venez tôt.", a_line("Venez à deux.", "non"), when=("oui", "non")),
            PlaceRef("mairie"),
            OnlineService("France Titres", "https://ants.gouv.fr"),
            Form("Déclaration de perte", "14011", "https://www.service-public.gouv.fr/f", ("non",)),
            Ways(lines("Ouvrez le site."), lines("Téléphonez."), lines("Demandez de l’aide.")),
        ),
        "clipboard-list",
        lines("Il vous manque un papier ? Demandez."),
    )
    choices = (Choice("oui", "Oui", "check"), Choice("non", "Non", blocks=(Step("perte", "Dites-le"),)))
    return a_procedure(
        Question("carte", "Votre carte, vous l’avez toujours ?", choices, lines("Cherchez bien.")),
        step,
        checked_on=PartialDate(2026),
        everyday_names=("CNI", "pièce d’identité"),
        related=("F1344",),
        icon="id-card",
        popular=True,
        common_mistakes=lines("Venir sans rendez-vous."),
    )


def golden_place() -> Place:
    """Return a place with every field."""
    return a_place(
        address=("1 place de la Mairie",),
        postcode="49100",
        phone="02 41 00 00 00",
        website="https://www.angers.fr",
        opening_hours="Mo-Fr 09:00-17:00",
    )


def golden_theme() -> Theme:
    """Return a theme in several languages."""
    return a_theme()


def main() -> None:
    """Write the golden pack of the present format, if there is none yet."""
    path = FOLDER / f"v{FORMAT_VERSION}.sqlite"
    if path.exists():
        raise SystemExit(f"{path} is there: a golden pack is never written anew")
    write_pack(path, [golden_procedure()], [golden_theme()], [golden_place()], BUILT_AT)


if __name__ == "__main__":
    main()
