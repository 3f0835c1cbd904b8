"""Days and moments in sentences: mails and PDF, where <time> has no use."""

from datetime import date, datetime

from django import template

from aap import moments

register = template.Library()


@register.filter
def french_day(day: date | None) -> str:
    """{{ receipt.implicit_refusal_on|french_day }} → « 1er mars 2026 »."""
    return moments.french_day(day) if day else ""


@register.filter
def french_moment(at: datetime | None) -> str:
    """{{ receipt.issued_at|french_moment }} → « 12 janvier 2026 à 23 h 59 »."""
    return moments.french_moment(at) if at else ""


@register.filter
def plural(count: float | None, endings: str = "s") -> str:
    """{{ n|plural }} → « s » from two on: French says « 0 dossier ». {{ n|plural:"lui,eux" }} → one word or the other."""
    one, _, many = endings.rpartition(",")
    return many if count is not None and count >= 2 else one
