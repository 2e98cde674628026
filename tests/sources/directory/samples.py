"""Records and files in the formats of the directories, with invented values: the commune Sainte-Exemple, 49999.

The phones are those that ARCEP keeps for fiction (01 99 00 …).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.domain.place import Place
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.intake import Report
from kiosk.sources.directory.kinds import ServiceKinds, service_kinds
from kiosk.sources.directory.reading import read_places_files

TODAY = dt.date(2026, 11, 23)
DAILY = "2026-09-15_053120-data.gouv_local.json"
EVERYWHERE = Areas()
NESTED = ("pivot", "adresse", "telephone", "site_internet", "plage_ouverture", "affectation_personne", "hierarchie")

SECRET = "DUPONT-SECRET"


@cache
def kinds() -> ServiceKinds:
    """Return the table that ships."""
    return service_kinds(paths.ROOT / "assets")


def read(*files: Path, areas: Areas = EVERYWHERE, floor: int | None = 0) -> tuple[tuple[Place, ...], Report]:
    """Read files as extracts on the day of the tests."""
    return read_places_files(files, areas, kinds=kinds(), today=TODAY, floor=floor)


def only(*files: Path, areas: Areas = EVERYWHERE) -> Place:
    """Read files that hold one place."""
    (place,), _ = read(*files, areas=areas)
    return place


def an_address(**changes: object) -> dict[str, object]:
    """Make an address of the official directory."""
    return {
        "type_adresse": "Adresse",
        "complement1": "",
        "complement2": "",
        "numero_voie": "1 place de la Mairie",
        "service_distribution": "",
        "code_postal": "49999",
        "nom_commune": "Sainte-Exemple",
        "pays": "",
        "continent": "",
        "longitude": "-0.5",
        "latitude": "47.5",
        "accessibilite": "NAC",
        "note_accessibilite": "",
        **changes,
    }


def slots(first: str, last: str, *times: str, said: str = "") -> dict[str, str]:
    """Make an entry of `plage_ouverture`; the times are starts and ends, `09:00`."""
    ends = [f"{time}:00" if time else "" for time in (*times, "", "", "", "")[:4]]
    return {
        "nom_jour_debut": first,
        "nom_jour_fin": last,
        "valeur_heure_debut_1": ends[0],
        "valeur_heure_fin_1": ends[1],
        "valeur_heure_debut_2": ends[2],
        "valeur_heure_fin_2": ends[3],
        "commentaire": said,
    }


def pivot(code: str, *communes: str) -> dict[str, object]:
    """Make an entry of `pivot`."""
    return {"type_service_local": code, "code_insee_commune": list(communes)}


def an_official(number: int = 1, **changes: object) -> dict[str, object]:
    """Make a record of the official directory, shape A."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "nom": "Mairie - Sainte-Exemple",
        "siren": "",
        "siret": "",
        "code_insee_commune": "49999",
        "ancien_identifiant": ["mairie-49999-01"],
        "pivot": [pivot("mairie", "49999")],
        "adresse": [an_address()],
        "telephone": [{"valeur": "01 99 00 12 34", "description": ""}],
        "adresse_courriel": [f"{SECRET}@exemple.invalid"],
        "site_internet": [{"libelle": "", "valeur": "https://exemple.invalid/"}],
        "plage_ouverture": [slots("Lundi", "Vendredi", "09:00", "12:00", "14:00", "17:00")],
        "commentaire_plage_ouverture": "",
        "date_modification": "15/09/2026 10:20:30",
        "statut_de_diffusion": "true",
        "url_service_public": "https://lannuaire.service-public.gouv.fr/x",
        "hierarchie": [],
        "affectation_personne": [
            {"personne": {"nom": SECRET, "prenom": SECRET, "civilite": "M."}, "fonction": "Maire", "telephone": SECRET}
        ],
        **changes,
    }


def as_export(record: Mapping[str, object]) -> dict[str, object]:
    """Turn a record of shape A into shape B: lists are JSON inside a string, an empty one is an empty string."""
    return {
        name: (json.dumps(value, ensure_ascii=False) if value else "") if name in NESTED else value
        for name, value in record.items()
    }


