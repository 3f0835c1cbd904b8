"""Load the demonstration: the site, one account per role, three calls. Safe to repeat; quick when it is there."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demonstration.calls import load_demonstration


class Command(BaseCommand):
    help = "Charge la démonstration : le site, un compte par rôle, trois appels fictifs."

    def handle(self, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("La démonstration ne se charge pas sur un site réel (DEMONSTRATION=1 la permet).")
        call_command("seed_site", verbosity=0)
        created = load_demonstration()
        self.stdout.write("Démonstration chargée." if created else "La démonstration est déjà là.")
