"""Drafts, submission, and what can go wrong between two tabs."""

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from aap.applications.models import Application
from aap.applications.states import State
from aap.errors import DomainError
from scoring.grids.models import Criterion
from scoring.grids.services import write_grid
from scoring.panels import services as panels
from scoring.reviews import services
from scoring.reviews.models import Review, Score
from scoring.reviews.services import Entry
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import GRID, INTEREST, entrust, fill, make_panel, reviewed

pytestmark = pytest.mark.django_db
KEY = "reponse-aux-besoins"


def withdraw(application):
    with pgtrigger.ignore("aap.Application:application_lifecycle"):
        Application.objects.filter(pk=application.pk).update(state=State.WITHDRAWN)


def test_save_draft_pins_the_version_and_the_grid(jury):
    assignment = entrust(jury.one, jury.first)
    review = services.save_draft(
        assignment, by=jury.one.user, entries={KEY: Entry(3, " bien ", True)}, appreciation=" Oui ", edit_version=0
    )
    assert (review.state, review.edit_version, review.appreciation) == (Review.State.DRAFT, 1, "Oui")
    assert review.version_read == jury.first.versions.get()
    assert list(review.scores.values_list("criterion__key", "value", "comment", "communicable")) == [(KEY, 3, "bien", True)]


def test_save_draft_empties_a_mark_without_making_it_zero(jury):
    assignment = entrust(jury.one, jury.first)
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)})
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(None)})
    assert list(Score.objects.values_list("value", flat=True)) == [None]


@pytest.mark.parametrize("value", [-1, 6, 100])
def test_save_draft_refuses_a_mark_out_of_scale(jury, value):
    with pytest.raises(DomainError, match="la note va de 0 à 5"):
        services.save_draft(entrust(jury.one, jury.first), by=jury.one.user, entries={KEY: Entry(value)})
    assert not Review.objects.exists()


def test_save_draft_refuses_a_criterion_of_another_grid(jury):
    with pytest.raises(DomainError, match="pas dans la grille"):
        services.save_draft(entrust(jury.one, jury.first), by=jury.one.user, entries={"inventé": Entry(3)})


def test_first_score_freezes_the_grid_in_the_database_too(jury):
    assignment = entrust(jury.one, jury.first)
    grid = jury.panel.call.grids.get()
    services.save_draft(assignment, by=jury.one.user, entries={}, appreciation="Lu")
    grid.refresh_from_db()
    assert grid.frozen_at is None
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(0)}, appreciation="Lu")
    grid.refresh_from_db()
    assert grid.frozen_at is not None
    with pytest.raises(DomainError, match="figée"):
        write_grid(jury.panel.call, by=jury.officer, criteria=GRID[:3])
    for change in (
        lambda: Criterion.objects.filter(grid=grid).update(weight=1),
        lambda: Criterion.objects.filter(grid=grid).delete(),
        lambda: Criterion.objects.create(grid=grid, key="x", label="x", weight=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_save_draft_refuses_a_stale_version_and_keeps_what_is_stored(jury):
    assignment = entrust(jury.one, jury.first)
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)}, edit_version=0)
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(4)}, edit_version=1)
    with pytest.raises(services.StaleReview) as refusal:
        services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(5)}, edit_version=1)
    assert refusal.value.review.edit_version == 2
    assert Score.objects.get().value == 4


def test_save_draft_of_the_same_content_is_no_conflict(jury):
    assignment = entrust(jury.one, jury.first)
    services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)}, edit_version=0)
    assert services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)}, edit_version=0).edit_version == 1


def test_submit_lists_everything_that_is_missing(jury):
    assignment = entrust(jury.one, jury.first)
    keys = [criterion.key for criterion in Criterion.objects.order_by("position")]
    marks = [None, 0, 1, 5, 3, 3]
    services.save_draft(assignment, by=jury.one.user, entries={key: Entry(mark) for key, mark in zip(keys, marks, strict=True)})
    with pytest.raises(services.IncompleteReview) as refusal:
        services.submit(assignment, by=jury.one.user)
    assert refusal.value.problems == {
        keys[0]: "Choisissez une note.",
        keys[1]: "Expliquez cette note en une phrase : 0 est une note extrême.",
        keys[2]: "Expliquez cette note en une phrase : 1 est une note extrême.",
        keys[3]: "Expliquez cette note en une phrase : 5 est une note extrême.",
        "appreciation": "Écrivez une appréciation générale, même brève.",
    }


