"""The menu of the applicant's space, shared by the pages of this room and of the portal."""

from django.urls import reverse

SPACE_TITLE = "Mon espace"


def applicant_nav(current: str) -> dict[str, object]:
    """Context of layout/space.html; `current` is « applications » or « organisations »."""
    entries = [
        ("applications", "Mes dossiers", reverse("portal:home")),
        ("organisations", "Ma structure", reverse("organisations:home")),
    ]
    return {
        "space_title": SPACE_TITLE,
        "space_nav": [{"label": label, "url": url, "current": key == current} for key, label, url in entries],
    }
