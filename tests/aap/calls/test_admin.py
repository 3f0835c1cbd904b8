"""A call in the administration: dates that exist, texts that show what they hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from aap.calls.models import Call
from aap.people.models import Role
from tests.factories.calls import CallFactory, ThemeFactory
from tests.factories.people import AdministratorFactory

pytestmark = pytest.mark.django_db
IMPLAUSIBLE = ["Vérifiez l’année : elle doit être comprise entre 2000 et 2099."]


@pytest.fixture
def administrator(client, sign_in):
    return sign_in(client, AdministratorFactory(roles=[Role.ADMINISTRATOR]))


def typed(response) -> dict[str, str]:
    """The editing form as the browser would send it back."""
    form = response.context["form"]
    sent = {}
    for part in [form, *[row for formset in form.formsets.values() for row in [formset.management_form, *formset.forms]]]:
        for field in part:
            value = field.value()
            if hasattr(field.field.widget, "format_value"):
                value = field.field.widget.format_value(value)
            if value not in (None, False):
                sent[field.html_name] = value
    return sent


def edit(client, call, **changes):
    url = reverse("calls:edit", args=[call.pk])
    return client.post(url, typed(client.get(url)) | changes)


@pytest.mark.parametrize("field", ["opens_at", "closes_at", "committee_on"])
@pytest.mark.parametrize("year", ["0001", "0025", "1999", "2100", "9999"])
def test_call_with_a_slip_in_a_year_is_refused(client, administrator, field, year):
    call = CallFactory(committee_on=date(2098, 1, 1))
    day = f"{year}-01-01" if field == "committee_on" else f"{year}-01-01 12:00"
    response = edit(client, call, **{field: day})
    assert (response.status_code, response.context["form"].errors[field]) == (200, IMPLAUSIBLE)


def test_call_year_is_plausible_too(client, administrator):
    assert list(edit(client, CallFactory(), year="25").context["form"].errors) == ["year"]


@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
@pytest.mark.parametrize("moment", [datetime(1, 1, 2, tzinfo=UTC), datetime(2100, 1, 2, tzinfo=UTC)])
def test_database_refuses_a_call_that_pages_could_not_read(field, moment):
    call = CallFactory()
    with pytest.raises(IntegrityError, match=r"call_dates_plausible|call_closes_after_opening"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**{field: moment})


def test_database_refuses_a_committee_of_another_age():
    with pytest.raises(IntegrityError, match="call_dates_plausible"), transaction.atomic():
        CallFactory(committee_on=date(25, 1, 1))


def test_call_closes_after_it_opens(client, administrator):
    call = CallFactory()
    response = edit(client, call, closes_at=f"{call.opens_at - timedelta(days=1):%Y-%m-%d %H:%M}")
    assert "La clôture doit venir après l’ouverture." in response.content.decode()


def test_committee_meets_after_the_closing():
    call = CallFactory.build()
    call.committee_on = (call.closes_at - timedelta(days=2)).date()
    with pytest.raises(ValidationError, match="vient après la clôture"):
        call.clean()


def test_call_and_its_axes_hold_what_they_show(client, administrator):
    call = CallFactory()
    ThemeFactory(call=call, title="Accès")
    response = edit(client, call, **{"title": "Ap\u202epel\u200b 2025", "themes-0-title": "Ac\u2066cès\ufeff"})
    assert response.status_code == 302
    call.refresh_from_db()
    assert (call.title, call.themes.get().title) == ("Appel 2025", "Accès")


def test_call_gives_a_number_that_one_can_dial(client, administrator):
    call = CallFactory()
    assert list(edit(client, call, service_phone="poste 12").context["form"].errors) == ["service_phone"]
    assert edit(client, call, service_phone="+33 4.90.16.15.00").status_code == 302
    call.refresh_from_db()
    assert call.service_phone == "04 90 16 15 00"
