"""What was released is kept by the database itself, whoever writes to it."""

import pytest
from django.db import Error, transaction

from aap import clock
from aap.decisions.models import Decision, DecisionLetter, Outcome, Release
from aap.decisions.services import record_resolution
from tests.factories.decisions import draft_for, prepared, released

pytestmark = pytest.mark.django_db

CHANGES = [
    (Decision, {"outcome": Outcome.REFUSED, "amount": 0}),
    (Decision, {"amount": 9000}),
    (Decision, {"reason": "Autre motif."}),
    (Decision, {"release": None}),
    (DecisionLetter, {"pdf": "letters/autre.pdf"}),
    (DecisionLetter, {"body": "<p>Autre texte.</p>"}),
    (DecisionLetter, {"html": ""}),
    (DecisionLetter, {"sha256": "0" * 64}),
    (Release, {"total": 12}),
    (Release, {"released_at": clock.now()}),
]


def attempt(act):
    """Whether the database lets it pass; what it did is undone."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Error:
        return False
    return True


@pytest.mark.parametrize(("model", "values"), CHANGES)
def test_released_rows_do_not_change_but_unreleased_ones_do(model, values):
    # The same write passes before the release: it is the release that closes it.
    prepared((Outcome.AWARDED,))
    assert attempt(lambda: model.objects.update(**values)) is True
    batch = Release.objects.get()
    Release.objects.filter(pk=batch.pk).update(state="released", released_at=clock.now())
    assert attempt(lambda: model.objects.update(**values)) is False


@pytest.mark.parametrize("model", [Decision, DecisionLetter, Release])
def test_released_rows_are_not_deleted_even_by_sql(model):
    released((Outcome.AWARDED,))
    assert attempt(lambda: model.objects.all()._raw_delete("default")) is False


def test_released_decision_is_still_replaced_by_a_correction():
    batch = released((Outcome.RESERVE,))
    old = batch.decisions.get()
    second = record_resolution(
        batch.resolution.call,
        number="2",
        adopted_on=clock.today(),
        decisions=[draft_for(old.application, Outcome.AWARDED)],
        by=batch.created_by,
    )
    old.refresh_from_db()
    assert old.replaced_by == second.decisions.get()
