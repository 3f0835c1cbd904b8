"""Load the communes and intercommunalités of a département from the package of reference data."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from aap.errors import DomainError
from aap.territories.models import Commune, Intercommunality
from aap.text import sort_key

PACKAGE = "@etalab/decoupage-administratif"


@dataclass(frozen=True)
class Loaded:
    """How many are known after the loading, and how many rows it wrote."""

    communes: int
    intercommunalities: int
    written: int


@transaction.atomic
def load_territories(folder: Path, departement: str) -> Loaded:
    """Upsert the communes of `departement` and the intercommunalités that have one. What did not change is not written.

    A commune that the State merged into another stays: applications may refer to it. Raises DomainError, in French,
    when the package is missing or holds something else.
    """
    read = _read(folder, "communes.json")
    rows = [row for row in read if row.get("departement") == departement and row.get("type") == "commune-actuelle"]
    if not rows:
        raise DomainError(
            f"Aucune commune du département {departement} dans les données de référence. Vérifiez TERRITORY_DEPARTEMENT."
        )
    codes = {row["code"] for row in rows}
    groups = [group for group in _read(folder, "epci.json") if any(member["code"] in codes for member in group["membres"])]
    group_of = {member["code"]: group["code"] for group in groups for member in group["membres"]}
    written = _upsert(
        Intercommunality, [Intercommunality(siren=group["code"], name=typographic(group["nom"])) for group in groups]
    )
    written += _upsert(Commune, [_commune(row, group_of.get(row["code"])) for row in rows])
    return Loaded(len(rows), len(groups), written)


def typographic(name: str) -> str:
    """The package writes straight apostrophes; our pages do not."""
    return name.replace("'", "’")


def _commune(row: dict[str, Any], siren: str | None) -> Commune:
    name = typographic(row["nom"])
    return Commune(
        code=row["code"],
        name=name,
        sort_key=sort_key(name),
        postcodes=sorted(row.get("codesPostaux", ())),
        population=row.get("population", 0),
        intercommunality_id=siren,
    )


def _upsert(model: type[Commune] | type[Intercommunality], rows: list[Any]) -> int:
    """Write the rows that are new or differ; how many. Two queries at most."""
    names = [field.attname for field in model._meta.concrete_fields]
    stored = {row[0]: row for row in model.objects.values_list(*names)}  # type: ignore[attr-defined]
    changed = [row for row in rows if stored.get(row.pk) != tuple(getattr(row, name) for name in names)]
    if changed:
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model.objects.bulk_create(  # type: ignore[attr-defined]
            changed, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=fields
        )
    return len(changed)


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / name
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DomainError(
            f"Les données de référence ({PACKAGE}) sont introuvables : {path} n’existe pas. "
            "Installez les paquets du site (make run le fait, ou « npm ci »), puis recommencez."
        ) from None
    except ValueError:
        raise DomainError(f"{path} est illisible : réinstallez le paquet {PACKAGE} (« npm ci »), puis recommencez.") from None
    if not isinstance(content, list):
        raise DomainError(f"{path} n’a pas la forme attendue : réinstallez le paquet {PACKAGE} (« npm ci »), puis recommencez.")
    return content
