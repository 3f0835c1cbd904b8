"""Days and moments as French readers write them, always in the time zone of the site."""

from calendar import monthrange
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.formats import date_format

SPACE = "\u00a0"
# Outside these, a typed year is a slip (« 0025 », « 20025 »), and PostgreSQL holds days that Python cannot read back.
PLAUSIBLE_YEARS = range(2000, 2100)
IMPLAUSIBLE = f"Vérifiez l’année : elle doit être comprise entre {PLAUSIBLE_YEARS[0]} et {PLAUSIBLE_YEARS[-1]}."


def validate_plausible_date(value: date) -> None:
    """Refuse a day or a moment whose year is a slip of the keyboard.

    Raises:
        ValidationError: the year is not within `PLAUSIBLE_YEARS`.
    """
    if value.year not in PLAUSIBLE_YEARS:
        raise ValidationError(IMPLAUSIBLE, code="implausible_date")


def plausible_dates(*, name: str, days: tuple[str, ...] = (), moments: tuple[str, ...] = ()) -> CheckConstraint:
    """The same rule in the database, as the constraint `name` over columns of days and of moments; empty ones pass."""
    first, beyond = date(PLAUSIBLE_YEARS.start, 1, 1), date(PLAUSIBLE_YEARS.stop, 1, 1)
    condition = Q()
    for field in days:
        condition &= _empty_or_within(field, first, beyond)
    for field in moments:
        condition &= _empty_or_within(field, _midnight(first), _midnight(beyond))
    return CheckConstraint(condition=condition, name=name, violation_error_message=IMPLAUSIBLE)


def _empty_or_within(field: str, first: date, beyond: date) -> Q:
    return Q((f"{field}__isnull", True)) | Q((f"{field}__gte", first), (f"{field}__lt", beyond))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def french_day(day: date) -> str:
    """« 1er janvier 2025 »."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal}{SPACE}{date_format(day, 'F')}{SPACE}{day.year}"


def french_hour(at: datetime, *, seconds: bool = False) -> str:
    """« 23 h 59 », or « 23 h 59 min 12 s » when a matter of seconds decides."""
    local = timezone.localtime(at)
    text = f"{local.hour}{SPACE}h{SPACE}{local.minute:02d}"
    return f"{text}{SPACE}min{SPACE}{local.second:02d}{SPACE}s" if seconds else text


def french_moment(at: datetime, *, seconds: bool = False) -> str:
    """« 12 janvier 2025 à 23 h 59 »."""
    return f"{french_day(at)} à {french_hour(at, seconds=seconds)}"


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter (31 December + 2 → 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def time_left(until: datetime, now: datetime) -> str:
    """« il reste 3 jours », « il reste 5 heures », « il reste 12 minutes »; empty once it is past."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes < 0:
        return ""
    for size, word in ((1440, "jour"), (60, "heure")):
        # Two days or hours at least: « il reste 1 jour » could mean one hour or forty-seven.
        if minutes >= 2 * size:
            return f"il reste {minutes // size}{SPACE}{word}s"
    return f"il reste {minutes}{SPACE}minute{'s' if minutes > 1 else ''}" if minutes else "il reste moins d’une minute"
