"""What is around every page of Wagtail's administration, and what its forms refuse."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from aap.people.models import Role
from cms.pages.models import NewsIndexPage, NewsPage
from tests.cms.test_editing import form


def test_home_of_the_administration_speaks_for_the_site(editor):
    html = editor(Role.PUBLISHER).get("/admin/").content.decode()
    assert re.findall(r"<h1[^>]*>\s*(Bonjour [^<]+?)\s*</h1>", html) != []
    assert re.search(r"<title>\s*Tableau de bord - France Numérique Ensemble Vaucluse\s*</title>", html)
    assert re.findall(r"editor guide|guide de l.éditeur|releases\.wagtail|guide\.wagtail", html) == []
    assert html.count("/static/img/logo.svg") == 1
    assert "/static/img/favicon.svg" in html


def add_news(client, site, **changes):
    url = reverse("wagtailadmin_pages:add", args=["cms", "newspage", NewsIndexPage.objects.get().pk])
    return client.post(url, form(**{"published_on": "2025-03-01", **changes}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("published_on", "0025-03-01"), ("go_live_at", "0025-03-01 10:00"), ("expire_at", "9999-12-31 23:59")],
)
def test_page_with_a_slip_in_a_year_is_refused(editor, site, field, value):
    response = add_news(editor(Role.PUBLISHER), site, **{field: value})
    assert response.context["form"].errors[field] == ["Vérifiez l’année : elle doit être comprise entre 2000 et 2099."]


def test_page_holds_what_it_shows_in_an_address_of_plain_letters(editor, site):
    client = editor(Role.PUBLISHER)
    assert add_news(client, site, title="A\u202ectu\u200b", lead="Un\r\nDeux\u2066").status_code == 302
    page = NewsPage.objects.get(slug="une-page")
    assert (page.title, page.lead) == ("Actu", "Un\nDeux")
    refused = add_news(client, site, slug="actualité")
    assert list(refused.context["form"].errors) == ["slug"]
    assert not Page.objects.filter(slug="actualité").exists()
