"""Communications staff in the administration: pages, images and documents, and nothing else."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.blocks import RichTextBlock
from wagtail.models import GroupApprovalTask, Page, Workflow

from aap.people.models import Role
from cms.blocks.text import RICH_TEXT_FEATURES
from cms.identity.models import SiteIdentity
from cms.pages.models import CallIndexPage, StandardPage

HOSTILE = (
    '<p onclick="alert(1)">Bonjour <b>à tous</b><script>alert(2)</script><img src="x" onerror="alert(3)"/>'
    '<a href="javascript:alert(4)">ici</a> <a href="https://www.vaucluse.fr/">là</a></p>'
    '<h1>Titre</h1><iframe src="https://ailleurs.example/"></iframe><p style="color:red">Fin</p>'
)


def texts(field):
    """One field of the editor of blocks, as the browser sends it: a single block of text."""
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": field,
    }


def contents(text):
    """What Draftail sends for one paragraph."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def form(title="Une page", **more):
    return {"title": title, "slug": "une-page", "lead": "Chapeau", "menu_title": "", **texts(contents("Bonjour")), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", **more}  # fmt: skip


def add(client, parent, **more):
    url = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", parent.pk])
    return client.post(url, form(**more))


def menu_names(client):
    html = client.get("/admin/").content.decode()
    return re.findall(r'"name": "([\w-]+)"', html.partition('id="wagtail-sidebar-props"')[2].partition("</script>")[0])


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PUBLISHER])
def test_menu_of_editors_holds_pages_and_files_only(editor, role):
    names = menu_names(editor(role))
    assert {"explorer", "images", "documents"} <= set(names)
    assert set(names) & {"help", "settings", "snippets", "users", "groups", "appels-a-projets", "redirects", "sites"} == set()


FORBIDDEN = [
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailsites:index",
    "wagtailsnippets:index",
    "wagtailredirects:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
]


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PUBLISHER])
def test_editors_are_kept_out_of_everything_else(editor, site, role):
    client = editor(role)
    urls = [reverse(name) for name in FORBIDDEN]
    urls.append(reverse("wagtailsettings:edit", args=["cms", "siteidentity", SiteIdentity.objects.get().site_id]))
    urls += ["/django-admin/", "/admin/call/", "/admin/calls/", "/instruction/"]
    answers = {url: client.get(url).status_code for url in urls}
    # Wagtail sends back to its home with a message; ours answer 403 or 404. None of them shows anything.
    assert {url: status for url, status in answers.items() if status not in (302, 403, 404)} == {}


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PUBLISHER])
def test_editors_reach_pages_images_and_documents(editor, site, role):
    client = editor(role)
    names = ["wagtailadmin_explore_root", "wagtailimages:index", "wagtailimages:add_multiple", "wagtaildocs:index"]
    assert [client.get(reverse(name)).status_code for name in names] == [200] * 4
    assert client.get(reverse("wagtailadmin_pages:edit", args=[site.pk])).status_code == 200


def test_officer_has_no_right_on_pages(editor, site):
    client = editor(Role.OFFICER)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[site.pk])).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:add", args=["cms", "standardpage", site.pk])).status_code == 302
    assert "explorer" not in menu_names(client)


def test_contributor_writes_but_does_not_publish(editor, site):
    client = editor(Role.CONTRIBUTOR)
    assert add(client, site, **{"action-publish": "1"}).status_code == 302
    page = StandardPage.objects.get(slug="une-page")
    assert (page.live, page.title) == (False, "Une page")


def test_contributor_submits_and_publisher_publishes(editor, site, mailoutbox):
    client = editor(Role.CONTRIBUTOR)
    add(client, site, **{"action-submit": "1"})
    page = StandardPage.objects.get(slug="une-page")
    task = page.current_workflow_task_state
    assert (page.current_workflow_state.status, str(task.task), page.live) == ("in_progress", "Relecture", False)
    client.logout()
    client = editor(Role.PUBLISHER)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    client.post(url, {"next": ""})
    page.refresh_from_db()
    assert page.live is True
    assert client.get("/une-page/").status_code == 200


def test_publisher_publishes_at_once(editor, site):
    assert add(editor(Role.PUBLISHER), site, **{"action-publish": "1"}).status_code == 302
    assert StandardPage.objects.get(slug="une-page").live is True


def test_workflow_is_in_french_and_asks_the_publishers(site):
    assert [str(workflow) for workflow in Workflow.objects.all()] == ["Relecture avant publication"]
    assert [group.name for task in GroupApprovalTask.objects.all() for group in task.groups.all()] == [Role.PUBLISHER.label]


