"""What surrounds every page: menu, trail, head, sitemap, and the cost of it."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from aap.clock import today
from aap.people.models import Role
from cms.pages.models import AxisPage, NewsIndexPage, NewsPage, StandardPage
from tests.cms.conftest import DURING
from tests.cms.test_seeding import TREE
from tests.factories.people import UserFactory


def menu_of(html):
    desk = html.partition('class="main-nav-desk"')[2].partition("</nav>")[0]
    return re.findall(r'<li><a href="([^"]*)"( aria-current="page")?>([^<]*)</a>', desk)


def test_menu_shows_short_titles_and_where_one_is(client, site):
    assert menu_of(client.get("/feuille-de-route/filiere-materiel/").content.decode()) == [
        ("/feuille-de-route/", ' aria-current="page"', "Feuille de route"),
        ("/appels-a-projets/", "", "Appels à projets"),
        ("/actualites/", "", "Actualités"),
        ("/contact/", "", "Contact"),
    ]


def test_menu_follows_the_editors(client, site):
    contact = StandardPage.objects.get(slug="contact")
    contact.menu_title = "Nous écrire"
    contact.save_revision().publish()
    cookies = StandardPage.objects.get(slug="cookies")
    cookies.show_in_menus = True
    cookies.save_revision().publish()
    NewsIndexPage.objects.get().unpublish()
    labels = [label for _, _, label in menu_of(client.get("/").content.decode())]
    assert labels == ["Feuille de route", "Appels à projets", "Nous écrire", "Cookies"]


def test_restricted_page_is_nowhere_in_the_menu_nor_its_children_in_a_list(client, site):
    PageViewRestriction.objects.create(page=NewsIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN)
    html = client.get("/").content.decode()
    assert [label for _, _, label in menu_of(html)] == ["Feuille de route", "Appels à projets", "Contact"]
    assert "/actualites/" not in html


def test_trail_uses_short_titles(client, site):
    html = client.get("/feuille-de-route/filiere-materiel/").content.decode()
    trail = html.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<>\n]+)</(?:a|span)>", trail) == ["Accueil", "Feuille de route", "Filière du matériel numérique"]
    assert re.findall(r'href="([^"]*)"', trail) == ["/", "/feuille-de-route/"]


def test_home_has_no_trail(client, site):
    assert 'class="crumbs"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("/", "Accueil – France Numérique Ensemble Vaucluse", "website"),
        ("/cookies/", "Cookies – France Numérique Ensemble Vaucluse", "website"),
        (
            TREE[8],
            "Une première feuille de route locale, à Luberon Monts de Vaucluse – France Numérique Ensemble Vaucluse",
            "article",
        ),
    ],
)
def test_head_names_the_page(client, site, url, title, kind):
    html = client.get(url).content.decode()
    assert re.search(r"<title>(.*?)</title>", html)[1] == title
    assert re.search(r'<link rel="canonical" href="([^"]*)">', html)[1] == f"http://localhost{url}"
    assert re.search(r'<meta property="og:url" content="([^"]*)">', html)[1] == f"http://localhost{url}"
    assert re.search(r'<meta property="og:type" content="([^"]*)">', html)[1] == kind
    assert '<html lang="fr">' in html


def test_every_page_stands_alone_and_asks_nothing_of_a_third_party(client, site, make_call_page):
    make_call_page()
    problems = []
    for url in [*TREE, "/appels-a-projets/appel-inconnu/", *(page.url for page in Page.objects.filter(depth=4))]:
        html = client.get(url).content.decode()
        loaded = re.findall(r'(?:src|srcset|action|data)="(https?:[^"]*|//[^"]*)"', html)
        loaded += re.findall(r'<link rel="(?!canonical)[^"]*" href="(https?:[^"]*|//[^"]*)"', html)
        if (
            loaded
            or html.count("<h1") != 1
            or "<style" in html
            or re.search(r"<script(?![^>]* src=)", html)
            or " style=" in html
        ):
            problems.append((url, loaded))
    assert problems == []


def test_security_policy_stays_strict_for_an_editor(editor, site):
    response = editor(Role.PUBLISHER).get("/contact/")
    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy


def test_edit_link_is_for_those_who_may_edit(client, editor, site):
    contact = StandardPage.objects.get(slug="contact")
    link = f'<a href="{reverse("wagtailadmin_pages:edit", args=[contact.pk])}">Modifier cette page</a>'
    assert link not in client.get("/contact/").content.decode()
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert link not in client.get("/contact/").content.decode()
    client.logout()
    assert link in editor(Role.CONTRIBUTOR).get("/contact/").content.decode()


def test_edit_link_is_not_for_officers(editor, site):
    assert "Modifier cette page" not in editor(Role.OFFICER).get("/contact/").content.decode()


def test_sitemap_lists_published_pages_with_their_date(client, site):
    StandardPage.objects.get(slug="cookies").unpublish()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert [node.text for node in tree.findall("s:url/s:loc", names)] == [
        f"http://localhost{url}" for url in TREE if url != "/cookies/"
    ]
    assert len(tree.findall("s:url/s:lastmod", names)) == len(TREE) - 1


def test_robots_keeps_private_spaces_out_and_gives_the_sitemap(client, db):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /candidatures/", "Disallow: /jury/", "Disallow: /instruction/"} < set(lines)
    assert lines[-1] == "Sitemap: http://localhost:8000/sitemap.xml"


def test_missing_page_keeps_the_frame(client, site):
    response = client.get("/page-qui-n-existe-pas/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Cette page est introuvable" in html
    assert [label for _, _, label in menu_of(html)] == ["Feuille de route", "Appels à projets", "Actualités", "Contact"]
    assert "Accessibilité : non conforme" in html


def test_site_before_its_creation_still_answers(client, db):
    assert client.get("/page-qui-n-existe-pas/").status_code == 404


def add_news(count):
    index = NewsIndexPage.objects.get()
    for number in range(count):
        page = NewsPage(title=f"Nouvelle {number}", slug=f"nouvelle-{number}", published_on=today() - timedelta(days=number))
        index.add_child(instance=page)


def test_news_are_listed_by_twelve(client, site):
    add_news(11)
    first, second = client.get("/actualites/").content.decode(), client.get("/actualites/?page=2").content.decode()
    assert (first.count('class="teaser"'), second.count('class="teaser"')) == (12, 1)
    assert client.get("/actualites/?page=rien").status_code == 200


def test_list_without_news_says_so(client, site):
    NewsPage.objects.all().delete()
    assert "Pas encore d’actualité" in client.get("/actualites/").content.decode()


COSTS = {
    "/": 13,
    "/feuille-de-route/": 16,
    "/feuille-de-route/acces-aux-droits/": 13,
    "/appels-a-projets/": 11,
    "/appels-a-projets/appel/": 15,
    "/actualites/": 12,
    "/contact/": 13,
}


def queries(client, url):
    client.get(url)  # the addresses of the sites are then in the cache
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("items", [1, 3])
def test_pages_cost_the_same_at_one_and_three_items(client, site, make_call_page, items):
    NewsPage.objects.all().delete()
    add_news(items)
    for axis in AxisPage.objects.order_by("path")[items:]:
        axis.unpublish()
    for number in range(items):
        make_call_page(f"Appel {number}", slug="appel" if number == 0 else f"appel-{number}")
    with time_machine.travel(DURING, tick=False):
        assert {url: queries(client, url) for url in COSTS} == COSTS
