"""The sitting: opinions under the envelope, and the closing that freezes them."""

from datetime import timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from aap import clock
from aap.applications.models import Application
from aap.applications.states import State
from aap.decisions.models import Recommendation
from aap.errors import DomainError
from scoring.deliberations import minutes as writing
from scoring.deliberations import services
from scoring.deliberations.models import Minutes, Opinion, Sitting
from scoring.deliberations.selectors import full_ranking, proposals, ranking_for
from scoring.panels import services as panels
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import INTEREST, NONE, admissible, make_juror, make_panel, reviewed
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(jury):
    """`first` is noted 80, `second` 60; everybody has declared."""
    reviewed(jury.one, jury.first, 4)
    reviewed(jury.one, jury.second, 3)
    for application in (jury.first, jury.second):
        panels.declare(jury.chair, application, by=jury.chair.user, answer=NONE)
    return jury


@pytest.fixture
def sitting(scored):
    found = services.plan_sitting(scored.panel, by=scored.officer, starts_at=clock.now() + timedelta(hours=-1), place="Avignon")
    return services.record_attendance(found, by=scored.officer, present=[scored.chair, scored.one])


def decide(sitting, application, *, by, avis="favourable", amount="5000", **more):
    return services.record_opinion(
        sitting, application, by=by, avis=avis, proposed_amount=Decimal(amount) if amount else Decimal(0), **more
    )


def decide_all(sitting, jury):
    decide(sitting, jury.first, by=jury.officer)
    decide(sitting, jury.second, by=jury.officer, avis="reserve_list", amount="")


def test_ranking_counts_voting_members_who_are_not_recused(scored):
    silent = make_juror(scored.panel, voting=False)
    reviewed(silent, scored.first, 0, comment="Note sans voix")
    late = reviewed(scored.two, scored.first, 2)
    assert [(row.application, row.note) for row in full_ranking(scored.panel).rows] == [
        (scored.second, Decimal(60)),
        (scored.first, Decimal(60)),
    ]
    assert [(row.rank, row.tied) for row in full_ranking(scored.panel).rows] == [(1, True), (1, True)]
    panels.declare(scored.two, scored.first, by=scored.two.user, answer=INTEREST, detail="Salarié depuis hier")
    assert late.assignment.review.submitted_at
    assert [(row.rank, row.note) for row in full_ranking(scored.panel).rows] == [(1, Decimal(80)), (2, Decimal(60))]


def test_ranking_ignores_drafts_and_lists_the_unclassable_last(scored):
    from tests.factories.scoring import entrust, fill

    other = admissible(scored.panel, title="Pas encore noté")
    fill(entrust(scored.two, other), [5] * 6)
    assert [(row.application, row.rank) for row in full_ranking(scored.panel).rows] == [
        (scored.first, 1),
        (scored.second, 2),
        (other, None),
    ]


def test_ranking_of_a_recused_person_is_computed_without_the_application(scored):
    panels.recuse(scored.first, scored.officer, by=scored.officer, ground="Bénévole")
    found = ranking_for(scored.panel, scored.officer)
    assert [(row.application, row.rank) for row in found.rows] == [(scored.second, 1)]
    assert found.partial
    assert not ranking_for(scored.panel, OfficerFactory()).partial


def test_proposals_follow_the_calls_amounts(scored):
    Application.objects.filter(pk=scored.first.pk).update(requested_amount=Decimal(30000), project_cost=Decimal("20000.01"))
    scored.panel.call.envelope = Decimal(17000)
    assert proposals(full_ranking(scored.panel), scored.panel.call).proposals == {scored.first.pk: Decimal("16000.00")}


@pytest.mark.parametrize("who", ["officer", "administrator", "chair", "one", "applicant"])
def test_plan_sitting_is_the_secretariats(scored, who):
    by = {
        "officer": scored.officer, "administrator": AdministratorFactory(), "chair": scored.chair.user,
        "one": scored.one.user, "applicant": UserFactory(),
    }[who]  # fmt: skip
    if who in ("officer", "administrator"):
        assert services.plan_sitting(scored.panel, by=by, starts_at=clock.now(), place="Apt").place == "Apt"
    else:
        with pytest.raises(DomainError):
            services.plan_sitting(scored.panel, by=by, starts_at=clock.now(), place="Apt")