@pytest.mark.parametrize("slug", ["accueil", "contact", "mentions-legales", "accessibilite", "cookies"])
def test_indispensable_page_can_be_neither_unpublished_nor_deleted(editor, site, slug):
    client = editor(Role.PUBLISHER)
    page = Page.objects.get(slug=slug)
    answers = [client.post(reverse(f"wagtailadmin_pages:{verb}", args=[page.pk])) for verb in ("unpublish", "delete")]
    page.refresh_from_db()
    assert (page.live, [answer.status_code for answer in answers]) == (True, [302, 302])
    if slug != "accueil":
        message = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert f"«\u00a0{page.title}\u00a0» est indispensable au site" in message


def test_other_page_can_be_unpublished_and_deleted(editor, site):
    client = editor(Role.PUBLISHER)
    page = Page.objects.get(slug="premiere-feuille-de-route-locale")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert page.live is False
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


def test_indispensable_page_is_kept_among_several(editor, site):
    client = editor(Role.PUBLISHER)
    ids = list(Page.objects.filter(slug__in=["cookies", "premiere-feuille-de-route-locale"]).values_list("pk", flat=True))
    query = "&".join(f"id={pk}" for pk in ids)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{url}?{query}")
    assert Page.objects.filter(pk__in=ids, live=True).count() == 2


def test_pasted_html_is_cleaned():
    """What Draftail would send if its own filter were passed by: a heading of level one, markup, a link that runs code."""
    heading = {"key": "a", "text": "Titre", "type": "header-one", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    link = {"offset": 0, "length": 4, "key": 0}
    text = heading | {"key": "b", "text": "Lien <script>", "type": "unstyled", "entityRanges": [link]}
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    sent = json.dumps({"blocks": [heading, text], "entityMap": {"0": entity}})
    saved = RichTextBlock(features=RICH_TEXT_FEATURES).field.widget.value_from_datadict({"t": sent}, {}, "t")
    assert re.sub(r' data-block-key="\w+"', "", saved) == "<p><a>Lien</a> &lt;script&gt;</p>"


def test_hostile_html_in_the_database_is_made_harmless_in_the_editor():
    """What the editor shows, and so what is saved again, holds only what the features allow."""
    widget = RichTextBlock(features=RICH_TEXT_FEATURES).field.widget
    state = widget.format_value(HOSTILE)
    saved = widget.value_from_datadict({"t": state}, {}, "t")
    allowed = {"p", "/p", "b", "/b", "a", "/a"}
    assert {tag.split()[0] for tag in re.findall(r"<([^>]+)>", saved)} <= allowed
    assert re.findall(r"<a ([^>]*)>", saved)[-1:] == ['href="https://www.vaucluse.fr/"']
    assert not re.search(r"javascript:|onclick|onerror|style=|iframe|alert\(3\)", saved)


def test_hostile_post_never_reaches_the_page(editor, site):
    client = editor(Role.PUBLISHER)
    add(
        client,
        site,
        title="<script>alert(1)</script>",
        **texts(contents("<img src=x onerror=alert(1)>")),
        **{"action-publish": "1"},
    )
    html = client.get("/une-page/").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_each_kind_of_page_has_a_live_preview(editor, site, make_call_page):
    make_call_page()
    client = editor(Role.PUBLISHER)
    kinds = {}
    for page in Page.objects.filter(depth__gt=1).order_by("path").specific():
        kinds.setdefault(type(page).__name__, page)
    answers = {}
    for name, page in kinds.items():
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        sent = initial_of(edit)
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        valid = client.post(preview, sent | {"title": f"Aperçu {name}"}).json()
        shown = client.get(f"{preview}?in_preview_panel=true&mode=").content.decode()
        answers[name] = (valid["is_valid"], f"<h1>Aperçu {name}</h1>" in shown)
    assert answers == dict.fromkeys(
        ["HomePage", "RoadmapPage", "AxisPage", "StandardPage", "CallIndexPage", "CallPage", "NewsIndexPage", "NewsPage"],
        (True, True),
    )


def initial_of(response):
    """The fields of the editing form, as they stand."""
    bound = response.context["form"]
    sent = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    for field in bound:
        value = field.value()
        if field.name not in ("body", "contact") and value not in (None, False):
            sent[field.html_name] = value
    if "contact" in bound.fields:
        sent["contact"] = contents("Téléphone")
    return sent


def test_preview_of_a_call_page_without_its_call_is_shown(editor, site):
    client = editor(Role.PUBLISHER)
    parent = CallIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["cms", "callpage", parent.pk])
    sent = {"title": "Bientôt", "slug": "bientot", "lead": "", "menu_title": "", "body-count": "0", "call": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}  # fmt: skip
    assert client.post(url, sent).status_code == 200
    assert client.get(f"{url}?in_preview_panel=true").status_code == 200


def test_editor_screens_show_no_english_of_ours(editor, site):
    client = editor(Role.PUBLISHER)
    html = client.get(reverse("wagtailadmin_pages:add", args=["cms", "standardpage", site.pk])).content.decode()
    assert re.findall(r"(?i)>\s*(menu title|lead|body|map page|roadmap page|published on)\s*<", html) == []
    assert "Chapeau" in html
