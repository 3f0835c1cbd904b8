"""Measure what must stay fast, in a database of its own; print a table, write var/bench.json."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aap.calls.models import Call
from config.benchmarks import measures
from config.benchmarks.measuring import Row, table
from config.demonstration.calls import load_bench_calls


class Command(BaseCommand):
    help = "Mesure les pages, le dépôt et les lettres, chacun à côté de son plancher ; écrit var/bench.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "bench.json")

    def handle(self, **options: Any) -> None:
        if Call.objects.exists():
            raise CommandError("La base contient déjà un appel : mesurez dans une base vide (make bench en crée une).")
        call_command("load_reference", verbosity=0)
        call_command("seed_site", verbosity=0)
        play, past = load_bench_calls()
        rows: list[Row] = [measures.call_page(play.call), measures.deposit(play), measures.letter()]
        rows += measures.officers_list(past, play.officer)
        options["output"].parent.mkdir(parents=True, exist_ok=True)
        options["output"].write_text(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2) + "\n")
        self.stdout.write(table(rows))
