"""The command that creates the site does it once, and never touches what editors wrote."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision, Site, Workflow

from cms.identity.models import SiteIdentity
from cms.pages.models import AxisPage, HomePage, RoadmapPage, StandardPage
from cms.pages.seed import seed_site
from tests.cms.conftest import SITE_FILE

TREE = [
    "/",
    "/feuille-de-route/",
    "/feuille-de-route/acces-aux-droits/",
    "/feuille-de-route/parcours-numerique-usager/",
    "/feuille-de-route/filiere-materiel/",
    "/feuille-de-route/cartographie/",
    "/appels-a-projets/",
    "/actualites/",
    "/actualites/premiere-feuille-de-route-locale/",
    "/actualites/un-appel-a-projets-pour-la-mediation-numerique/",
    "/contact/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/cookies/",
]


def test_seeding_creates_the_whole_tree_published(site):
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    assert [page.url for page in pages] == TREE
    assert {(page.live, page.has_unpublished_changes) for page in pages} == {(True, False)}


def test_seeding_gives_each_page_one_revision(site):
    assert Revision.objects.page_revisions().count() == len(TREE)


def test_seeding_leaves_nothing_of_wagtail_welcome(site):
    assert list(Site.objects.values_list("hostname", "root_page_id", "is_default_site")) == [("localhost", site.pk, True)]
    assert Page.objects.filter(depth=2).count() == 1


def test_seeding_points_pages_to_each_other(site):
    roadmap = RoadmapPage.objects.get()
    assert site.roadmap_page_id == roadmap.pk
    assert roadmap.map_page.slug == "cartographie"
    cards = next(block.value["cards"] for block in site.body if block.block_type == "cards")
    assert [card["page"].specific for card in cards] == list(AxisPage.objects.order_by("path"))


def test_seeding_twice_touches_nothing(site):
    before = list(Page.objects.order_by("pk").values())
    identity = SiteIdentity.objects.values().get()
    assert seed_site(SITE_FILE) is False
    assert list(Page.objects.order_by("pk").values()) == before
    assert SiteIdentity.objects.values().get() == identity


def test_command_run_again_keeps_what_editors_wrote(db, capsys):
    call_command("seed_site", hostname="appels.exemple.fr", port=443)
    page = StandardPage.objects.get(slug="contact")
    page.title = "Nous écrire"
    page.save_revision().publish()
    StandardPage.objects.get(slug="cookies").delete()
    Workflow.objects.update(name="Notre relecture")
    call_command("seed_site", hostname="autre.exemple.fr", port=80)
    assert capsys.readouterr().out == "Pages créées.\nLes pages existent déjà\u00a0: rien n’a changé.\n"
    assert StandardPage.objects.get(slug="contact").title == "Nous écrire"
    assert not StandardPage.objects.filter(slug="cookies").exists()
    assert Site.objects.get().root_url == "https://appels.exemple.fr"
    assert Workflow.objects.get().name == "Notre relecture"


def test_command_without_its_file_says_what_to_do(db, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("seed_site", tmp_path / "rien.json")
    assert str(refusal.value) == f"Le fichier {tmp_path / 'rien.json'} n’existe pas\u00a0: donnez un fichier de config/site/."


def test_home_page_exists_once(site):
    assert HomePage.can_create_at(Page.objects.get(depth=1)) is False
