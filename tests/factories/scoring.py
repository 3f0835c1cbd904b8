"""Juries: panels, members, grids, assignments and reviews, made through the services that the views call."""

from decimal import Decimal
from typing import Any

from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.assignments.services import assign
from scoring.grids.services import CriterionDraft, write_grid
from scoring.panels import services as panels
from scoring.panels.models import InterestDeclaration, Juror, Panel
from scoring.reviews.models import Review
from scoring.reviews.services import Entry, save_draft, submit
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.people import OfficerFactory, UserFactory

LEVELS = ("Absent du dossier", "Très faible", "Faible", "Correct", "Bon", "Excellent")
GRID = [
    CriterionDraft(label, Decimal(weight), guidance, 5, LEVELS, eliminatory)
    for label, weight, guidance, eliminatory in (
        ("Réponse aux besoins", 25, "Diagnostic, publics visés, articulation avec les lieux existants.", True),
        ("Qualité et faisabilité", 25, "Méthode, compétences, calendrier, accessibilité.", True),
        ("Ancrage territorial et partenariat", 20, "Territoire couvert, partenaires, complémentarité.", False),
        ("Budget et cofinancements", 15, "Coûts réalistes, taux, autres financeurs.", False),
        ("Évaluation et pérennité", 10, "Indicateurs, capitalisation, suites.", False),
        ("Sobriété numérique et innovation", 5, "Réemploi, numérique responsable.", False),
    )
]
NONE, INTEREST = InterestDeclaration.Answer.NONE, InterestDeclaration.Answer.INTEREST


def make_panel(*, call: Call | None = None, by: User | None = None, required: int = 1) -> Panel:
    """A jury with its grid, without members."""
    call, by = call or CallFactory(), by or OfficerFactory()
    write_grid(call, by=by, criteria=GRID)
    return panels.open_panel(call, by=by, reviews_per_application=required)


def make_juror(panel: Panel, *, user: User | None = None, **fields: Any) -> Juror:
    """A member, who has an account already."""
    user = user or UserFactory()
    juror = panels.add_juror(panel, by=OfficerFactory(), email=user.email, **fields)
    user.refresh_from_db()
    juror.user = user
    return juror


def admissible(panel: Panel, **fields: Any) -> Application:
    return make_application(call=panel.call, state=State.ADMISSIBLE, **fields)


def entrust(juror: Juror, application: Application) -> Assignment:
    """Assigned, and declared without interest: the juror may read and score."""
    panels.declare(juror, application, by=juror.user, answer=NONE)
    return assign(juror, application, by=OfficerFactory())


def fill(
    assignment: Assignment, marks: list[int], comment: str = "Une phrase qui explique cette note.", **fields: Any
) -> Review:
    """A complete draft with these marks, in the order of the grid; comments are communicable unless said otherwise."""
    keys = list(assignment.application.call.grids.get().criteria.values_list("key", flat=True))
    entries = {key: Entry(mark, comment, fields.get("communicable", True)) for key, mark in zip(keys, marks, strict=True)}
    return save_draft(assignment, by=assignment.juror.user, entries=entries, appreciation="Projet clair et utile.")


def reviewed(juror: Juror, application: Application, marks: list[int] | int, **fields: Any) -> Review:
    """Assigned, declared, scored and submitted."""
    assignment = entrust(juror, application)
    fill(assignment, [marks] * len(GRID) if isinstance(marks, int) else marks, **fields)
    return submit(assignment, by=juror.user)
