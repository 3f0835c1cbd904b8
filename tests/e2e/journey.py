"""Four people, from the sign-up of an association to its letter."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from aap import clock
from config.demonstration.calls import CALL_FILE
from config.demonstration.cast import fictitious_siret
from tests.e2e import applicant, panel, service
from tests.e2e.conftest import Arrive
from tests.e2e.pdfs import text_of
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor

SLUG, TITLE = "parcours", "Appel à projets de démonstration – Parcours"
EMAIL, PASSWORD = "nadia.serre@exemple.fr", "quatre mots sans aucun lien"
ORGANISATION = "Le Clic du Luberon"
AMOUNT, FIGURES, WORDS = "4250", "4 250 €", "quatre mille deux cent cinquante euros"
NUMBER = "2026-117"


def open_call(site: Site) -> None:
    """A call of its own, open since yesterday: one application goes through it."""
    today = clock.today()
    days = {
        "--opens": today - timedelta(days=1),
        "--closes": today + timedelta(days=2),
        "--committee": today + timedelta(days=30),
    }
    dates = [part for name, day in days.items() for part in (name, day.isoformat())]
    site.manage("load_call", str(CALL_FILE), "--slug", SLUG, "--title", TITLE, "--prefix", "PAR", "--fictitious", *dates)


def sign_up(visitor: Visitor, site: Site) -> None:
    visitor.open(reverse("account_signup"))
    for label, value in (("Prénom", "Nadia"), ("Nom", "Serre"), ("Adresse électronique", EMAIL)):
        visitor.main.get_by_label(label, exact=True).fill(value)
    visitor.main.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    visitor.main.get_by_label("Le même mot de passe").fill(PASSWORD)
    visitor.press("Créer mon compte")
    (message,) = site.mails(EMAIL)
    code = re.search(r"^ {4}(\S+)$", message, re.MULTILINE)
    assert code
    visitor.main.get_by_label("Code reçu par courriel").fill(code[1])
    visitor.press("Vérifier mon adresse")
    visitor.expect_title("Mes dossiers")


def register_organisation(visitor: Visitor) -> None:
    """On the way to the application: the organisation is typed once, then one comes back."""
    visitor.follow(re.compile(f"Commencer un dossier : {TITLE}"))
    visitor.follow("Inscrire ma structure")
    typed = {
        "Numéro SIRET": fictitious_siret(90000),
        "Nom de la structure": ORGANISATION,
        "Adresse du siège": "3, place de la Bouquerie",
        "Code postal": "84400",
        "Commune": "Apt",
        "Prénom et nom": "Nadia Serre",
        "Fonction": "Présidente",
    }
    for label, value in typed.items():
        visitor.main.get_by_label(label, exact=True).fill(value)
    visitor.main.get_by_label("Civilité").select_option("Madame")
    visitor.press("Enregistrer et continuer")
    visitor.press("Commencer le dossier")


def apply(visitor: Visitor, paper: Path) -> str:
    applicant.fill_sections(visitor, first="Votre structure")
    for label in applicant.required_documents():
        applicant.attach(visitor, label, paper)
    return applicant.deposit(visitor)


def follow_application(visitor: Visitor) -> str:
    """The page of one's application; its address."""
    visitor.open(reverse("portal:home"))
    visitor.follow(re.compile("Suivre ce dossier"))
    return visitor.path


def play(site: Site, arrive: Arrive, paper: Path, viewport: dict[str, Any]) -> None:
    """The whole journey, each one at a window of that size."""
    open_call(site)
    nadia = arrive(viewport=viewport)
    sign_up(nadia, site)
    register_organisation(nadia)
    number = apply(nadia, paper)
    site.work()
    assert number in site.mails(EMAIL)[-1]
    assert number in text_of(nadia.download("Télécharger le récépissé (PDF)"))
    application = follow_application(nadia)

    site.close_call(SLUG)
    officer = arrive("instruction@exemple.fr", viewport=viewport)
    service.examine(officer, SLUG)
    service.seat_jury(officer, SLUG, juror="jury@exemple.fr", chair="presidence@exemple.fr")

    juror = arrive("jury@exemple.fr", viewport=viewport)
    panel.declare_no_interest(juror, TITLE)
    panel.score(juror, TITLE)

    chair = arrive("presidence@exemple.fr", viewport=viewport)
    panel.declare_no_interest(chair, TITLE)
    panel.sit(chair, TITLE, amount=AMOUNT)
    site.work()
    chair.open(chair.path)
    minutes = text_of(chair.download("Ouvrir le PDF"))
    assert (ORGANISATION in minutes, FIGURES in minutes) == (True, True)

    service.record_resolution(officer, SLUG, number=NUMBER)
    service.prepare_letters(officer)
    site.work()
    nadia.open(application)
    nadia.expect_text("En cours d’examen")
    assert nadia.page.request.get(f"{site.url}{application}decision/").status == 404
    letter = service.check_and_release(officer)

    site.work()
    notice = site.mails(EMAIL)[-1]
    assert (application in notice, "subvention" in notice, FIGURES in notice) == (True, False, False)
    nadia.open(application)
    nadia.follow("Lire la décision")
    nadia.press("Afficher la décision")
    nadia.expect_title("Votre projet est soutenu")
    expect(nadia.main.locator(".summary-list .money")).to_have_text(re.compile(r"^4\s250\s€$"))
    received = nadia.download("Télécharger la lettre (PDF)")
    assert received == letter
    text = text_of(received)
    assert [words in text for words in (FIGURES, WORDS, NUMBER, ORGANISATION)] == [True] * 4