@pytest.mark.parametrize(("who", "allowed"), [("officer", True), ("chair", True), ("one", False), ("applicant", False)])
def test_opinions_attendance_and_closing_are_the_chairs_and_the_secretariats(scored, sitting, who, allowed):
    by = {"officer": scored.officer, "chair": scored.chair.user, "one": scored.one.user, "applicant": UserFactory()}[who]
    acts = [
        lambda: decide(sitting, scored.first, by=by),
        lambda: decide(sitting, scored.second, by=by, avis="reserve_list", amount=""),
        lambda: services.record_attendance(sitting, by=by, present=[scored.one]),
        lambda: services.close_sitting(sitting, by=by),
    ]
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(DomainError):
                act()


def test_record_opinion_says_what_is_wrong(scored, sitting):
    cases = {
        "quelle|laquelle": {"avis": "reserved"},
        "supérieur à zéro": {"amount": "0"},
        "montant demandé": {"amount": "8000.01"},
        "au centime": {"amount": "10.001"},
        "Choisissez un avis": {"avis": "accordé"},
    }
    for sentence, values in cases.items():
        with pytest.raises(DomainError, match=sentence):
            decide(sitting, scored.first, by=scored.officer, **values)
    assert not Opinion.objects.exists()


def test_record_opinion_keeps_no_amount_on_what_is_not_favourable(scored, sitting):
    assert decide(sitting, scored.first, by=scored.officer, avis="unfavourable", amount="5000").proposed_amount == 0


def test_record_opinion_refuses_to_overwrite_what_was_recorded_meanwhile(scored, sitting):
    stored = decide(sitting, scored.first, by=scored.officer)
    with pytest.raises(services.StaleOpinion):
        decide(sitting, scored.first, by=scored.chair.user, amount="4000", check_seen=True)
    decide(sitting, scored.first, by=scored.chair.user, amount="4000", check_seen=True, seen=stored.recorded_at)
    assert Opinion.objects.get().proposed_amount == 4000


def test_recused_chair_neither_records_nor_learns_the_application(scored, sitting):
    panels.declare(scored.chair, scored.first, by=scored.chair.user, answer=INTEREST, detail="Vice-présidente")
    with pytest.raises(DomainError) as refusal:
        decide(sitting, scored.first, by=scored.chair.user)
    assert refusal.value.message == "Ce dossier est examiné hors de votre présence : le secrétariat y enregistre l’avis."
    decide(sitting, scored.second, by=scored.chair.user, avis="unfavourable", amount="")
    with pytest.raises(DomainError, match="hors de votre présence") as refusal:
        services.close_sitting(sitting, by=scored.chair.user)
    assert scored.first.number not in refusal.value.message
    decide(sitting, scored.first, by=scored.officer)
    assert services.close_sitting(sitting, by=scored.chair.user).sitting == sitting


def test_withdrawn_application_gets_no_opinion_and_does_not_block_the_closing(scored, sitting):
    decide(sitting, scored.first, by=scored.officer)
    with pgtrigger.ignore("aap.Application:application_lifecycle"):
        Application.objects.filter(pk=scored.second.pk).update(state=State.WITHDRAWN)
    with pytest.raises(DomainError, match="retiré"):
        decide(sitting, scored.second, by=scored.officer)
    minutes = services.close_sitting(sitting, by=scored.officer)
    assert [row["number"] for row in minutes.content["applications"]] == [scored.first.number]


def test_close_sitting_wants_attendance_and_every_opinion(scored):
    sitting = services.plan_sitting(scored.panel, by=scored.officer, starts_at=clock.now(), place="Avignon")
    with pytest.raises(DomainError, match="membres présents"):
        services.close_sitting(sitting, by=scored.officer)
    services.record_attendance(sitting, by=scored.officer, present=[scored.one])
    decide(sitting, scored.first, by=scored.officer)
    with pytest.raises(DomainError) as refusal:
        services.close_sitting(sitting, by=scored.officer)
    assert refusal.value.message == f"Il manque un avis pour 1 dossier : {scored.second.number}."


def test_close_sitting_holds_the_envelope_to_the_cent(scored, sitting):
    scored.panel.call.envelope = Decimal("9999.99")
    scored.panel.call.save()
    decide(sitting, scored.first, by=scored.officer)
    decide(sitting, scored.second, by=scored.officer)
    with pytest.raises(DomainError, match="dépasse l’enveloppe de 0,01"):
        services.close_sitting(sitting, by=scored.officer)
    decide(sitting, scored.second, by=scored.officer, amount="4999.99")
    assert services.close_sitting(sitting, by=scored.officer).content["totals"] == {"proposed": "9999.99", "remaining": "0.00"}


