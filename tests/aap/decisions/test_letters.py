"""Letters: real PDFs, each made exactly once, and nothing made when something is missing."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from aap import clock
from aap.applications.states import State
from aap.decisions import letter_layout
from aap.decisions.letter_values import values_of
from aap.decisions.models import Avis, Decision, DecisionLetter, LetterTemplate, Outcome, Release, Resolution
from aap.decisions.selectors import stale_letters
from aap.decisions.services import (
    IncompleteLettersError,
    check_release,
    declare_inadmissible,
    generate_letters,
    install_model_letters,
    prepare_release,
    preview_letter,
    record_delegation,
    record_resolution,
    regenerate_letters,
)
from aap.errors import DomainError
from aap.files.storage import private_storage
from tests.aap.decisions.pdf import faults, page_count, text_of
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.decisions import decided, draft_for, prepared, recommend
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import OfficerFactory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db

REMEDIES = (
    "La présente décision peut faire l’objet, dans un délai de deux mois à compter de sa notification : d’un recours gracieux auprès de "
    "la Présidente du Conseil départemental de Vaucluse, Rue Viala – CS 60516 – 84909 Avignon Cedex 09 (le silence gardé pendant deux "
    "mois vaut rejet) ; d’un recours contentieux devant le tribunal administratif de Nîmes, 16 avenue Feuchères – CS 88010 – 30941 "
    "Nîmes Cedex 09, y compris par l’application « Télérecours citoyens » (www.telerecours.fr). Le recours gracieux, formé dans le "
    "délai de deux mois, interrompt le délai de recours contentieux, qui recommence à courir à compter de la réponse."
)


def pdf_of(letter):
    with letter.pdf.open("rb") as file:
        return file.read()


def one_letter(outcome=Outcome.AWARDED, *, call=None, organisation=None, title="Le numérique au village", **fields):
    """One application decided by the committee, its letter made; returns the letter."""
    call = call or CallFactory(remedies_notice=REMEDIES)
    install_model_letters(call)
    officer = OfficerFactory(first_name="Nadia", last_name="Benali", job_title="chargée de mission", phone="04 90 16 18 42")
    application = make_application(
        state=State.ADMISSIBLE,
        call=call,
        organisation=organisation,
        officer=officer,
        title=title,
        requested_amount=Decimal(20000),
    )
    avis = {Outcome.AWARDED: Avis.RESERVED, Outcome.RESERVE: Avis.RESERVE_LIST}.get(outcome, Avis.UNFAVOURABLE)
    recommend(application, avis, reservations="Préciser le calendrier." if avis == Avis.RESERVED else "")
    resolution = record_resolution(
        call, number="2025-118", adopted_on=clock.today(), decisions=[draft_for(application, outcome, **fields)], by=officer
    )
    prepare_release(resolution, by=officer)
    run_jobs()
    return DecisionLetter.objects.select_related("decision__application").get(decision__application=application)


@pytest.mark.parametrize("outcome", [Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED])
def test_committee_letter_is_one_accessible_archivable_page(outcome):
    letter = one_letter(outcome)
    pdf = pdf_of(letter)
    assert (page_count(pdf), faults(pdf), letter.sha256) == (1, [], sha256(pdf).hexdigest())


@pytest.mark.parametrize("outcome", [Outcome.INADMISSIBLE, Outcome.INELIGIBLE])
def test_delegated_letter_is_signed_on_behalf_of_the_authority(outcome):
    call, officer = CallFactory(remedies_notice=REMEDIES), OfficerFactory()
    install_model_letters(call)
    delegation = record_delegation(
        call,
        number="DEL-12",
        adopted_on=clock.today(),
        signatory_role="La directrice",
        signatory_name="Hélène Faure",
        by=officer,
    )
    application = make_application(state=State.EXAMINING, call=call)
    declare_inadmissible(application, outcome=outcome, reason="Le budget manque.", article="article 4", by=officer)
    prepare_release(delegation, by=officer)
    run_jobs()
    pdf = pdf_of(DecisionLetter.objects.get())
    text = text_of(pdf)
    assert (page_count(pdf), faults(pdf)) == (1, [])
    assert "Pour la Présidente du Conseil départemental et par délégation, La directrice Hélène Faure" in text
    assert "Le budget manque." in text
    assert "(article 4)" in text
    assert "Camille Durand" not in text


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("5000", "5 000 € (cinq mille euros)"),
        ("1234.56", "1 234,56 € (mille deux cent trente-quatre euros et cinquante-six centimes)"),
        ("80", "80 € (quatre-vingts euros)"),
        ("19999.90", "19 999,90 € (dix-neuf mille neuf cent quatre-vingt-dix-neuf euros et quatre-vingt-dix centimes)"),
    ],
)
def test_awarded_letter_says_the_amount_in_figures_and_words(amount, said):
    # A line may end after a hyphen: in the text of the PDF it is then followed by a space.
    text = text_of(pdf_of(one_letter(amount=Decimal(amount)))).replace("- ", "-")
    assert f"une subvention de {said}" in text


def test_letter_says_who_writes_to_whom_and_how_to_contest():
    organisation = OrganisationFactory(
        name="Les Ateliers du Rhône",
        representative_title="Monsieur",
        representative_name="Jean Roux",
        representative_role="Président",
    )
    letter = one_letter(Outcome.REFUSED, organisation=organisation)
    text = text_of(pdf_of(letter))
    number = letter.decision.application.number
    expected = [
        "Département de Vaucluse Service de l’inclusion numérique Rue Viala 84909 Avignon Cedex 09",
        f"Nos références {number}-1",
        "Affaire suivie par Nadia Benali chargée de mission 04 90 16 18 42",
        "Les Ateliers du Rhône Monsieur Jean Roux Président 1, rue des Écoles 84000 Avignon",
        "Objet : Suite donnée à votre demande de subvention",
        "Monsieur le Président,",
        "Je vous prie d’agréer, Monsieur le Président, l’expression de ma considération distinguée.",
        "La Présidente du Conseil départemental Camille Durand",
        "Voies et délais de recours",
        "16 avenue Feuchères",
        "Page 1 sur 1",
    ]
    assert [each for each in expected if each not in text] == []
    assert letter.reference == f"{number}-1"


def test_letter_of_a_demonstration_says_so():
    real, fictitious = one_letter(), one_letter(call=CallFactory(fictitious=True))
    assert "Document fictif – démonstration" not in text_of(pdf_of(real))
    assert "Document fictif – démonstration" in text_of(pdf_of(fictitious))


def test_letter_with_a_long_title_stays_on_one_page():
    organisation = OrganisationFactory(
        name="Fédération départementale des ateliers numériques solidaires et des médiations du pays d’Apt"
    )
    title = "Accompagner partout en Vaucluse les habitants éloignés du numérique : ateliers itinérants, permanences et prêt de matériel"
    assert page_count(pdf_of(one_letter(organisation=organisation, title=title))) == 1


def test_letter_shows_html_of_people_as_text():
    organisation = OrganisationFactory(name="<script>alert(1)</script> & <b>Cie</b>")
    letter = one_letter(organisation=organisation, title="<img src=x> {{ montant }}")
    assert ("<script>" in letter.html, "<img src=x>" in letter.html) == (False, False)
    text = text_of(pdf_of(letter))
    assert "<script>alert(1)</script> & <b>Cie</b>" in text
    assert "« <img src=x> {{ montant }} »" in text


def test_missing_field_is_said_letter_by_letter_before_anything():
    call, officer = CallFactory(), OfficerFactory()
    install_model_letters(call)
    applications = [make_application(state=State.ADMISSIBLE, call=call) for _ in range(2)]
    recommend(applications[0], Avis.UNFAVOURABLE)
    resolution = record_resolution(
        call,
        number="1",
        adopted_on=clock.today(),
        decisions=[draft_for(each, Outcome.REFUSED) for each in applications],
        by=officer,
    )
    with pytest.raises(IncompleteLettersError) as caught:
        prepare_release(resolution, by=officer)
    assert [(each.decision.application, each.sentences) for each in caught.value.problems] == [
        (applications[1], ("Il manque : date de la séance du jury.",))
    ]
    assert (Release.objects.count(), DecisionLetter.objects.count(), run_jobs()) == (0, 0, [])


def test_template_with_an_unknown_field_stops_the_letters():
    resolution = decided((Outcome.AWARDED,))
    LetterTemplate.objects.filter(outcome=Outcome.AWARDED).update(body="<p>{{ montan }}</p>")
    with pytest.raises(IncompleteLettersError, match="Vouliez-vous dire"):
        prepare_release(resolution, by=resolution.recorded_by)


def test_missing_template_is_said():
    resolution = decided((Outcome.AWARDED,))
    LetterTemplate.objects.all().delete()
    with pytest.raises(IncompleteLettersError, match="Aucun modèle de lettre « Attribuée »"):
        prepare_release(resolution, by=resolution.recorded_by)


def test_template_broken_after_the_start_stops_the_batch_with_its_reason():
    resolution = decided((Outcome.AWARDED,))
    batch = prepare_release(resolution, by=resolution.recorded_by)
    LetterTemplate.objects.filter(outcome=Outcome.AWARDED).update(body="<p>{{ nimporte }}</p>")
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, DecisionLetter.objects.count(), "nimporte" in batch.error) == (Release.State.PREPARING, 0, True)
    LetterTemplate.objects.filter(outcome=Outcome.AWARDED).update(body="<p>{{ montant }}</p>")
    prepare_release(resolution, by=resolution.recorded_by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.error, DecisionLetter.objects.count()) == (Release.State.READY, "", 1)


@pytest.mark.parametrize("killed_after", [0, 1, 2, 3])
def test_worker_killed_anywhere_resumes_and_makes_each_letter_once(killed_after, monkeypatch):
    batch = prepare_release((resolution := decided((Outcome.AWARDED,) * 4)), by=resolution.recorded_by)
    drawn = []

    def dying(document):
        if len(drawn) == killed_after:
            raise KeyboardInterrupt
        drawn.append(document)
        return letter_layout.letter_pdf(document)

    with monkeypatch.context() as patch:
        patch.setattr("aap.decisions.services.letters.letter_pdf", dying)
        with pytest.raises(KeyboardInterrupt):
            generate_letters(batch)
    batch.refresh_from_db()
    first = {letter.pk: letter.sha256 for letter in DecisionLetter.objects.all()}
    assert (len(first), batch.state) == (killed_after, Release.State.PREPARING)

    assert generate_letters(batch) == 4 - killed_after
    batch.refresh_from_db()
    letters = {letter.pk: letter.sha256 for letter in DecisionLetter.objects.all()}
    assert (len(letters), batch.state, first.items() <= letters.items()) == (4, Release.State.READY, True)
    assert generate_letters(batch) == 0


def test_regenerate_follows_the_new_template_and_asks_for_a_new_check():
    batch = prepared((Outcome.AWARDED, Outcome.REFUSED))
    officer = batch.created_by
    check_release(batch, by=officer)
    old = {letter.decision.outcome: letter for letter in DecisionLetter.objects.select_related("decision")}
    template = LetterTemplate.objects.get(outcome=Outcome.AWARDED)
    template.body = "<p>Nouveau texte : {{ montant }}.</p>"
    template.save()
    assert stale_letters(batch, officer) == 1

    regenerate_letters(batch, decision=old[Outcome.AWARDED].decision, by=officer)
    run_jobs()
    batch.refresh_from_db()
    new = {letter.decision.outcome: letter for letter in DecisionLetter.objects.select_related("decision")}
    assert (batch.state, batch.checked_at, stale_letters(batch, officer)) == (Release.State.READY, None, 0)
    assert "Nouveau texte : 5 000 €." in text_of(pdf_of(new[Outcome.AWARDED]))
    assert new[Outcome.REFUSED] == old[Outcome.REFUSED]
    assert new[Outcome.AWARDED].reference == old[Outcome.AWARDED].reference


def test_regenerate_deletes_the_old_file(django_capture_on_commit_callbacks):
    batch = prepared((Outcome.AWARDED,))
    name = DecisionLetter.objects.get().pdf.name
    with django_capture_on_commit_callbacks(execute=True):
        regenerate_letters(batch, by=batch.created_by)
    assert not private_storage().exists(name)


def test_corrected_decision_has_the_next_reference():
    first = decided((Outcome.RESERVE,))
    application = first.decisions.get().application
    second = record_resolution(
        first.call,
        number="2",
        adopted_on=clock.today(),
        decisions=[draft_for(application, Outcome.AWARDED)],
        by=first.recorded_by,
    )
    prepare_release(second, by=first.recorded_by)
    run_jobs()
    assert DecisionLetter.objects.get().reference == f"{application.number}-2"
    with pytest.raises(DomainError, match="Aucune décision"):
        prepare_release(first, by=first.recorded_by)


def test_letter_names_are_opaque():
    letter = one_letter()
    name = letter.pdf.name
    assert (letter.decision.application.number in name, name.startswith("letters/"), name.endswith(".pdf")) == (
        False,
        True,
        True,
    )


def test_preview_works_before_any_decision():
    call, officer = CallFactory(), OfficerFactory()
    templates = install_model_letters(call)
    application = make_application(state=State.SUBMITTED, call=call, title="Essai")
    pages = [page_count(preview_letter(template, application, by=officer)) for template in templates]
    assert (len(templates), pages) == (5, [1] * 5)
    assert "« Essai »" in text_of(preview_letter(templates[0], application, by=officer))


def test_install_model_letters_leaves_written_ones_alone():
    call = CallFactory()
    LetterTemplate.objects.create(call=call, outcome=Outcome.AWARDED, subject="À nous", body="<p>À nous.</p>")
    created = install_model_letters(call)
    assert ([each.outcome for each in created], LetterTemplate.objects.get(call=call, outcome="awarded").subject) == (
        ["reserve", "refused", "inadmissible", "ineligible"],
        "À nous",
    )
    assert install_model_letters(call) == []


def test_reserve_letter_says_rank_and_limit():
    limit = clock.today() + timedelta(days=200)
    text = text_of(pdf_of(one_letter(Outcome.RESERVE, reserve_rank=2, reserve_until=limit)))
    assert "au 2e rang de la liste d’attente" in text
    assert f"au {limit.day if limit.day > 1 else '1er'} " in text
    assert "Cette inscription ne vaut pas attribution d’une subvention." in text


def test_dates_of_the_project_are_those_of_their_own_questions():
    application = make_application(state=State.ADMISSIBLE)
    for key, value in (("ouverture", "2024-01-01"), ("fin", "2026-06-30"), ("debut", "2025-09-01")):
        application.answers.create(question_key=key, value=value, updated_by=application.created_by)
    decision = Decision(application=application, resolution=Resolution(call=application.call), outcome=Outcome.AWARDED)
    values = values_of(decision)
    assert (values["debut"], values["fin"]) == ("1er\u00a0septembre\u00a02025", "30\u00a0juin\u00a02026")
