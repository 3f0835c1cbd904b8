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


@register.filter
def file_size(size: int | None) -> str:
    """{{ document.size|file_size }} → « 5,2 ko », « 1,4 Mo »: the units of the limits that people are told."""
    if size is None:
        return ""
    number, unit = (size / 1_000_000, "Mo") if size >= 999_950 else (size / 1000, "ko")
    return f"{number:.1f}".replace(".", ",").removesuffix(",0") + f"{moments.SPACE}{unit}"


@register.filter
def dialled(phone: str) -> str:
    """{{ service_phone|dialled }} → what a « tel: » link takes: digits, and the + of a country."""
    return "".join(each for each in phone if each.isascii() and (each.isdigit() or each == "+"))
