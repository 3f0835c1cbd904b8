"""Print one sign-in per role of the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from aap.calls.models import Call
from config.demonstration import accounts
from config.demonstration.calls import OPEN_SLUG


class Command(BaseCommand):
    help = "Affiche un compte de démonstration par rôle."

    def handle(self, **options: Any) -> None:
        self.stdout.write(accounts.table())
        call = Call.objects.filter(slug=OPEN_SLUG).first()
        if call and not call.is_open:
            self.stdout.write("\nLa démonstration a vieilli : son appel ouvert est clos. make clean puis make run la refont.")
