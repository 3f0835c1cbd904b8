"""Letter templates: merge fields in double braces, checked before anything is generated. No database here."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import nh3

from aap.decisions.wording import french_spaces

TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li"}
PLACEHOLDER = re.compile(r"\{\{(?:\s|\u00a0)*([^{}]*?)(?:\s|\u00a0)*\}\}")
# The smallest piece of text that disappears with an empty optional field.
PARAGRAPH = re.compile(r"<(p|li)>(?:(?!</?(?:p|li|ul|ol)>).)*</\1>", re.DOTALL)
EMPTY_LIST = re.compile(r"<(ul|ol)>\s*</\1>")


@dataclass(frozen=True)
class MergeField:
    """One value that a template may call by `name`. An optional one may be empty: its paragraph is then left out."""

    name: str
    label: str
    example: str
    optional: bool = False


FIELDS: dict[str, MergeField] = {
    field.name: field
    for field in (
        MergeField("numero", "Numéro du dossier", "FNE25-K7QM4R"),
        MergeField("structure", "Nom de la structure", "Les Ateliers du Rhône"),
        MergeField("siret", "Numéro SIRET", "123 456 789 00012"),
        MergeField("adresse", "Adresse de la structure", "12 rue des Lices, 84000 Avignon"),
        MergeField("formule_appel", "Formule d’appel", "Madame la Présidente"),
        MergeField("projet", "Intitulé du projet", "Le numérique au village"),
        MergeField("axe", "Axe choisi", "Favoriser l’accès aux droits", optional=True),
        MergeField("appel", "Titre de l’appel à projets", "Inclusion numérique 2025"),
        MergeField("appel_cite", "L’appel à projets, dans une phrase", "l’appel à projets « Inclusion numérique 2025 »"),
        MergeField("autorite", "Autorité", "Département de Vaucluse"),
        MergeField("service", "Service chargé du dossier", "Direction de l’inclusion numérique"),
        MergeField("courriel_service", "Adresse électronique du service", "numerique@exemple.fr"),
        MergeField("telephone_service", "Téléphone du service", "04 90 00 00 00"),
        MergeField("montant_demande", "Montant demandé", "8 000 €"),
        MergeField("montant", "Montant attribué, en chiffres", "5 000 €"),
        MergeField("montant_lettres", "Montant attribué, en lettres", "cinq mille euros"),
        MergeField("cout", "Coût du projet", "12 500 €"),
        MergeField("taux", "Part du coût du projet qui est financée", "40 %"),
        MergeField("deliberation_numero", "Numéro de la délibération ou de la délégation", "2025-118"),
        MergeField("deliberation_date", "Date de la délibération ou de la délégation", "1er mars 2025"),
        MergeField("deliberation_executoire", "Date à laquelle elle est devenue exécutoire", "5 mars 2025", optional=True),
        MergeField("date_seance", "Date de la séance du jury", "12 février 2025"),
        MergeField("note", "Note du jury sur 100", "72,35", optional=True),
        MergeField("rang", "Rang au classement du jury", "7e", optional=True),
        MergeField("seuil", "Note minimale sur 100", "50"),
        MergeField("motif", "Motif de la décision", "La note obtenue est inférieure au seuil fixé par le règlement."),
        MergeField("reserves", "Réserves du jury", "Préciser le calendrier des ateliers.", optional=True),
        MergeField("rang_attente", "Rang sur la liste d’attente", "2e"),
        MergeField("date_limite", "Fin de validité de la liste d’attente", "31 décembre 2025"),
        MergeField("enveloppe", "Enveloppe de l’appel", "60 000 €"),
        MergeField("debut", "Début du projet (question « debut » du questionnaire)", "1er septembre 2025", optional=True),
        MergeField("fin", "Fin du projet (question « fin » du questionnaire)", "30 juin 2026", optional=True),
        MergeField("article", "Article du règlement", "article 4"),
    )
}


def fields_in(text: str) -> list[str]:
    """Names between double braces, in order of first use."""
    return list(dict.fromkeys(match.group(1) for match in PLACEHOLDER.finditer(text)))


def problems_in(text: str) -> list[str]:
    """What is wrong in a template, one French sentence each: unknown fields, braces left open."""
    problems = []
    for name in fields_in(text):
        if name in FIELDS:
            continue
        near = get_close_matches(name, FIELDS, n=1)
        advice = f" Vouliez-vous dire {{{{ {near[0]} }}}} ?" if near else " La liste des champs est à côté du texte."
        problems.append(f"Le champ {{{{ {name} }}}} n’existe pas.{advice}")
    rest = PLACEHOLDER.sub("", text)
    if "{{" in rest or "}}" in rest:
        problems.append("Une accolade n’est pas refermée. Un champ s’écrit avec deux accolades de chaque côté : {{ montant }}.")
    return problems


def missing_in(text: str, values: Mapping[str, str]) -> list[str]:
    """Labels of the known, compulsory fields of `text` that have no value."""
    known = (FIELDS[name] for name in fields_in(text) if name in FIELDS)
    return [field.label for field in known if not field.optional and not values.get(field.name)]


def sanitise(body: str) -> str:
    """Only paragraphs, lists and emphasis remain."""
    return nh3.clean(body, tags=TAGS, attributes={}, link_rel=None)


def merge_body(body: str, values: Mapping[str, str]) -> str:
    """The template's HTML with its values, escaped. Raises ValueError if `problems_in` or `missing_in` find something."""
    _refuse(body, values)

    def fill_paragraph(match: re.Match[str]) -> str:
        paragraph = match.group(0)
        return "" if any(not values.get(name) for name in fields_in(paragraph)) else paragraph

    kept = EMPTY_LIST.sub("", PARAGRAPH.sub(fill_paragraph, sanitise(body)))
    return french_spaces(PLACEHOLDER.sub(lambda match: _as_html(values.get(match.group(1), "")), kept))


def merge_line(line: str, values: Mapping[str, str]) -> str:
    """The subject with its values, as plain text on one line."""
    _refuse(line, values)
    return french_spaces(PLACEHOLDER.sub(lambda match: values.get(match.group(1), ""), line).replace("\n", " ").strip())


def _refuse(text: str, values: Mapping[str, str]) -> None:
    if problems := [*problems_in(text), *missing_in(text, values)]:
        raise ValueError(" ".join(problems))


def _as_html(value: str) -> str:
    return "<br>".join(html.escape(line) for line in value.strip().splitlines())
