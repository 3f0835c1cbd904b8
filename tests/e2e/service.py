"""What the service does: examines, seats the jury, records the resolution, prepares and releases the letters."""

import re

from playwright.sync_api import expect

from aap import clock
from tests.e2e.visitor import Visitor

LETTER = re.compile("PDF, nouvel onglet")


def examine(visitor: Visitor, slug: str) -> None:
    """Open the first application of the call, find every point in order, declare it admissible."""
    visitor.open(f"/instruction/{slug}/?etat=submitted")
    visitor.follow(re.compile("."), within=visitor.main.get_by_role("rowgroup").last)
    visitor.press("Commencer l’instruction")
    for point in visitor.main.get_by_role("region", name="Vérification").get_by_role("group").all():
        point.get_by_role("radio", name="Conforme", exact=True).check()
    visitor.press("Enregistrer les constats")
    visitor.follow("Déclarer recevable")
    visitor.press("Déclarer recevable")
    expect(visitor.main.locator(".page-header-meta")).to_contain_text("Recevable")


def seat_jury(visitor: Visitor, slug: str, *, juror: str, chair: str) -> None:
    """A jury of two people known already, one reading for each application, a sitting that has begun."""
    visitor.open(f"/jury/secretariat/{slug}/")
    visitor.press("Constituer le jury")
    for email, presides in ((juror, False), (chair, True)):
        visitor.main.get_by_label("Adresse électronique").fill(email)
        visitor.main.get_by_label("Préside le jury").set_checked(presides)
        visitor.press("Ajouter au jury")
        visitor.expect_text(re.compile("est membre du jury"))
    visitor.open(f"/jury/secretariat/{slug}/reglages/")
    visitor.main.get_by_role("spinbutton").fill("1")
    visitor.main.locator("input[type=date]").fill(clock.today().isoformat())
    visitor.press("Enregistrer")
    visitor.open(f"/jury/secretariat/{slug}/affectations/")
    visitor.main.get_by_role("checkbox", name=re.compile("Patrick Allemand évalue")).check()
    visitor.press("Enregistrer les affectations")
    visitor.open(f"/jury/secretariat/{slug}/date-de-seance/")
    visitor.main.locator("input[type=datetime-local]").fill(f"{clock.today().isoformat()}T00:00")
    visitor.main.get_by_label("Lieu").fill("Hôtel du Département, Avignon")
    visitor.press("Fixer la séance")


def record_resolution(visitor: Visitor, slug: str, *, number: str) -> None:
    """Take the jury's opinions as they are: the committee followed them."""
    visitor.open(f"/decisions/{slug}/")
    visitor.follow(re.compile("délibération"))
    visitor.main.get_by_label("Numéro de la délibération").fill(number)
    visitor.main.get_by_label("Date de la délibération").fill(clock.today().isoformat())
    visitor.press("Enregistrer la délibération")
    visitor.expect_text(re.compile(f"La délibération n° {number} est enregistrée"))


def prepare_letters(visitor: Visitor) -> None:
    """Ask for the letters: the worker makes them."""
    visitor.press(re.compile("Préparer"))
    visitor.expect_title("Lettres en préparation")


def check_and_release(visitor: Visitor) -> bytes:
    """Look at the letter, say that it is checked, release it; the letter seen."""
    visitor.open(visitor.path)
    visitor.expect_title("Lettres à vérifier et à publier")
    letter = visitor.download(LETTER)
    visitor.press("Tout est vérifié")
    visitor.follow("Publier la lettre maintenant")
    visitor.press("Publier la lettre maintenant")
    visitor.expect_title("Lettres publiées")
    return letter
