"""The minutes as their readers get them."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse

from aap import clock
from aap.errors import DomainError
from scoring.deliberations import services
from scoring.deliberations.documents import context, render
from scoring.deliberations.minutes import without
from tests.factories.scoring import reviewed
from tests.factories.sittings import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(jury):
    reviewed(jury.one, jury.first, 4)
    reviewed(jury.one, jury.second, 3)
    sitting = planned(jury, present=[jury.one])
    for application, amount in ((jury.first, "5000"), (jury.second, "8000")):
        services.record_opinion(sitting, application, by=jury.officer, avis="favourable", proposed_amount=Decimal(amount))
    return services.close_sitting(sitting, by=jury.officer)


def text(content, **more):
    values = context(content, sha256="0" * 64, partial=more.pop("partial", False)) | more
    return re.sub(r"[ \n]+", " ", render_to_string("pdf/scoring/minutes.html", values))


def test_minutes_name_the_amount_that_was_cut(jury, closed):
    html = text(closed.content)
    assert (
        f"<strong>{jury.first.number}, Zénith</strong>, rang 1\u00a0: 5\u202f000\u00a0€ proposés pour 8\u202f000\u00a0€ demandés, "
        "montant réduit par le jury, alors qu’un dossier moins bien classé est aidé." in html
    )
    assert "Aucune inversion" in html


def test_copy_of_somebody_recused_says_nothing_of_the_amount_they_did_not_see(jury, closed):
    copy = without(closed.content, {str(jury.second.public_id)})
    assert "alors qu’un dossier" not in text(copy, partial=True)
    assert "Aucune inversion\u00a0: parmi les dossiers de cet exemplaire" in text(copy, partial=True)


def test_minutes_never_say_no_inversion_when_there_is_one(jury, closed):
    content = closed.content
    content["applications"][0] |= {"amount": "0", "inversion_reason": "Aidé par ailleurs."}
    for key in ("inversions", "exceptions", "reductions"):
        content.pop(key)
    html = text(content)
    assert "mieux classé qu’un dossier aidé, reste sans montant\u00a0: Aidé par ailleurs." in html
    assert "Aucune inversion" not in html


@pytest.mark.parametrize(("banner", "fictitious", "shown"), [(True, False, True), (False, True, True), (False, False, False)])
def test_minutes_of_a_demonstration_say_so_beside_the_emblem(closed, settings, banner, fictitious, shown):
    settings.DEMONSTRATION = banner
    closed.content["call"]["fictitious"] = fictitious
    html = text(closed.content)
    assert ("Document fictif" in html) is shown
    assert 'src="static:img/logo.svg"' in html
    assert render(closed.content, sha256=closed.sha256).startswith(b"%PDF")


def test_sitting_is_not_closed_before_it_begins(jury, as_user):
    with time_machine.travel(datetime(2025, 11, 1, 8, 0, tzinfo=UTC), tick=False):
        reviewed(jury.one, jury.first, 4)
        reviewed(jury.one, jury.second, 3)
        sitting = services.plan_sitting(
            jury.panel, by=jury.officer, starts_at=clock.now() + timedelta(hours=1), place="Avignon"
        )
        services.record_attendance(sitting, by=jury.officer, present=[jury.one])
        for application in (jury.first, jury.second):
            services.record_opinion(sitting, application, by=jury.officer, avis="unfavourable")
        sentence = (
            "La séance commence le 1er\u00a0novembre\u00a02025 à 10\u00a0h\u00a000 : elle ne peut pas être close avant. "
            "Si elle a eu lieu plus tôt, le secrétariat corrige d’abord sa date."
        )
        with pytest.raises(DomainError) as error:
            services.close_sitting(sitting, by=jury.officer)
        assert error.value.message == sentence
        page = as_user(jury.officer).post(reverse("scoring:close", args=[jury.panel.call.slug]))
        assert (page.status_code, page.context["problem"]) == (422, sentence)
    with time_machine.travel(datetime(2025, 11, 1, 11, 5, tzinfo=UTC), tick=False):
        content = services.close_sitting(sitting, by=jury.officer).content
    html = text(content)
    assert "réuni le samedi 1er\u00a0novembre\u00a02025 à 10\u00a0h\u00a000" in html
    assert "close le 1er\u00a0novembre\u00a02025 à 12\u00a0h\u00a005" in html
