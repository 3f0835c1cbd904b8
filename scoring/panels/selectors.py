"""Reads about juries: who sits, what they have still to declare."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aap.applications.models import Application, Recusal
from aap.calls.models import Call
from aap.organisations.models import Organisation
from aap.people.models import User
from scoring.panels.models import InterestDeclaration, Juror, Panel
from scoring.panels.states import BEFORE_THE_JURY


def applications_of(panel: Panel, user: User) -> QuerySet[Application]:
    """The applications before this jury that the person may see, by organisation. Recusals are absences from it."""
    return (
        Application.objects.visible_to(user)
        .filter(call=panel.call_id, state__in=BEFORE_THE_JURY)
        .select_related("organisation", "theme")
        .order_by("organisation__sort_key", "title_key", "pk")
    )


def calls_of_the_secretariat(user: User) -> QuerySet[Call]:
    """Calls, newest first, with the size of their jury and the applications before it that the person may see."""
    seen = Q(applications__in=Application.objects.visible_to(user).filter(state__in=BEFORE_THE_JURY))
    return Call.objects.select_related("panel").annotate(
        jurors=Count("panel__jurors", distinct=True), before_jury=Count("applications", filter=seen, distinct=True)
    )


def juror_of(user: User, panel: Panel) -> Juror | None:
    """The person's seat in this jury."""
    return panel.jurors.filter(user=user).first()


def to_declare(juror: Juror) -> QuerySet[Application]:
    """Applications about which the juror has not said yet whether there is an interest."""
    return (
        Application.objects.not_recused(juror.user)
        .filter(call=juror.panel.call_id, state__in=BEFORE_THE_JURY)
        .exclude(Exists(InterestDeclaration.objects.filter(juror=juror, application=OuterRef("pk"))))
    )


@dataclass
class InterestRow:
    """One organisation before the jury: what a juror may know before declaring, and nothing more."""

    organisation: Organisation
    applications: list[Application] = field(default_factory=list)
    answer: str = ""

    @property
    def key(self) -> str:
        return self.organisation.public_id.hex


def interest_rows(juror: Juror) -> list[InterestRow]:
    """One row an organisation, in alphabetical order; those from which the juror stepped aside are gone."""
    applications = (
        Application.objects.not_recused(juror.user)
        .filter(call=juror.panel.call_id, state__in=BEFORE_THE_JURY)
        .select_related("organisation")
        .order_by("organisation__sort_key", "organisation_id")
    )
    declared = dict(juror.declarations.values_list("application_id", "answer"))
    rows = []
    for _organisation, group in groupby(applications, key=lambda application: application.organisation_id):
        listed = list(group)
        answers = {declared.get(application.pk, "") for application in listed}
        rows.append(InterestRow(listed[0].organisation, listed, answers.pop() if len(answers) == 1 else ""))
    return rows


def closed_pairs(panel: Panel) -> set[tuple[int, int]]:
    """(user, application) of every link between a member of this jury and a candidate: recusals and memberships."""
    recused = Recusal.objects.filter(application__call=panel.call_id).values_list("user_id", "application_id")
    return set(recused) | {(user, application) for _juror, user, application in _membership_rows(panel)}


def memberships(panel: Panel) -> dict[int, set[int]]:
    """The applications of the call whose organisation a juror belongs to, by juror."""
    found: dict[int, set[int]] = {}
    for juror, _user, application in _membership_rows(panel):
        found.setdefault(juror, set()).add(application)
    return found


def _membership_rows(panel: Panel) -> QuerySet[Juror, tuple[int, int, int]]:
    rows = panel.jurors.filter(user__memberships__organisation__applications__call=panel.call_id).order_by()
    return rows.values_list("pk", "user_id", "user__memberships__organisation__applications")


def declarations_of(panel: Panel, applications: Iterable[int]) -> dict[int, set[int]]:
    """Those of these applications about which each juror has declared."""
    found: dict[int, set[int]] = {}
    rows = InterestDeclaration.objects.filter(juror__panel=panel, application__in=applications)
    for juror, application in rows.values_list("juror", "application"):
        found.setdefault(juror, set()).add(application)
    return found
