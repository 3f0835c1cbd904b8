"""Whatever is typed, sent by a broken page or forged, a page of the jury answers; it never fails."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from aap import clock
from scoring.deliberations import services as deliberations
from scoring.panels.models import Panel
from scoring.panels.services import recuse
from tests.factories.people import UserFactory
from tests.factories.scoring import GRID, NONE, entrust, fill, reviewed
from tests.factories.sittings import planned

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"
# Already encoded, since no well-behaved client sends some of them.
JUNK = {
    "word": "x",
    "nul and half a surrogate": "%00%ED%A0%80",
    "huge number": "9" * 5000,
    "not a number": "NaN",
    "month 13": "2026-13-45T25:61:00%2B99:00",
    "moment of year 1": "0001-01-01T00:00:00%2B14:00",
    "year 9999": "9999-12-31T23:59",
    "long": "a" * 20000,
}


def encoded(values):
    return "&".join(f"{name}={value}" for name, value in values.items())


def _ballot():
    return {"edit_version": "0", "appreciation": "Bien", "mark_reponse-aux-besoins": "3", "comment_reponse-aux-besoins": "Bien"}


@pytest.fixture
def pages(jury):
    """(who, address, what a good page sends) of every form of the jury."""
    slug = jury.panel.call.slug
    first, second = entrust(jury.one, jury.first), entrust(jury.one, jury.second)
    review = reviewed(jury.two, jury.first, 4)
    recuse(jury.second, jury.two.user, by=jury.officer, ground="Trésorier")
    sitting = planned(jury)
    opinion = deliberations.record_opinion(sitting, jury.first, by=jury.officer, avis="unfavourable")
    row, other, key = jury.first.public_id.hex, jury.second.public_id.hex, jury.second.organisation.public_id.hex
    fill(second, [4] * len(GRID))

    def at(name, *args):
        return reverse(f"scoring:{name}", args=[slug, *args])

    return {
        "ballot": (jury.one, reverse("scoring:review", args=[first.public_id]), _ballot() | {"submit": "1"}),
        "autosave": (jury.one, reverse("scoring:autosave", args=[first.public_id]), _ballot()),
        "hand_in": (jury.one, reverse("scoring:hand_in", args=[second.public_id]), {"edit_version": "1"}),
        "interests": (jury.one, at("interests"), {f"answer_{key}": "interest", f"detail_{key}": "Membre"}),
        "members": (
            jury.officer,
            at("members"),
            {
                "email": quote(UserFactory().email),
                "first_name": "Léa",
                "last_name": "Roux",
                "quality": "user",
                "body": "X",
                "voting": "on",
                "is_chair": "on",
                "confirm": "1",
                "remove": str(jury.one.public_id),
            },
        ),
        "settings": (jury.officer, at("settings"), {"reviews_per_application": "2", "reviews_due_on": "2026-12-11"}),
        "grid": (
            jury.officer,
            at("grid"),
            {
                "c-TOTAL_FORMS": "1",
                "c-INITIAL_FORMS": "0",
                "c-MIN_NUM_FORMS": "0",
                "c-MAX_NUM_FORMS": "20",
                "c-0-key": "a",
                "c-0-label": "A",
                "c-0-weight": "2",
                "c-0-guidance": "B",
                "c-0-levels": "Non%0AOui",
                "c-0-eliminatory": "on",
            },
        ),
        "assignments": (jury.officer, at("assignments"), {"pair": f"{row}:{jury.one.public_id.hex}", "seen": ""}),
        "plan": (jury.officer, at("plan"), {"starts_at": "2026-12-11T14:00", "place": "Avignon"}),
        "attendance": (jury.officer, at("attendance"), {"present": str(jury.one.pk), "remarks": "Rien"}),
        "sitting": (
            jury.officer,
            at("sitting"),
            {
                f"{row}-avis": "reserved",
                f"{row}-amount": "5000",
                f"{row}-reservations": "Oui",
                f"{row}-inversion_reason": "X",
                f"{row}-seen": quote(opinion.recorded_at.isoformat()),
                f"{other}-avis": "unfavourable",
                f"{other}-seen": "",
                "only": row,
            },
        ),
        "close": (jury.officer, at("close"), {"x": "1"}),
        "reopen": (jury.officer, at("reopen", review.public_id), {"reason": "Erreur"}),
        "lift": (jury.officer, at("lift", jury.second.public_id, jury.two.user.public_id), {"reason": "Erreur"}),
        "remove_member": (jury.officer, at("remove_member", jury.chair.public_id), {"x": "1"}),
        "open_panel": (jury.officer, at("open_panel"), {"x": "1"}),
    }


NAMES = (
    "ballot", "autosave", "hand_in", "interests", "members", "settings", "grid", "assignments", "plan", "attendance",
    "sitting", "close", "reopen", "lift", "remove_member", "open_panel",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_form_answers_whatever_it_receives(pages, as_user, name):
    who, url, good = pages[name]
    client = as_user(getattr(who, "user", who))
    # What changes for good comes last: a page in its last state has nothing left to refuse.
    for field in good:
        for label, junk in JUNK.items():
            without_confirmation = {each: value for each, value in good.items() if each != "submit"}
            body = encoded(without_confirmation | {field: junk})
            response = client.post(url, body, content_type=URLENCODED)
            assert response.status_code in {200, 302, 404, 409, 422}, (field, label)
        response = client.post(url, encoded({each: value for each, value in good.items() if each != field}), URLENCODED)
        assert response.status_code in {200, 302, 404, 409, 422}, field
    assert client.post(url, "", URLENCODED).status_code in {200, 302, 404, 409, 422}
    assert client.get(url).status_code in {200, 302, 404, 405}


@pytest.mark.parametrize(
    "address", ["membres/x/retirer/", "membres/12/retirer/", "evaluations/x/rouvrir/", "deports/x/y/lever/"]
)
def test_identifier_that_is_none_is_absent(jury, as_user, address):
    base = reverse("scoring:secretariat_call", args=[jury.panel.call.slug])
    assert as_user(jury.officer).get(base + address).status_code == 404
    assert as_user(jury.officer).post(base + address).status_code == 404


def test_forged_removal_at_the_old_place_removes_nobody(jury, as_user):
    url = reverse("scoring:members", args=[jury.panel.call.slug])
    for junk in ("x", "12", str(jury.one.public_id)):
        assert as_user(jury.officer).post(url, {"remove": junk}).status_code == 422
    assert jury.panel.jurors.count() == 3


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "0025-11-24T14:00", "20025-11-24T14:00", "9999-12-31T23:59"])
def test_sitting_of_an_implausible_year_is_refused_in_words(jury, as_user, typed):
    url = reverse("scoring:plan", args=[jury.panel.call.slug])
    response = as_user(jury.officer).post(url, {"starts_at": typed, "place": "Avignon"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"starts_at"}
    assert not jury.panel.sittings.exists()


def test_reviews_due_in_an_implausible_year_are_refused(jury, as_user):
    url = reverse("scoring:settings", args=[jury.panel.call.slug])
    response = as_user(jury.officer).post(url, {"reviews_per_application": "0", "reviews_due_on": "0025-12-11"})
    assert set(response.context["form"].errors) == {"reviews_per_application", "reviews_due_on"}
    assert Panel.objects.get(pk=jury.panel.pk).reviews_due_on is None


def test_stamp_of_an_opinion_that_does_not_exist_is_told_in_its_row(jury, as_user):
    planned(jury)
    row = jury.first.public_id.hex
    url = reverse("scoring:sitting", args=[jury.panel.call.slug])
    for stamp, sentence in (
        ("x", "Cette ligne est arrivée incomplète. Rechargez la page, puis enregistrez de nouveau."),
        ((clock.now() - timedelta(days=1)).isoformat(), "Cet avis vient d’être enregistré par quelqu’un d’autre."),
    ):
        response = as_user(jury.officer).post(url, {f"{row}-avis": "unfavourable", f"{row}-seen": stamp})
        assert response.status_code == 422
        assert sentence in response.content.decode()


def test_texts_are_cleaned_and_of_bounded_length(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    client, url = as_user(jury.one.user), reverse("scoring:review", args=[assignment.public_id])
    client.post(url, {"edit_version": 0, "appreciation": "Bon\u202e projet\u200b\x07 "})
    assignment.refresh_from_db()
    assert assignment.review.appreciation == "Bon projet"
    response = client.post(url, {"edit_version": 1, "appreciation": "a" * 4001})
    assert response.context["form"].errors == {"appreciation": ["Ce texte compte 4001 caractères. Gardez-en 4000 au plus."]}
    saved = client.post(
        reverse("scoring:autosave", args=[assignment.public_id]), {"edit_version": 1, "appreciation": "a" * 4001}
    )
    assert "« Appréciation générale » : Ce texte compte 4001 caractères." in saved.content.decode()
    assert jury.one.declarations.filter(answer=NONE).count() == 1


def test_grid_that_nobody_used_yet_answers_whatever_it_receives(jury, as_user):
    client, url = as_user(jury.officer), reverse("scoring:grid", args=[jury.panel.call.slug])
    good = {
        "c-TOTAL_FORMS": "1",
        "c-INITIAL_FORMS": "0",
        "c-0-key": "a",
        "c-0-label": "A",
        "c-0-weight": "2",
        "c-0-guidance": "B",
        "c-0-levels": "Non%0AOui",
    }
    lines = {"too many levels": "a%0A" * 1900, "long level": "Non%0A" + "a" * 161, "one level": "Non"}
    for field in good:
        for label, junk in (JUNK | lines).items():
            response = client.post(url, encoded(good | {field: junk}), URLENCODED)
            assert response.status_code in {302, 422}, (field, label)
            assert response.status_code == 302 or response.context["problem"], (field, label)