def test_close_sitting_wants_the_reason_of_each_inversion(scored, sitting):
    decide(sitting, scored.first, by=scored.officer, avis="reserve_list", amount="")
    decide(sitting, scored.second, by=scored.officer)
    with pytest.raises(DomainError, match=scored.first.number):
        services.close_sitting(sitting, by=scored.officer)
    decide(sitting, scored.first, by=scored.officer, avis="reserve_list", amount="", inversion_reason="Aidé par ailleurs.")
    content = services.close_sitting(sitting, by=scored.officer).content
    assert content["inversions"] == [
        {"number": scored.first.number, "organisation": "Zénith", "rank": 1, "reason": "Aidé par ailleurs."}
    ]


def test_close_sitting_freezes_hands_over_and_repeats_without_effect(scored, sitting):
    decide_all(sitting, scored)
    minutes = services.close_sitting(sitting, by=scored.officer)
    assert services.close_sitting(sitting, by=scored.officer) == minutes
    assert Minutes.objects.count() == 1
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.CLOSED
    assert minutes.sha256 == writing.digest(Minutes.objects.get().content)
    first = Recommendation.objects.get(application=scored.first)
    assert (first.avis, first.score, first.exact_score, first.rank, first.tied, first.proposed_amount) == (
        "favourable", Decimal(80), "80", 1, False, Decimal(5000),
    )  # fmt: skip
    assert (first.grid_version, first.minutes_sha256) == (1, minutes.sha256)
    assert Recommendation.objects.count() == 2


def test_close_sitting_hands_over_communicable_comments_alone(scored, sitting):
    reviewed(scored.two, scored.first, 4, comment="Strictement entre nous", communicable=False)
    decide_all(sitting, scored)
    minutes = services.close_sitting(sitting, by=scored.officer)
    comments = Recommendation.objects.get(application=scored.first).comments
    assert comments[0] == {"criterion": "Réponse aux besoins", "texts": ["Une phrase qui explique cette note."], "weak": []}
    assert "entre nous" not in str(comments) + str(minutes.content)


def test_after_the_closing_nothing_changes(scored, sitting):
    decide_all(sitting, scored)
    minutes = services.close_sitting(sitting, by=scored.officer)
    from scoring.assignments.services import assign
    from scoring.reviews.services import reopen

    acts = [
        lambda: decide(sitting, scored.first, by=scored.officer, amount="1"),
        lambda: services.record_attendance(sitting, by=scored.officer, present=[]),
        lambda: services.plan_sitting(scored.panel, by=scored.officer, starts_at=clock.now(), place="Apt"),
        lambda: assign(scored.two, scored.first, by=scored.officer),
        lambda: reopen(scored.one.assignments.first().review, by=scored.officer, reason="Erreur"),
        lambda: panels.add_juror(scored.panel, by=scored.officer, email=UserFactory().email),
    ]
    for act in acts:
        with pytest.raises(DomainError):
            act()
    for change in (lambda: Minutes.objects.update(content={}), lambda: Minutes.objects.filter(pk=minutes.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_attendance_refuses_somebody_of_another_jury(scored, sitting):
    with pytest.raises(DomainError, match="pas membre"):
        services.record_attendance(sitting, by=scored.officer, present=[make_juror(make_panel())])


def test_minutes_without_an_application_hold_no_trace_of_it_and_rank_without_it(scored, sitting):
    panels.declare(scored.two, scored.first, by=scored.two.user, answer=INTEREST, detail="Conjointe salariée")
    services.record_attendance(sitting, by=scored.officer, present=[scored.one], remarks="Zénith a été discuté")
    decide_all(sitting, scored)
    content = services.close_sitting(sitting, by=scored.officer).content
    copy = writing.without(content, {str(scored.first.public_id)})
    assert [(row["number"], row["rank"], row["cumulated"]) for row in copy["applications"]] == [
        (scored.second.number, 1, "0.00")
    ]
    assert copy["recusals"] == []
    assert copy["totals"]["proposed"] == "0.00"
    for trace in (scored.first.number, "Zénith", "Projet-secret-un", str(scored.first.public_id), "Conjointe"):
        assert trace in str(content)
        assert trace not in str(copy)
    assert content["applications"][0]["rank"] == 1


def test_minutes_pdf_is_drawn_up_once_by_the_worker(scored, sitting):
    import pikepdf

    decide_all(sitting, scored)
    minutes = services.close_sitting(sitting, by=scored.officer)
    assert not minutes.pdf
    assert "scoring.draw_up_minutes" in run_jobs()
    minutes.refresh_from_db()
    name, sha256 = minutes.pdf.name, minutes.pdf_sha256
    from scoring.deliberations.documents import draw_up

    draw_up(minutes.pk)
    minutes.refresh_from_db()
    assert (minutes.pdf.name, minutes.pdf_sha256) == (name, sha256)
    with minutes.pdf.open() as file, pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "Procès-verbal du jury" in str(pdf.docinfo.Title)
