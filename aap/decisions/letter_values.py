"""The value of every merge field for one decision (the names are those of `merge.FIELDS`)."""

from datetime import date

from django.db.models import QuerySet
from stdnum.fr import siret as siret_number

from aap.applications.models import Application
from aap.decisions import wording
from aap.decisions.models import Decision, Recommendation
from aap.money import decimal, euros, percent

# The identifiers of the two questions, whatever their place in the questionnaire.
START, END = "debut", "fin"


def with_letter_data(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The same decisions, with what their letters read, in a fixed number of queries."""
    return decisions.select_related(
        "resolution",
        "decided_by",
        "application__call",
        "application__organisation",
        "application__theme",
        "application__officer",
        "application__recommendation",
        "application__questionnaire_version",
    ).prefetch_related("application__answers")


def values_of(decision: Decision) -> dict[str, str]:
    """Every merge field, as plain text; empty when the decision has no such value."""
    application = decision.application
    return {
        **_applicant_values(application),
        **_project_values(application),
        **_call_values(application),
        **_jury_values(getattr(application, "recommendation", None)),
        **_decision_values(decision),
    }


def _applicant_values(application: Application) -> dict[str, str]:
    organisation = application.organisation
    return {
        "numero": application.number or "",
        "structure": organisation.name,
        "siret": siret_number.format(organisation.siret, separator=wording.SPACE),
        "adresse": f"{organisation.address}, {organisation.postcode}{wording.SPACE}{organisation.city}",
        "formule_appel": wording.salutation(organisation.representative_title, organisation.representative_role),
    }


def _project_values(application: Application) -> dict[str, str]:
    answers = {answer.question_key: answer.value for answer in application.answers.all()}
    return {
        "projet": application.title,
        "axe": application.theme.title if application.theme else "",
        "montant_demande": euros(application.requested_amount),
        "cout": euros(application.project_cost),
        "debut": wording.long_date(_as_date(answers.get(START))),
        "fin": wording.long_date(_as_date(answers.get(END))),
    }


def _call_values(application: Application) -> dict[str, str]:
    call = application.call
    return {
        "appel": call.title,
        "appel_cite": wording.quoted_call(call.title),
        "autorite": call.authority,
        "service": call.service_name,
        "courriel_service": call.service_email,
        "telephone_service": call.service_phone,
        "seuil": decimal(call.pass_mark),
        "enveloppe": euros(call.envelope),
    }


def _jury_values(recommendation: Recommendation | None) -> dict[str, str]:
    if recommendation is None:
        return {}
    return {
        "date_seance": wording.long_date(recommendation.sitting_on),
        "note": decimal(recommendation.score),
        "rang": wording.ordinal(recommendation.rank) + (" ex æquo" if recommendation.rank and recommendation.tied else ""),
        "reserves": recommendation.reservations,
    }


def _decision_values(decision: Decision) -> dict[str, str]:
    resolution, cost = decision.resolution, decision.application.project_cost
    awarded = decision.amount > 0
    return {
        "montant": euros(decision.amount) if awarded else "",
        "montant_lettres": wording.amount_in_words(decision.amount) if awarded else "",
        "taux": percent(decision.amount * 100 / cost) if awarded and cost else "",
        "deliberation_numero": resolution.number,
        "deliberation_date": wording.long_date(resolution.adopted_on),
        "deliberation_executoire": wording.long_date(resolution.executory_on),
        "motif": decision.reason,
        "rang_attente": wording.ordinal(decision.reserve_rank),
        "date_limite": wording.long_date(decision.reserve_until),
        "article": decision.article,
    }


def _as_date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
