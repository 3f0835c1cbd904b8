"""The grid, before and after the first score."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aap.errors import DomainError
from scoring.grids.selectors import current_grid
from scoring.grids.services import CriterionDraft, write_grid
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import reviewed

pytestmark = pytest.mark.django_db


def page(jury):
    return reverse("scoring:grid", args=[jury.panel.call.slug])


def typed(*rows):
    data = {"c-TOTAL_FORMS": str(len(rows)), "c-INITIAL_FORMS": "0"}
    for index, (label, weight, levels) in enumerate(rows):
        data |= {f"c-{index}-label": label, f"c-{index}-weight": weight, f"c-{index}-levels": levels}
    return data


def test_grid_is_replaced_before_the_first_score_and_keys_stay_unique(jury, as_user):
    response = as_user(jury.officer).post(
        page(jury), typed(("Utilité", "60", "Non\nUn peu\nOui"), ("Utilité", "40,5", ""), ("", "", ""))
    )
    assert response.status_code == 302
    criteria = current_grid(jury.panel.call).criteria.all()
    assert [(each.key, each.weight, each.maximum, each.levels) for each in criteria] == [
        ("utilite", Decimal(60), 2, ["Non", "Un peu", "Oui"]),
        ("utilite-2", Decimal("40.5"), 5, []),
    ]


def test_grid_after_the_first_score_is_read_only(jury, as_user):
    reviewed(jury.one, jury.first, 3)
    client = as_user(jury.officer)
    assert "Grille figée" in client.get(page(jury)).content.decode()
    response = client.post(page(jury), typed(("Utilité", "60", "")))
    assert response.status_code == 422
    assert current_grid(jury.panel.call).criteria.count() == 6


def test_criterion_without_weight_is_asked_again(jury, as_user):
    response = as_user(jury.officer).post(page(jury), typed(("Utilité", "", "")))
    assert response.context["formset"].errors[0] == {"weight": ["Donnez une pondération supérieure à zéro."]}
    assert "des réponses sont à revoir" in response.content.decode()


@pytest.mark.parametrize(("actor", "allowed"), [(OfficerFactory, True), (AdministratorFactory, True), (UserFactory, False)])
def test_write_grid_is_the_secretariats(jury, actor, allowed):
    draft = [CriterionDraft("Utilité", Decimal(1))]
    if allowed:
        assert write_grid(jury.panel.call, by=actor(), criteria=draft).criteria.count() == 1
    else:
        with pytest.raises(DomainError):
            write_grid(jury.panel.call, by=actor(), criteria=draft)


def test_write_grid_refuses_what_cannot_be_scored(jury):
    for criteria in ([], [CriterionDraft("A", Decimal(0))], [CriterionDraft("A", Decimal(1), levels=("un", "deux"))]):
        with pytest.raises(DomainError):
            write_grid(jury.panel.call, by=jury.officer, criteria=criteria)
