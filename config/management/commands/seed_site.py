"""Create the pages of the site and the rights of the communications staff, once."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aap.people.models import Role
from aap.people.services import ensure_groups, role_group
from aap.questionnaires.permissions import grant_officer_permissions
from cms.pages.rights import grant_editing_rights
from cms.pages.seed import seed_site


class Command(BaseCommand):
    help = "Crée les pages du site d’après un fichier de config/site/, une seule fois ; ensuite elles se modifient dans l’administration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=settings.BASE_DIR / "config" / "site" / "vaucluse.json")
        address = urlsplit(settings.SITE_URL)
        usual = 443 if address.scheme == "https" else 80
        parser.add_argument("--hostname", default=address.hostname or "localhost", help="nom de domaine ; SITE_URL le donne")
        parser.add_argument("--port", type=int, default=address.port or usual)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Le fichier {path} n’existe pas\u00a0: donnez un fichier de config/site/.")
        ensure_groups()
        grant_officer_permissions()
        grant_editing_rights(role_group(Role.CONTRIBUTOR), role_group(Role.PUBLISHER))
        created = seed_site(path, hostname=options["hostname"], port=options["port"])
        if options["verbosity"]:
            self.stdout.write("Pages créées." if created else "Les pages existent déjà\u00a0: rien n’a changé.")
