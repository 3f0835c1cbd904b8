"""What is typed about a page, beside its blocks."""

from typing import Any

from django.core.validators import RegexValidator
from wagtail.admin.forms import WagtailAdminPageForm

from aap.moments import validate_plausible_date
from aap.tidied import Tidied

SCHEDULE = ("go_live_at", "expire_at")
# Wagtail's setting guides the browser only; an accent in an address comes out as « %C3%A9 » wherever it is pasted.
plain_slug = RegexValidator(
    r"^[-a-zA-Z0-9_]+\Z", "Écrivez cette partie de l’adresse sans accent ni espace : des lettres, des chiffres, des tirets."
)


class SitePageForm(Tidied, WagtailAdminPageForm):
    """Clean texts, addresses of plain letters, and a plausible year for the schedule, whose fields are Wagtail's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].validators.append(plain_slug)
        for name in SCHEDULE:
            if name in self.fields:
                self.fields[name].validators.append(validate_plausible_date)
