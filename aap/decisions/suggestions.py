"""What a resolution would say if it followed the jury: the officer starts from it, and changes what the authority changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aap.applications.models import Application
from aap.calls.models import Call, EligibilityRule
from aap.decisions import wording
from aap.decisions.models import Avis, Outcome, Recommendation
from aap.examination.models import EligibilityCheck
from aap.examination.selectors import Point, checklist
from aap.money import decimal, euros

# A reason is read in a letter of one page.
MAX_COMMENTS = 3
MAX_REASON = 900


@dataclass(frozen=True)
class Suggestion:
    """The proposed decision on one application; `outcome` is empty when the jury gave no opinion."""

    application: Application
    outcome: str
    amount: Decimal
    reason: str = ""
    reserve_rank: int | None = None


def suggest(call: Call, applications: Iterable[Application]) -> list[Suggestion]:
    """One suggestion per application, in the order given. They come with `recommendation` and, if any, its absence."""
    applications = list(applications)
    opinions = {each.pk: getattr(each, "recommendation", None) for each in applications}
    reserve = [each for each in applications if (opinion := opinions[each.pk]) and opinion.avis == Avis.RESERVE_LIST]
    reserve.sort(key=lambda each: _by_score(each, opinions[each.pk]))
    ranks = {each.pk: rank for rank, each in enumerate(reserve, start=1)}
    left = call.envelope - sum((each.proposed_amount for each in opinions.values() if each), Decimal(0))
    return [_suggest_one(call, each, opinions[each.pk], ranks.get(each.pk), left) for each in applications]


def _by_score(application: Application, opinion: Recommendation | None) -> tuple[int, Decimal, str]:
    rank = opinion.rank if opinion and opinion.rank else 10_000
    score = opinion.score if opinion and opinion.score is not None else Decimal(0)
    return rank, -score, application.number or ""


def _suggest_one(
    call: Call, application: Application, opinion: Recommendation | None, reserve_rank: int | None, left: Decimal
) -> Suggestion:
    if opinion is None:
        return Suggestion(application, "", Decimal(0))
    # Whatever is suggested, a reason waits there for the case where the authority refuses.
    reason = refusal_reason(call, opinion, exhausted=(application.requested_amount or Decimal(0)) > left)
    match opinion.avis:
        case Avis.FAVOURABLE | Avis.RESERVED:
            return Suggestion(application, Outcome.AWARDED, opinion.proposed_amount, reason)
        case Avis.RESERVE_LIST:
            return Suggestion(application, Outcome.RESERVE, Decimal(0), reason, reserve_rank)
        case _:
            return Suggestion(application, Outcome.REFUSED, Decimal(0), reason)


def refusal_reason(call: Call, opinion: Recommendation, *, exhausted: bool) -> str:
    """The reason of a refusal, only from what is recorded: pass mark, rank and envelope, communicable comments.

    `exhausted`: what the jury proposes for the others leaves less than this project asks for.

    A reason that is given must be exact (law-making sources: CRPA, L211-2), so nothing here is a guess.
    """
    score = decimal(opinion.score)
    if opinion.score is not None and opinion.score < call.pass_mark:
        first = f"La note obtenue ({score} sur 100) est inférieure à la note minimale de {decimal(call.pass_mark)} sur 100."
    elif opinion.avis == Avis.RESERVE_LIST:
        rank = f", classé {wording.ordinal(opinion.rank)}" if opinion.rank else ""
        first = (
            f"L’enveloppe de l’appel ({euros(call.envelope)}) est épuisée avant votre projet{rank}."
            if exhausted
            else f"Le jury a proposé de placer votre projet sur la liste d’attente{rank}. La Commission permanente ne l’a pas retenu."
        )
    else:
        noted = f" (note de {score} sur 100)" if score else ""
        favourable = opinion.avis in (Avis.FAVOURABLE, Avis.RESERVED)
        first = f"Le jury a donné un avis {'favorable' if favourable else 'défavorable'} à votre projet{noted}."
        if favourable:
            first += " La Commission permanente n’a pas suivi cet avis."
    return _with_comments(first, opinion)


def _with_comments(first: str, opinion: Recommendation) -> str:
    lines = [f"{each['criterion']} : {' '.join(dict.fromkeys(weak))}" for each in opinion.comments if (weak := _weak(each))]
    reason = first
    for line in lines[:MAX_COMMENTS]:
        longer = f"{reason}\n{line}"
        if len(longer) > MAX_REASON:
            break
        reason = longer
    return reason


def _weak(comments: dict[str, list[str]]) -> list[str]:
    """What explains a refusal: praise does not. Opinions recorded before marks came with comments keep them all."""
    return comments.get("weak", comments.get("texts", []))


def suggest_admissibility(application: Application) -> dict[str, str]:
    """Nature, articles and reason of a refusal to examine, from the officers' findings; failing them, from the data itself."""
    points = checklist(application).points
    unmet = [point for point in points if point.outcome == EligibilityCheck.Outcome.NOT_MET]
    faults = unmet or [point for point in points if point.hint and point.hint.favourable is False]
    formal = any(point.rule.kind == EligibilityRule.Kind.FORMAL for point in faults)
    articles = dict.fromkeys(point.rule.article for point in faults if point.rule.article)
    return {
        "outcome": Outcome.INADMISSIBLE if formal or not faults else Outcome.INELIGIBLE,
        "article": ", ".join(articles),
        "reason": "\n".join(_fault(point) for point in faults),
    }


def _fault(point: Point) -> str:
    if point.check and point.check.note:
        said = point.check.note
    elif point.hint and point.hint.favourable is False:
        said = point.hint.sentence
    else:
        said = ""
    return f"« {point.rule.label} » : cette condition n’est pas remplie. {said}".strip()
