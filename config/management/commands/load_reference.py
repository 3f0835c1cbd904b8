"""Load the communes and intercommunalités of the département of the site. Safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aap.errors import DomainError
from aap.territories.services import load_territories


class Command(BaseCommand):
    help = "Charge les communes et les intercommunalités du département (TERRITORY_DEPARTEMENT)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_territories(settings.TERRITORY_DATA_DIR, settings.TERRITORY_DEPARTEMENT)
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(
            f"{loaded.communes} communes et {loaded.intercommunalities} intercommunalités"
            + (f" ({loaded.written} fiches écrites)." if loaded.written else ", déjà à jour.")
        )
