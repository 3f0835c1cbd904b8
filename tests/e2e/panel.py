"""What the jury does: says its interests, scores, sits."""

import re

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor


def declare_no_interest(visitor: Visitor, call: str) -> None:
    """The juror's first step for this call."""
    visitor.open("/jury/")
    visitor.follow("Déclarer mes intérêts", within=visitor.main.get_by_role("region", name=call))
    for organisation in visitor.main.get_by_role("group").filter(has=visitor.page.get_by_role("radio")).all():
        organisation.get_by_role("radio").first.check()
    visitor.press("Enregistrer mes déclarations")
    visitor.expect_text("Vos déclarations sont enregistrées.")


def score(visitor: Visitor, call: str) -> None:
    """Give 4 to each criterion, and hand in."""
    visitor.open("/jury/")
    visitor.follow("Noter ce dossier", within=visitor.main.get_by_role("region", name=call))
    for criterion in visitor.main.locator("[data-criterion]").all():
        criterion.get_by_role("radio", name=re.compile("^4")).check()
    visitor.main.get_by_label("Appréciation générale").fill("Un projet solide, ancré dans son territoire.")
    visitor.press("Remettre")
    visitor.press("Remettre définitivement")
    visitor.expect_text(re.compile("Évaluation remise"))


def sit(visitor: Visitor, call: str, *, amount: str) -> None:
    """Record who is there, a favourable opinion of that amount, and close."""
    visitor.open("/jury/")
    visitor.follow("Préparer la séance", within=visitor.main.get_by_role("region", name=call))
    for member in visitor.main.get_by_role("group", name="Membres présents").get_by_role("checkbox").all():
        member.check()
    visitor.press("Enregistrer les présences")
    opinion = visitor.main.locator("[data-opinion]").first
    opinion.get_by_label("Avis", exact=True).select_option(label="Favorable")
    opinion.get_by_label("Montant proposé").fill(amount)
    # Leaving the field recomputes the totals: the page must be still before the next click.
    opinion.get_by_label("Montant proposé").press("Tab")
    visitor.press("Enregistrer les avis")
    visitor.follow("Clore la séance")
    visitor.press("Clore et établir le procès-verbal")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Procès-verbal")
