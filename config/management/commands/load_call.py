"""Create a call from its file, or with --replace bring it back to the file; the dates are given here."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from aap.calls.models import Call
from aap.errors import DomainError
from config.call_files import load_call

EXISTS = (
    "L’appel « {slug} » existe déjà, et ses textes ont pu être modifiés dans l’administration. Pour le ramener au fichier, en perdant "
    "ces modifications, ajoutez --replace."
)


def moment(text: str) -> datetime:
    """« 2025-05-16T12:00 », read in the time zone of the site."""
    typed = datetime.fromisoformat(text)
    return typed if typed.tzinfo else timezone.make_aware(typed)


class Command(BaseCommand):
    help = "Crée un appel à projets d’après son fichier (config/calls/…), ou l’y ramène. Les dates sont à l’heure de Paris."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="fichier de l’appel")
        parser.add_argument("--slug", required=True, help="identifiant de l’appel dans les adresses")
        parser.add_argument("--opens", type=moment, required=True, help="ouverture, par exemple 2025-04-01T09:00")
        parser.add_argument("--closes", type=moment, required=True, help="clôture, par exemple 2025-05-16T12:00")
        parser.add_argument("--committee", type=date.fromisoformat, help="date prévue de la Commission permanente, 2025-07-11")
        parser.add_argument("--title", help="titre, à la place de celui du fichier")
        parser.add_argument("--year", type=int, help="année, à la place de celle du fichier")
        parser.add_argument("--prefix", help="préfixe des numéros de dossier, à la place de celui du fichier")
        parser.add_argument("--replace", action="store_true", help="ramener au fichier un appel qui existe déjà")
        parser.add_argument("--fictitious", action="store_true", help="appel de démonstration, signalé comme tel")

    def handle(self, *args: Any, **options: Any) -> None:
        if Call.objects.filter(slug=options["slug"]).exists() and not options["replace"]:
            raise CommandError(EXISTS.format(slug=options["slug"]))
        try:
            call = load_call(
                options["file"], slug=options["slug"], opens_at=options["opens"], closes_at=options["closes"],
                committee_on=options["committee"], title=options["title"], year=options["year"], prefix=options["prefix"],
                fictitious=options["fictitious"],
            )  # fmt: skip
        except DomainError as error:
            raise CommandError(error.message) from None
        version = call.questionnaire.versions.first()
        self.stdout.write(
            f"« {call} » est à jour ({call.slug}), questionnaire en version {version.number if version else '–'}."
        )