def write_daily(folder: Path, records: Iterable[object], name: str = DAILY) -> Path:
    """Write shape A as plain JSON."""
    file = folder / name
    file.write_text(json.dumps({"service": list(records)}, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def write_archive(folder: Path, members: Mapping[str, bytes], packing: str = "bz2") -> Path:
    """Write an archive like the daily one."""
    file = folder / f"all_latest.tar.{packing}"
    with tarfile.open(file, f"w:{packing}" if packing else "w") as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file


def daily_bytes(*records: object) -> bytes:
    """Return shape A as the bytes of its member."""
    return json.dumps({"service": records}, ensure_ascii=False).encode()


def write_json(folder: Path, value: object, name: str = "extrait.json") -> Path:
    """Write any JSON."""
    file = folder / name
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return file


MEDIATION_HEAD = (
    "id,pivot,nom,commune,code_postal,code_insee,adresse,complement_adresse,latitude,longitude,typologie,telephone,"
    "courriels,site_web,horaires,presentation_resume,presentation_detail,source,itinerance,structure_parente,date_maj,"
    "services,publics_specifiquement_adresses,prise_en_charge_specifique,frais_a_charge,dispositif_programmes_nationaux,"
    "formations_labels,autres_formations_labels,modalites_acces,modalites_accompagnement,fiche_acces_libre,prise_rdv"
)
"""The columns in their order."""


def a_mediation(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Make a place of digital mediation, v1.0.2."""
    return {
        **dict.fromkeys(MEDIATION_HEAD.split(","), ""),
        "id": f"fixture-{number}",
        "pivot": "00000000000000",
        "nom": "Espace numérique test",
        "commune": "Sainte-Exemple",
        "code_postal": "49999",
        "code_insee": "49999",
        "adresse": "1 place de la Mairie",
        "latitude": "47.5",
        "longitude": "-0.5",
        "typologie": "MUNI|BIB",
        "telephone": "+33199001234",
        "horaires": "Tu 14:00-18:00; Sa 09:00-12:00",
        "source": "fixture",
        "itinerance": "Fixe",
        "date_maj": "2026-09-15",
        "services": "Aide aux démarches administratives|Accès internet et matériel informatique",
        **changes,
    }


FRANCE_SERVICES_HEAD = (
    "id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,telephone,"
    "h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs,groupe_fs,"
    "labellisation_fs"
)
"""The columns in their order."""
FRANCE_SERVICES_FILE = "liste-fs-20260801.csv"


def a_france_services(number: int = 1, **changes: str) -> dict[str, str]:
    """Make a record of the list of France services."""
    return {
        **dict.fromkeys(FRANCE_SERVICES_HEAD.split(","), ""),
        "id_fs": str(number),
        "insee_dep": "49",
        "lib_fs": "France services de Sainte-Exemple",
        "adresse": "1 place de la Mairie",
        "insee_com": "49999",
        "code_postal": "49999",
        "lib_com": "Sainte-Exemple",
        "latitude": "47.5",
        "longitude": "-0.5",
        "telephone": "01 99 00 12 34",
        "h_lundi": "09:00 - 12:00 / 14:00 - 17:00",
        "h_mardi": "09:00 - 12:00",
        "prise_rdv": "Oui",
        "type_fs": "Principal",
        "format_fs": "Fixe",
        **changes,
    }


def a_structure(number: int = 1, **changes: object) -> dict[str, object]:
    """Make a structure of data·inclusion, v1."""
    return {
        "source": "fixture",
        "id": f"fixture--{number}",
        "nom": "CCAS de Sainte-Exemple",
        "date_maj": "2026-09-15",
        "commune": "Sainte-Exemple",
        "code_insee": "49999",
        "code_postal": "49999",
        "telephone": "+33199001234",
        "horaires_accueil": "Mo-Fr 09:00-12:00; PH off",
        "reseaux_porteurs": ["ccas-cias"],
        **changes,
    }


def write_csv(
    folder: Path,
    records: Iterable[Mapping[str, object]],
    name: str = "extrait.csv",
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    """Write a CSV file, every cell quoted as the standard asks."""
    records = list(records)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    file = folder / name
    file.write_bytes(text.getvalue().encode(encoding))
    return file
