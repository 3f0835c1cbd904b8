"""The content of the minutes: everything that was decided and how, as plain values that can be hashed and read again."""

import hashlib
import json
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from aap.applications.models import Application, Recusal
from aap.calls.models import Call
from aap.decisions.services.recommendations import CriterionComments
from aap.organisations.models import Membership
from scoring.deliberations.departures import departures
from scoring.deliberations.models import Opinion, Sitting
from scoring.deliberations.selectors import RankedApplication, Ranking, counted_reviews
from scoring.grids.models import ScoringGrid
from scoring.panels.selectors import memberships
from scoring.panels.states import BEFORE_THE_JURY
from scoring.results.funding import capped
from scoring.results.ranking import rank
from scoring.reviews.models import Score

OWN_ORGANISATION = "Membre de la structure candidate"
METHOD = (
    "Chaque membre note chaque critère. Sa note sur 100 est la moyenne de ses notes, pondérée par les coefficients de la grille. "
    "La note du dossier est la moyenne simple des notes des membres à voix délibérative qui ont remis leur évaluation et ne se sont "
    "pas déportés. Le classement compare les valeurs exactes ; l’arrondi au centième ne sert qu’à l’affichage."
)


def build(sitting: Sitting, ranking: Ranking, opinions: dict[int, Opinion], grid: ScoringGrid) -> dict[str, Any]:
    """The content of the minutes of `sitting`, JSON-ready; amounts and notes as strings, dates in ISO form."""
    call, panel = sitting.panel.call, sitting.panel
    present = set(sitting.present.values_list("pk", flat=True))
    rows = [_application(row, opinions[row.application.pk], call) for row in ranking.rows if row.application.pk in opinions]
    return with_totals(
        {
            "call": {
                "slug": call.slug,
                "title": call.title,
                "year": call.year,
                "authority": call.authority,
                "service": call.service_name,
                "fictitious": call.fictitious,
            },
            "panel": panel.name,
            "sitting": {
                "starts_at": timezone.localtime(sitting.starts_at).isoformat(),
                "closed_at": timezone.localtime(sitting.closed_at).isoformat(),
                "place": sitting.place,
                "remarks": sitting.remarks,
                "closed_by": str(sitting.closed_by),
            },
            "members": [
                {
                    "name": str(juror.user),
                    "quality": juror.get_quality_display(),
                    "body": juror.body,
                    "voting": juror.voting,
                    "chair": juror.is_chair,
                    "present": juror.pk in present,
                }
                for juror in panel.jurors.select_related("user")
            ],
            "recusals": _recusals(sitting),
            "grid": {
                "version": grid.version,
                "criteria": [
                    {
                        "key": each.key,
                        "label": each.label,
                        "weight": str(each.weight),
                        "maximum": each.maximum,
                        "eliminatory": each.eliminatory,
                    }
                    for each in grid.criteria.all()
                ],
            },
            "method": METHOD,
            "required_reviews": panel.reviews_per_application,
            "pass_mark": str(call.pass_mark),
            "envelope": str(call.envelope),
            "applications": rows,
        }
    )


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def without(content: dict[str, Any], applications: set[str]) -> dict[str, Any]:
    """The copy of somebody recused from `applications` (public identifiers): no trace of them, ranks and totals without them."""
    rows = [dict(row) for row in content["applications"] if row["id"] not in applications]
    places = rank({row["id"]: Fraction(row["exact_note"]) for row in rows if row["rank"] is not None})
    for row in rows:
        if row["id"] in places:
            row["rank"], row["tied"] = places[row["id"]].rank, places[row["id"]].tied
    recusals = [recusal for recusal in content["recusals"] if recusal["application"] not in applications]
    return with_totals(
        {**content, "applications": rows, "recusals": recusals, "sitting": {**content["sitting"], "remarks": ""}}
    )


def with_totals(content: dict[str, Any]) -> dict[str, Any]:
    """Add what follows from the rows: cumulated amounts, totals, departures from the ranking, amounts under the request."""
    cumulated = Decimal(0)
    for row in content["applications"]:
        cumulated += Decimal(row["amount"])
        row["cumulated"] = str(cumulated)
    content["totals"] = {"proposed": str(cumulated), "remaining": str(Decimal(content["envelope"]) - cumulated)}
    return content | departures(content["applications"])


