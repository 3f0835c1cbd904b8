"""The minutes as an accessible PDF."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.dateparse import parse_datetime

from aap.files.storage import opaque_name
from aap.pdf.rendering import render_pdf
from scoring.deliberations.departures import departures
from scoring.deliberations.models import Minutes

STYLESHEETS = ("css/pdf/minutes.css",)


@transaction.atomic
def draw_up(minutes_id: int) -> Minutes:
    """Render the PDF and keep it with its hash. The same minutes are rendered once."""
    minutes = Minutes.objects.select_for_update().get(pk=minutes_id)
    if minutes.pdf:
        return minutes
    data = render(minutes.content, sha256=minutes.sha256)
    minutes.pdf.save(opaque_name("minutes", "pdf"), ContentFile(data), save=False)
    minutes.pdf_sha256 = hashlib.sha256(data).hexdigest()
    minutes.save(update_fields=["pdf", "pdf_sha256"])
    return minutes


def render(content: dict[str, Any], *, sha256: str, partial: bool = False) -> bytes:
    """The PDF of `content`; `partial` says on it that files examined outside the reader's presence are left out."""
    return render_pdf("pdf/scoring/minutes.html", context(content, sha256=sha256, partial=partial), stylesheets=STYLESHEETS)


def context(content: dict[str, Any], *, sha256: str, partial: bool) -> dict[str, Any]:
    """What the page and the PDF of the minutes show: dates read again, absent members apart, means in the grid's order."""
    if "reductions" not in content:
        # Drawn up before the minutes told them.
        content = content | departures(content["applications"])
    criteria = content["grid"]["criteria"]
    return {
        "minutes": content,
        "demonstration": settings.DEMONSTRATION or content["call"].get("fictitious", False),
        "sha256": sha256,
        "partial": partial,
        "starts_at": parse_datetime(content["sitting"]["starts_at"]),
        "closed_at": parse_datetime(content["sitting"]["closed_at"]),
        "present": [member for member in content["members"] if member["present"]],
        "absent": [member for member in content["members"] if not member["present"]],
        "chair": next((member for member in content["members"] if member["chair"]), None),
        "recusals": [{**each, "since": parse_datetime(each["since"])} for each in content["recusals"]],
        "has_reservations": any(row["reservations"] for row in content["applications"]),
        "means": [
            {"application": row, "values": [row["means"].get(criterion["key"]) for criterion in criteria]}
            for row in content["applications"]
        ],
    }
