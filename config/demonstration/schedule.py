"""When each stage of a played call happens."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of `day`, in the time zone of the site."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def workday(day: date) -> date:
    """`day`, or the Monday that follows a Saturday or a Sunday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


@dataclass(frozen=True)
class Schedule:
    """The calendar of a call: closing eight weeks after the opening, then examination, jury, committee, letters."""

    opens_at: datetime
    closes_at: datetime
    examined_on: date
    reviews_due_on: date
    sitting_at: datetime
    committee_on: date
    released_on: date

    @classmethod
    def around_closing(cls, closing: date) -> "Schedule":
        """The usual rhythm (examination three weeks, jury two, committee five weeks later, letters within the week)."""
        return cls(
            opens_at=at(closing - timedelta(days=56), 9),
            closes_at=at(closing, 23, 59),
            examined_on=workday(closing + timedelta(days=21)),
            reviews_due_on=workday(closing + timedelta(days=33)),
            sitting_at=at(workday(closing + timedelta(days=38)), 14),
            committee_on=workday(closing + timedelta(days=73)),
            released_on=workday(closing + timedelta(days=80)),
        )

    @classmethod
    def released_by(cls, today: date) -> "Schedule":
        """The whole life lies behind: letters were released in the last few days."""
        return cls.around_closing(today - timedelta(days=84))