def communicable_comments(ranking: Ranking) -> dict[int, list[CriterionComments]]:
    """Comments that jurors marked communicable, by application, then criterion. The others never leave this room."""
    found: dict[int, dict[str, CriterionComments]] = defaultdict(dict)
    scores = (
        Score.objects.filter(
            review__in=counted_reviews(), review__assignment__application__in=ranking.by_application(), communicable=True
        )
        .exclude(comment="")
        .order_by("criterion__position", "review")
    )
    fields = ("review__assignment__application", "criterion__label", "comment", "value", "criterion__maximum")
    for application, label, comment, value, maximum in scores.values_list(*fields):
        kept = found[application].setdefault(label, {"criterion": label, "texts": [], "weak": []})
        kept["texts"].append(comment)
        if value * 2 < maximum:
            kept["weak"].append(comment)
    return {pk: list(labels.values()) for pk, labels in found.items()}


def _application(row: RankedApplication, opinion: Opinion, call: Call) -> dict[str, Any]:
    application, standing = row.application, row.standing
    return {
        "id": str(application.public_id),
        "number": application.number,
        "organisation": str(application.organisation),
        "title": application.title,
        "requested": str(application.requested_amount or 0),
        "cost": str(application.project_cost or 0),
        "allowed": str(
            capped(
                application.requested_amount or Decimal(0),
                application.project_cost or Decimal(0),
                ceiling=call.ceiling,
                max_rate=call.max_rate,
            )
        ),
        "note": str(row.note) if row.note is not None else None,
        "exact_note": str(standing.note) if standing.note is not None else None,
        "lowest": str(row.lowest) if row.lowest is not None else None,
        "highest": str(row.highest) if row.highest is not None else None,
        "reviews": standing.reviews,
        "means": {criterion.key: str(value) for criterion, value in row.criterion_means},
        "rank": row.rank,
        "tied": row.tied,
        "below_pass_mark": standing.below_pass_mark,
        "eliminated_by": row.eliminated_by,
        "avis": opinion.avis,
        "avis_label": opinion.get_avis_display(),
        "amount": str(opinion.proposed_amount),
        "reservations": opinion.reservations,
        "inversion_reason": opinion.inversion_reason,
    }


def _recusals(sitting: Sitting) -> list[dict[str, Any]]:
    found = (
        Recusal.objects.filter(application__call=sitting.panel.call_id, application__state__in=BEFORE_THE_JURY)
        .select_related("user", "application__organisation")
        .order_by("application__organisation__sort_key", "user__last_name", "pk")
    )
    stated = [_absence(str(each.user), each.application, each.ground, each.since) for each in found]
    return stated + _own_organisations(sitting)


def _own_organisations(sitting: Sitting) -> list[dict[str, Any]]:
    """Members of the jury who belong to a candidate organisation: kept away without having to declare anything."""
    belonging, jurors = memberships(sitting.panel), list(sitting.panel.jurors.select_related("user"))
    applications = (
        Application.objects.filter(call=sitting.panel.call_id, state__in=BEFORE_THE_JURY)
        .select_related("organisation")
        .order_by("organisation__sort_key", "pk")
    )
    recused = set(Recusal.objects.filter(application__in=applications).values_list("user", "application"))
    since = {
        (user, organisation): at
        for user, organisation, at in Membership.objects.filter(user__jurors__panel=sitting.panel).values_list(
            "user", "organisation", "created_at"
        )
    }
    return [
        _absence(str(juror.user), application, OWN_ORGANISATION, since[juror.user_id, application.organisation_id])
        for application in applications
        for juror in jurors
        if application.pk in belonging.get(juror.pk, set()) and (juror.user_id, application.pk) not in recused
    ]


def _absence(person: str, application: Application, ground: str, since: datetime) -> dict[str, Any]:
    return {
        "person": person,
        "application": str(application.public_id),
        "number": application.number,
        "organisation": str(application.organisation),
        "ground": ground,
        "since": timezone.localtime(since).isoformat(),
    }
