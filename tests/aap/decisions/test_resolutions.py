"""The resolution: all or nothing, exact to the cent, and nothing is awarded before it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aap import clock
from aap.applications.models import Recusal
from aap.applications.states import State
from aap.decisions.models import Avis, Decision, Outcome, Recommendation, Resolution
from aap.decisions.selectors import to_decide
from aap.decisions.services import DecisionDraft, ResolutionRefusedError, record_resolution, resolution_obstacle
from aap.decisions.services.checks import NO_MINUTES
from aap.decisions.suggestions import suggest
from aap.decisions.wording import long_date
from aap.errors import DomainError
from aap.people.models import Role
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.decisions import OUTCOMES, decided, draft_for, recommend
from tests.factories.people import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def admissible(call, **fields):
    return make_application(state=State.ADMISSIBLE, call=call, **fields)


def record(call, drafts, by=None, **fields):
    """The resolution, after the jury: its minutes hold an opinion on each application before it."""
    for draft in {draft.application.pk: draft for draft in drafts}.values():
        waiting = draft.application.state == State.ADMISSIBLE
        if waiting and not Recommendation.objects.filter(application=draft.application).exists():
            recommend(draft.application)
    values = {"number": "2025-118", "adopted_on": clock.today(), **fields}
    return record_resolution(call, decisions=drafts, by=by or OfficerFactory(), **values)


def refusal(call, drafts, **fields):
    with pytest.raises(ResolutionRefusedError) as caught:
        record(call, drafts, **fields)
    assert (Resolution.objects.count(), Decision.objects.count()) == (0, 0)
    return caught.value


def test_resolution_decides_every_application_at_once():
    resolution = decided()
    decisions = {each.outcome: each for each in resolution.decisions.select_related("application")}
    assert {outcome: each.application.state for outcome, each in decisions.items()} == {
        "awarded": State.AWARDED,
        "reserve": State.RESERVE,
        "refused": State.REFUSED,
    }
    assert [decisions[outcome].amount for outcome in OUTCOMES] == [Decimal(5000), 0, 0]
    assert decisions["reserve"].reserve_rank == 1


def test_resolution_amount_may_differ_from_the_jurys():
    call = CallFactory()
    application = admissible(call)
    recommend(application)
    resolution = record(call, [draft_for(application, Outcome.AWARDED, amount=Decimal("4200.10"))])
    assert resolution.decisions.get().amount == Decimal("4200.10")


def test_resolution_left_out_application_is_named():
    call = CallFactory()
    first, second = admissible(call), admissible(call)
    refused = refusal(call, [draft_for(first, Outcome.AWARDED)])
    assert refused.general == [f"Le dossier {second.number} est recevable et n’a pas de décision."]
    first.refresh_from_db()
    assert first.state == State.ADMISSIBLE


def test_resolution_envelope_is_exact_to_the_cent():
    call = CallFactory(envelope=Decimal("10000.00"))
    first, second = admissible(call), admissible(call)
    drafts = [draft_for(first, Outcome.AWARDED), draft_for(second, Outcome.AWARDED, amount=Decimal("5000.01"))]
    assert refusal(call, drafts).general == [
        (
            "Le total attribué (10\u202f000,01\u00a0€) dépasse l’enveloppe (10\u202f000\u00a0€) de 0,01\u00a0€. "
            "Réduisez des montants ou inscrivez des dossiers sur la liste d’attente."
        )
    ]
    drafts[1] = draft_for(second, Outcome.AWARDED, amount=Decimal("5000.00"))
    assert record(call, drafts).decisions.count() == 2


def test_resolution_counts_what_earlier_ones_awarded():
    first = decided((Outcome.AWARDED, Outcome.RESERVE), call=CallFactory(envelope=Decimal(9000)))
    waiting = first.decisions.get(outcome=Outcome.RESERVE).application
    with pytest.raises(ResolutionRefusedError, match="dépasse l’enveloppe"):
        record(first.call, [draft_for(waiting, Outcome.AWARDED)], number="2025-200")
    record(first.call, [draft_for(waiting, Outcome.AWARDED, amount=Decimal(4000))], number="2025-200")
    waiting.refresh_from_db()
    assert waiting.state == State.AWARDED


def test_resolution_promotes_from_the_reserve_and_keeps_the_old_decision():
    first = decided((Outcome.RESERVE,))
    old = first.decisions.get()
    second = record(first.call, [draft_for(old.application, Outcome.AWARDED)], number="2025-200")
    old.refresh_from_db()
    new = second.decisions.get()
    assert (old.replaced_by, new.replaced_by, new.amount) == (new, None, Decimal(5000))


@pytest.mark.parametrize(
    ("outcome", "fields", "sentence"),
    [
        (Outcome.AWARDED, {"amount": Decimal(0)}, "Le montant attribué doit être supérieur à zéro."),
        (Outcome.AWARDED, {"amount": Decimal(-5)}, "Le montant attribué doit être supérieur à zéro."),
        (Outcome.AWARDED, {"amount": Decimal("10.001")}, "Le montant s’écrit en euros et centimes, sans autre décimale."),
        (
            Outcome.AWARDED,
            {"amount": Decimal("8000.01")},
            "Le montant attribué (8\u202f000,01\u00a0€) dépasse le montant demandé (8\u202f000\u00a0€).",
        ),
        (Outcome.REFUSED, {"reason": " "}, "Écrivez le motif du refus : il figurera dans la lettre."),
        (Outcome.REFUSED, {"amount": Decimal(1)}, "Seule une subvention attribuée a un montant : laissez-le vide."),
        (Outcome.RESERVE, {"reserve_rank": None}, "Indiquez le rang sur la liste d’attente, de 1 à 999."),
        (Outcome.RESERVE, {"reserve_rank": 40_000}, "Indiquez le rang sur la liste d’attente, de 1 à 999."),
        (
            Outcome.RESERVE,
            {"reserve_until": date(9999, 12, 31)},
            "Vérifiez l’année : elle doit être comprise entre 2000 et 2099.",
        ),
        (
            Outcome.REFUSED,
            {"reason": "x" * 1501},
            "Le motif compte 1501 caractères. Gardez-en 1500 au plus : la lettre tient en une page.",
        ),
        (Outcome.RESERVE, {"reserve_until": None}, "Indiquez jusqu’à quand la liste d’attente est valable."),
    ],
)
def test_resolution_content_is_checked(outcome, fields, sentence):
    call = CallFactory()
    application = admissible(call)
    assert refusal(call, [draft_for(application, outcome, **fields)]).by_application == {application.pk: [sentence]}


@pytest.mark.parametrize("outcome", ["", Outcome.INADMISSIBLE, Outcome.INELIGIBLE])
def test_resolution_knows_three_outcomes(outcome):
    call = CallFactory()
    application = admissible(call)
    refused = refusal(call, [DecisionDraft(application, outcome)])
    assert refused.by_application == {application.pk: ["Choisissez une décision : attribuée, liste d’attente ou refusée."]}


def test_resolution_refuses_the_same_rank_twice():
    call = CallFactory()
    drafts = [draft_for(admissible(call), Outcome.RESERVE), draft_for(admissible(call), Outcome.RESERVE)]
    assert refusal(call, drafts).general == ["Deux dossiers ont le rang 1 sur la liste d’attente."]


def test_resolution_refuses_the_same_application_twice():
    call = CallFactory()
    application = admissible(call)
    drafts = [draft_for(application, Outcome.AWARDED), draft_for(application, Outcome.REFUSED)]
    assert refusal(call, drafts).by_application == {application.pk: ["Ce dossier figure deux fois."]}


def test_resolution_dates_are_past_and_ordered():
    call = CallFactory()
    application = admissible(call)
    tomorrow = clock.today() + timedelta(days=1)
    refused = refusal(call, [draft_for(application, Outcome.AWARDED)], adopted_on=tomorrow)
    assert refused.general == ["La date de la délibération est dans le futur : enregistrez la délibération une fois adoptée."]
    refused = refusal(call, [draft_for(application, Outcome.AWARDED)], executory_on=clock.today() - timedelta(days=1))
    assert refused.general == ["La date exécutoire ne peut pas précéder la date de la délibération."]


@pytest.mark.parametrize("adopted_on", [date(1, 1, 1), date(1999, 12, 31), date(2100, 1, 1), date(9999, 12, 31)])
def test_resolution_of_an_absurd_year_is_refused(adopted_on):
    call = CallFactory()
    refused = refusal(call, [draft_for(admissible(call), Outcome.AWARDED)], adopted_on=adopted_on)
    assert "Vérifiez l’année : elle doit être comprise entre 2000 et 2099." in refused.general


def test_resolution_before_the_minutes_of_the_jury_is_refused():
    call, officer = CallFactory(), OfficerFactory()
    application = admissible(call)
    drafts = [draft_for(application, Outcome.AWARDED)]
    with pytest.raises(ResolutionRefusedError) as caught:
        record_resolution(call, number="1", adopted_on=clock.today(), decisions=drafts, by=officer)
    assert caught.value.general == [NO_MINUTES]
    recommend(make_application(state=State.ADMISSIBLE))  # Another call's jury says nothing of this one.
    assert resolution_obstacle(call, by=officer) == NO_MINUTES
    recommend(application)
    assert resolution_obstacle(call, by=officer) == ""
    assert record_resolution(call, number="1", adopted_on=clock.today(), decisions=drafts, by=officer).pk


def test_resolution_does_not_precede_the_jurys_sitting():
    call = CallFactory()
    application = admissible(call)
    recommend(application, sitting_on=clock.today() - timedelta(days=3))
    drafts = [draft_for(application, Outcome.AWARDED)]
    refused = refusal(call, drafts, adopted_on=clock.today() - timedelta(days=4))
    assert refused.general == [
        (
            f"La délibération ne peut pas précéder la séance du jury, tenue le {long_date(clock.today() - timedelta(days=3))} : "
            "corrigez sa date."
        )
    ]
    assert record(call, drafts, adopted_on=clock.today() - timedelta(days=3)).decisions.count() == 1


@pytest.mark.parametrize("state", [state for state in State if state not in (State.DRAFT, State.ADMISSIBLE, State.RESERVE)])
def test_resolution_only_decides_what_awaits(state):
    call = CallFactory()
    application = make_application(state=state, call=call)
    recommend(admissible(call))
    refused = refusal(call, [draft_for(application, Outcome.AWARDED)])
    assert refused.by_application == {
        application.pk: [f"Le dossier {application.number} n’attend pas de décision de la délibération."]
    }


def test_resolution_of_another_call_is_refused():
    mine, other = admissible(CallFactory()), admissible(CallFactory())
    drafts = [draft_for(mine, Outcome.AWARDED), draft_for(other, Outcome.AWARDED)]
    assert list(refusal(mine.call, drafts).by_application) == [other.pk]


def test_resolution_recorded_twice_is_one():
    call = CallFactory()
    application = admissible(call)
    drafts = [draft_for(application, Outcome.AWARDED)]
    officer = OfficerFactory()
    assert record(call, drafts, officer) == record(call, drafts, officer)
    assert Decision.objects.count() == 1
    with pytest.raises(ResolutionRefusedError, match="autre contenu"):
        record(call, [draft_for(application, Outcome.AWARDED, amount=Decimal(1))], officer)


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role)])
def test_resolution_is_recorded_by_the_service_only(roles):
    call = CallFactory()
    application = admissible(call)
    person = UserFactory(roles=[role.value for role in roles])
    if set(roles) & {Role.OFFICER, Role.ADMINISTRATOR}:
        assert record(call, [draft_for(application, Outcome.AWARDED)], person).decisions.count() == 1
    else:
        with pytest.raises(DomainError, match="Seul le service"):
            record(call, [draft_for(application, Outcome.AWARDED)], person)


def test_recused_officer_may_not_record_the_resolution():
    call = CallFactory()
    application, officer = admissible(call), OfficerFactory()
    Recusal.objects.create(application=application, user=officer, ground="Adhérente", recorded_by=officer)
    with pytest.raises(DomainError, match="déport"):
        record(call, [draft_for(application, Outcome.AWARDED)], officer)


WAITING = "Le jury a proposé de placer votre projet sur la liste d’attente"
NOT_FOLLOWED = "La Commission permanente ne l’a pas retenu."


def test_an_envelope_is_said_exhausted_only_when_it_is():
    call = CallFactory(envelope=Decimal(6000))
    recommend(admissible(call, number="N-1"), Avis.FAVOURABLE, rank=1)
    recommend(admissible(call, number="N-2"), Avis.RESERVE_LIST, rank=2, score=Decimal(61))
    assert [each.reason for each in suggest(call, to_decide(call, OfficerFactory()))][1] == (
        "L’enveloppe de l’appel (6\u202f000\u00a0€) est épuisée avant votre projet, classé 2e."
    )


def test_praise_is_no_reason_of_a_refusal():
    call = CallFactory()
    comments = [
        {"criterion": "Moyens", "texts": ["L’équipe est solide.", "Le temps manque."], "weak": ["Le temps manque."]},
        {"criterion": "Lieu", "texts": ["Le lieu est connu."], "weak": []},
    ]
    recommend(admissible(call, number="N-1"), Avis.UNFAVOURABLE, rank=1, score=Decimal(30), comments=comments)
    (suggestion,) = suggest(call, to_decide(call, OfficerFactory()))
    assert suggestion.reason.splitlines()[1:] == ["Moyens : Le temps manque."]


def test_suggestions_follow_the_jury():
    call, officer = CallFactory(pass_mark=Decimal(50), envelope=Decimal(20000)), OfficerFactory()
    comments = [{"criterion": "Budget", "texts": ["Des charges ne sont pas expliquées."]}]
    recommend(admissible(call, number="N-1"), Avis.FAVOURABLE, rank=1)
    recommend(admissible(call, number="N-3"), Avis.RESERVE_LIST, rank=3, score=Decimal(60))
    recommend(admissible(call, number="N-2"), Avis.RESERVE_LIST, rank=2, score=Decimal(61))
    recommend(admissible(call, number="N-4"), Avis.UNFAVOURABLE, rank=4, score=Decimal("42.50"), comments=comments)
    recommend(admissible(call, number="N-5"), Avis.UNFAVOURABLE, rank=5, score=Decimal("55.00"))
    admissible(call, number="N-6")
    found = [
        (each.application.number, each.outcome, each.amount, each.reserve_rank, each.reason)
        for each in suggest(call, to_decide(call, officer))
    ]
    assert found == [
        (
            "N-1",
            "awarded",
            Decimal(5000),
            None,
            (
                "Le jury a donné un avis favorable à votre projet (note de 72,35 sur 100). "
                "La Commission permanente n’a pas suivi cet avis."
            ),
        ),
        ("N-2", "reserve", 0, 1, f"{WAITING}, classé 2e. {NOT_FOLLOWED}"),
        ("N-3", "reserve", 0, 2, f"{WAITING}, classé 3e. {NOT_FOLLOWED}"),
        (
            "N-4",
            "refused",
            0,
            None,
            (
                "La note obtenue (42,5 sur 100) est inférieure à la note minimale de 50 sur 100.\n"
                "Budget : Des charges ne sont pas expliquées."
            ),
        ),
        ("N-5", "refused", 0, None, "Le jury a donné un avis défavorable à votre projet (note de 55 sur 100)."),
        ("N-6", "", 0, None, ""),
    ]