def test_submit_is_final_and_repeating_it_changes_nothing(jury):
    review = reviewed(jury.one, jury.first, 3)
    assert services.submit(review.assignment, by=jury.one.user).submitted_at == review.submitted_at
    with pytest.raises(DomainError, match="ne change plus"):
        services.save_draft(review.assignment, by=jury.one.user, entries={KEY: Entry(4)})


def test_submit_refuses_a_stale_version(jury):
    assignment = entrust(jury.one, jury.first)
    fill(assignment, [3] * 6)
    with pytest.raises(services.StaleReview):
        services.submit(assignment, by=jury.one.user, edit_version=0)


def test_scoring_is_the_jurors_own(jury):
    assignment = entrust(jury.one, jury.first)
    fill(assignment, [3] * 6)
    for by in (jury.two.user, jury.chair.user, jury.officer, AdministratorFactory(), UserFactory()):
        with pytest.raises(DomainError, match="pas confié"):
            services.save_draft(assignment, by=by, entries={KEY: Entry(3)})
        with pytest.raises(DomainError, match="pas confié"):
            services.submit(assignment, by=by)


def test_scoring_wants_the_declaration_first(jury):
    from scoring.assignments.services import assign

    with pytest.raises(DomainError, match="Déclarez d’abord"):
        services.save_draft(assign(jury.one, jury.first, by=jury.officer), by=jury.one.user, entries={KEY: Entry(3)})


def test_scoring_stops_with_the_recusal_and_with_the_assignment(jury):
    recused, taken_back = entrust(jury.one, jury.first), entrust(jury.one, jury.second)
    panels.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Salarié")
    from scoring.assignments.services import unassign

    unassign(taken_back, by=jury.officer)
    for assignment in (recused, taken_back):
        with pytest.raises(DomainError, match="pas confié"):
            services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)})


@pytest.mark.parametrize("state", [state for state in State if state not in (State.ADMISSIBLE, State.DRAFT)])
def test_scoring_ends_when_the_application_leaves_the_jury(jury, state):
    assignment = entrust(jury.one, jury.first)
    with pgtrigger.ignore("aap.Application:application_lifecycle"):
        Application.objects.filter(pk=jury.first.pk).update(state=state)
    with pytest.raises(services.ApplicationGone):
        services.save_draft(assignment, by=jury.one.user, entries={KEY: Entry(3)})


@pytest.mark.parametrize(("actor", "allowed"), [(OfficerFactory, True), (AdministratorFactory, True), (UserFactory, False)])
def test_reopen_is_the_secretariats_with_a_reason(jury, actor, allowed):
    review, by = reviewed(jury.one, jury.first, 3), actor()
    if not allowed:
        with pytest.raises(DomainError):
            services.reopen(review, by=by, reason="Erreur de saisie")
        return
    with pytest.raises(DomainError, match="pourquoi"):
        services.reopen(review, by=by, reason="")
    assert services.reopen(review, by=by, reason="Erreur de saisie").state == Review.State.DRAFT


def test_recused_officer_does_not_reopen(jury):
    review = reviewed(jury.one, jury.first, 3)
    panels.recuse(jury.first, jury.officer, by=jury.officer, ground="Bénévole")
    with pytest.raises(DomainError, match="pas agir"):
        services.reopen(review, by=jury.officer, reason="Erreur")


def test_scoring_without_a_grid_says_so(jury):
    panel = make_panel()
    Criterion.objects.filter(grid__call=panel.call).delete()
    panel.call.grids.all().delete()
    from tests.factories.scoring import admissible, make_juror

    assignment = entrust(make_juror(panel), admissible(panel))
    with pytest.raises(DomainError, match="pas encore prête"):
        services.save_draft(assignment, by=assignment.juror.user, entries={})
