"""Each printed account signs in, and does what it is told to try first."""

import re
from pathlib import Path

from playwright.sync_api import expect

from config.demonstration.accounts import ACCOUNTS
from config.demonstration.calls import JURY_SLUG, OPEN_SLUG
from tests.e2e import applicant, service
from tests.e2e.conftest import Arrive
from tests.e2e.pdfs import text_of
from tests.e2e.site import Site

NEWS = "Une permanence de plus à Apt"


def test_printed_accounts_are_those_of_these_tests(site: Site) -> None:
    printed = site.manage("demo_accounts")
    assert re.findall(r"\S+@exemple\.fr", printed) == [account.email for account in ACCOUNTS]


def test_applicant_finishes_the_draft_and_deposits_it(arrive: Arrive, paper: Path) -> None:
    visitor = arrive("association@exemple.fr")
    visitor.follow(re.compile("^Continuer"))
    applicant.fill_sections(visitor, first="Moyens humains")
    for label in applicant.required_documents()[1:]:
        applicant.attach(visitor, label, paper)
    number = applicant.deposit(visitor)
    assert text_of(visitor.download("Télécharger le récépissé (PDF)")).count(number) >= 1


def test_applicant_reads_a_decision(arrive: Arrive) -> None:
    visitor = arrive("association@exemple.fr")
    visitor.follow(re.compile("^Lire la décision"))
    visitor.expect_title("Une décision est disponible")
    visitor.press("Afficher la décision")
    visitor.expect_title("Votre projet est soutenu")
    amount = " ".join(visitor.main.locator(".summary-list .money").inner_text().split())
    assert amount in text_of(visitor.download("Télécharger la lettre (PDF)"))


def test_officer_examines_an_application_to_admissible(arrive: Arrive) -> None:
    visitor = arrive("instruction@exemple.fr")
    service.examine(visitor, OPEN_SLUG)


def test_juror_scores_by_keyboard(arrive: Arrive) -> None:
    visitor = arrive("jury@exemple.fr")
    visitor.follow(re.compile("Reprendre l’évaluation|Noter ce dossier"))
    keyboard, criteria = visitor.page.keyboard, visitor.main.locator("[data-criterion]")
    criteria.first.get_by_role("radio").first.focus()
    for criterion in criteria.all():
        keyboard.press("4")
        expect(criterion.get_by_role("radio", name=re.compile("^4"))).to_be_checked()
        for _stop in ("Commentaire", "Communicable à la structure", "critère suivant"):
            keyboard.press("Tab")
    expect(visitor.main.get_by_label("Appréciation générale")).to_be_focused()
    keyboard.insert_text("Un projet solide, ancré dans son territoire.")
    while visitor.page.evaluate("document.activeElement.innerText") != "Remettre":
        keyboard.press("Tab")
    visitor.send_by_keyboard()
    while visitor.page.evaluate("document.activeElement.innerText") != "Remettre définitivement":
        keyboard.press("Tab")
    visitor.send_by_keyboard()
    visitor.expect_text(re.compile("Évaluation remise"))


def test_chair_opens_the_sitting_of_tomorrow_and_records_an_opinion(arrive: Arrive) -> None:
    visitor = arrive("presidence@exemple.fr")
    visitor.follow("Préparer la séance")
    visitor.expect_title("Séance du jury")
    first = visitor.main.locator("[data-opinion]").first
    first.get_by_label("Avis").select_option(label="Défavorable")
    first.get_by_label("Motif de l’écart au classement").fill("Le projet est déjà soutenu par ailleurs.")
    visitor.press(re.compile("^Enregistrer cet avis"), within=first)
    visitor.expect_text("Avis enregistré.")
    assert visitor.page.url.endswith(f"/jury/{JURY_SLUG}/seance/")


def test_contributor_proposes_news_and_publisher_publishes_it(arrive: Arrive) -> None:
    contributor = arrive("redaction@exemple.fr")
    contributor.open("/actualites/")
    contributor.page.get_by_role("link", name="Modifier cette page").click()
    actions = contributor.page.get_by_role("navigation", name="Actions", exact=True)
    actions.get_by_role("button", name="Actions").click()
    actions.get_by_role("link", name="Ajouter une sous-page").click()
    # Loaded: its scripts make the address of the page from its title.
    contributor.page.wait_for_url(re.compile("/admin/pages/add/"))
    contributor.page.get_by_role("textbox", name="Titre").fill(NEWS)
    contributor.page.get_by_role("textbox", name="Chapeau").fill("Chaque mardi matin, à la médiathèque.")
    contributor.page.get_by_role("button", name="Plus d'actions").click()
    contributor.page.get_by_role("button", name=re.compile("^Soumettre à")).click()
    expect(contributor.page.get_by_text(f"Page « {NEWS} » créée et soumise")).to_be_visible()

    publisher = arrive("publication@exemple.fr")
    publisher.page.get_by_role("link", name=NEWS).click()
    publisher.page.get_by_role("button", name="Plus d'actions").click()
    publisher.page.get_by_role("button", name="Approuver et Publier", exact=True).click()
    expect(publisher.page.get_by_role("status")).to_contain_text(NEWS)

    visitor = arrive()
    visitor.open("/actualites/")
    visitor.follow(NEWS)
    visitor.expect_title(NEWS)


def test_administrator_gives_a_role(arrive: Arrive) -> None:
    page = arrive("administration@exemple.fr").page
    page.get_by_role("button", name="Paramètres").click()
    page.get_by_role("link", name="Personnes").click()
    page.get_by_role("main").get_by_role("textbox", name="Terme de recherche").fill("redaction@exemple.fr")
    page.get_by_role("link", name="Julie Tardieu").click()
    page.get_by_role("checkbox", name="Instruction").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").first).to_contain_text("Le compte de Julie Tardieu est à jour.")
    page.get_by_role("main").get_by_role("textbox", name="Terme de recherche").fill("redaction@exemple.fr")
    expect(page.get_by_role("row", name=re.compile("Julie Tardieu"))).to_contain_text(
        "Instruction, Communication – contribution"
    )
