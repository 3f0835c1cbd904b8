"""Play the whole 2025 call in an empty database, through the services that the views call."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aap import clock
from aap.calls.models import Call
from aap.decisions.models import DecisionLetter
from config.call_files import load_call
from config.demonstration.exports import write_everything
from config.demonstration.play import states
from config.demonstration.schedule import Schedule
from config.demonstration.stages import ORDER, Until, prepare, run

CALL_FILE = settings.BASE_DIR / "config" / "calls" / "inclusion-numerique-2025.json"


class Command(BaseCommand):
    help = "Joue tout l’appel 2025 dans une base vide, écrit chaque PDF et chaque export, et finit par une ligne de JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--applications", type=int, default=40, help="nombre de dossiers (40)")
        parser.add_argument("--jurors", type=int, default=9, help="nombre de membres du jury (9)")
        parser.add_argument("--seed", type=int, default=1, help="graine : la même donne la même histoire")
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None, help="jour de la publication des lettres (AAAA-MM-JJ)"
        )
        parser.add_argument("--until", choices=ORDER, default=Until.RELEASED.value, help="dernière étape jouée")
        parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "demo", help="dossier des PDF et des exports")

    def handle(self, **options: Any) -> None:
        started = time.monotonic()
        if Call.objects.exists():
            raise CommandError("La base contient déjà un appel : jouez l’appel dans une base vide (make demo en crée une).")
        if options["applications"] < 1 or not 1 <= options["jurors"] <= options["applications"] * 3:
            raise CommandError("Il faut au moins un dossier, et entre un juré et trois jurés par dossier.")
        call_command("load_reference", verbosity=0)
        call_command("seed_site", verbosity=0)
        schedule = Schedule.released_by(options["today"] or clock.today())
        call = load_call(
            CALL_FILE,
            slug="inclusion-numerique-2025",
            opens_at=schedule.opens_at,
            closes_at=schedule.closes_at,
            committee_on=schedule.committee_on,
            fictitious=True,
        )
        play = prepare(call, schedule, count=options["applications"], seed=options["seed"])
        reviews = run(play, jurors=options["jurors"], until=Until(options["until"]), say=self._say)
        write_everything(call, options["output"])
        summary = {
            "applications": call.applications.count(),
            "states": states(call),
            "reviews": reviews,
            "letters": DecisionLetter.objects.filter(decision__application__call=call).count(),
            "seconds": round(time.monotonic() - started, 1),
        }
        self.stdout.write(json.dumps(summary, ensure_ascii=False))

    def _say(self, text: str) -> None:
        self.stderr.write(f"… {text}")
