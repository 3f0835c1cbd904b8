"""The three calls of the demonstration: one open, one at its jury, last year's with its letters."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from aap import clock
from aap.calls.models import Call
from aap.people.models import User
from cms.pages.seed import present_call
from config.call_files import load_call
from config.demonstration.accounts import create_accounts, demonstration_account
from config.demonstration.play import Play
from config.demonstration.projects import Fate
from config.demonstration.schedule import Schedule, at
from config.demonstration.stages import Until, prepare, run

CALL_FILE: Path = settings.BASE_DIR / "config" / "calls" / "inclusion-numerique-2025.json"
OPEN_SLUG = "inclusion-numerique-2025"
JURY_SLUG = "mediation-numerique-2025"
PAST_SLUG = "inclusion-numerique-2024"


def load_demonstration() -> bool:
    """Create the accounts and the three calls. Returns False, touching nothing, when they exist."""
    if Call.objects.filter(slug=PAST_SLUG).exists():
        return False
    create_accounts()
    # The oldest first: the organisations are the same from call to call. The last one created says that all is there.
    open_call()
    call_at_its_jury()
    past_call()
    return True


def _load(slug: str, title: str, year: int, prefix: str, schedule: Schedule, lead: str) -> Call:
    call = load_call(
        CALL_FILE,
        slug=slug,
        title=title,
        year=year,
        prefix=prefix,
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
        committee_on=schedule.committee_on,
        fictitious=True,
    )
    present_call(call, title=title, lead=lead, body=[])
    return call


def _star(play: Play, member: User) -> None:
    """Make the first project that of the printed applicant, and make it good."""
    play.give_first_project_to(member, fate=Fate.COMPLETE, quality=0.9)


def open_call() -> Call:
    """Open for three weeks more: drafts, deposits, the first examinations."""
    today = clock.today()
    schedule = Schedule.around_closing(today + timedelta(days=21))
    call = _load(
        OPEN_SLUG, "Appel à projets 2025 – Inclusion numérique", 2025, "FNE25", schedule,
        "Vous portez un projet d’inclusion numérique en Vaucluse ? Le Département peut le soutenir.",
    )  # fmt: skip
    play = prepare(call, schedule, count=12, seed=25)
    _star(play, demonstration_account("association@exemple.fr"))
    # Three drafts, then one of each end that an examination may have before the closing, and one withdrawal.
    play.set_fates({3: Fate.INADMISSIBLE, 4: Fate.INELIGIBLE, 5: Fate.COMPLETE, 11: Fate.WITHDRAWN}, otherwise=Fate.COMPLETE)
    play.draft(leave_unfinished=1)
    play.submit(skip=3)
    play.withdraw()
    play.examine(until=3, moment=clock.now() - timedelta(days=1))
    play.begin_examination(moment=clock.now() - timedelta(hours=20))
    return call


def call_at_its_jury() -> Call:
    """Closed; half of the reviews are in; the sitting is tomorrow."""
    today = clock.today()
    schedule = Schedule.around_closing(today - timedelta(days=37))
    schedule = replace(schedule, reviews_due_on=today, sitting_at=at(today + timedelta(days=1), 14))
    call = _load(
        JURY_SLUG, "Appel à projets 2025 – Réseau de la médiation numérique", 2025, "RMN25", schedule,
        "Soutenir les structures qui accompagnent les habitants, au plus près de chez eux.",
    )  # fmt: skip
    play = prepare(call, schedule, count=14, seed=52)
    _star(play, demonstration_account("association@exemple.fr"))
    run(play, jurors=7, until=Until.EXAMINED)
    panel = play.seat_jury(7, recusals=2)
    play.review(panel, share=0.5)
    return call


def past_call() -> Call:
    """Last year's, played to the release of its letters."""
    schedule = Schedule.released_by(clock.today() - timedelta(days=240))
    call = _load(
        PAST_SLUG, "Appel à projets 2024 – Inclusion numérique", 2024, "FNE24", schedule,
        "Les projets d’inclusion numérique soutenus par le Département en 2024.",
    )  # fmt: skip
    play = prepare(call, schedule, count=24, seed=24)
    _star(play, demonstration_account("association@exemple.fr"))
    run(play, jurors=7, until=Until.RELEASED)
    return call


def load_bench_calls() -> tuple[Play, Call]:
    """For measures: an open call full of complete drafts, and a small one played to its letters."""
    schedule = Schedule.around_closing(clock.today() + timedelta(days=21))
    call = _load(OPEN_SLUG, "Appel à projets 2025 – Inclusion numérique", 2025, "FNE25", schedule, "Banc d’essai.")
    play = prepare(call, schedule, count=24, seed=25)
    play.draft()
    past = _load(
        PAST_SLUG,
        "Appel à projets 2024 – Inclusion numérique",
        2024,
        "FNE24",
        Schedule.released_by(clock.today()),
        "Banc d’essai.",
    )
    run(prepare(past, Schedule.released_by(clock.today()), count=8, seed=24), jurors=3, until=Until.RELEASED)
    return play, past
