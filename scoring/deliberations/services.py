"""Hold the sitting: plan, attendance, opinions, and the closing that freezes everything."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from aap import clock
from aap.applications.models import Application
from aap.applications.states import State
from aap.decisions.models import Avis
from aap.decisions.rules import hidden_count
from aap.decisions.services import record_recommendation
from aap.errors import DomainError
from aap.history.services import record
from aap.moments import french_moment
from aap.money import euros
from aap.people.models import User
from aap.queue import defer
from scoring.deliberations import minutes as writing
from scoring.deliberations.models import Minutes, Opinion, Sitting
from scoring.deliberations.selectors import Ranking, full_ranking, inversions, opinions_of, undecided
from scoring.grids.selectors import current_grid
from scoring.panels.models import Juror, Panel
from scoring.panels.rules import may_manage, may_run

FUNDED = (Avis.FAVOURABLE, Avis.RESERVED)


class StaleOpinion(DomainError):
    """Somebody else recorded this opinion since it was read."""


@transaction.atomic
def plan_sitting(panel: Panel, *, by: User, starts_at: datetime, place: str) -> Sitting:
    """Set the date and place of the sitting; planning again moves the sitting that is not closed."""
    if not may_manage(by):
        raise DomainError("Seul le secrétariat du jury fixe la séance.")
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if panel.closed_at:
        raise DomainError("Le procès-verbal de ce jury est établi : il n’y a plus de séance à prévoir.")
    sitting, _created = Sitting.objects.update_or_create(
        panel=panel, state=Sitting.State.PLANNED, defaults={"starts_at": starts_at, "place": place.strip()}
    )
    record(panel.chain, "sitting_planned", by=by, sitting=str(sitting.public_id), starts_at=starts_at)
    return sitting


@transaction.atomic
def record_attendance(sitting: Sitting, *, by: User, present: Iterable[Juror], remarks: str = "") -> Sitting:
    """Who sits today, and what the minutes should mention."""
    sitting = _locked(sitting, by)
    jurors = list(present)
    if any(juror.panel_id != sitting.panel_id for juror in jurors):
        raise DomainError("Cette personne n’est pas membre de ce jury.")
    sitting.present.set(jurors)
    sitting.remarks = remarks.strip()
    sitting.save(update_fields=["remarks"])
    record(sitting.panel.chain, "attendance_recorded", by=by, present=sorted(str(juror.public_id) for juror in jurors))
    return sitting


@transaction.atomic
def record_opinion(
    sitting: Sitting,
    application: Application,
    *,
    by: User,
    avis: str,
    proposed_amount: Decimal = Decimal(0),
    reservations: str = "",
    inversion_reason: str = "",
    seen: datetime | None = None,
    check_seen: bool = False,
) -> Opinion:
    """Record, or change until the closing, the jury's opinion on one application.

    With `check_seen`, `seen` is when the opinion that was on screen had been recorded (None: there was none): another
    one recorded meanwhile is refused rather than overwritten.
    """
    sitting = _locked(sitting, by)
    application = _before_the_sitting(sitting, application, by)
    _check_opinion(sitting.panel, avis, proposed_amount, reservations, application)
    values = {
        "avis": avis, "proposed_amount": proposed_amount if avis in FUNDED else Decimal(0),
        "reservations": reservations.strip(), "inversion_reason": inversion_reason.strip(),
    }  # fmt: skip
    stored = Opinion.objects.filter(sitting=sitting, application=application).first()
    if stored and all(getattr(stored, name) == value for name, value in values.items()):
        return stored
    if check_seen and (stored.recorded_at if stored else None) != seen:
        raise StaleOpinion(
            "Cet avis vient d’être enregistré par quelqu’un d’autre. Votre saisie est ci-dessous : vérifiez, puis enregistrez de nouveau."
        )
    values |= {"recorded_at": clock.now(), "recorded_by": by}
    opinion, _created = Opinion.objects.update_or_create(sitting=sitting, application=application, defaults=values)
    record(
        sitting.panel.chain, "opinion_recorded", by=by,
        application=str(application.public_id), avis=avis, amount=str(opinion.proposed_amount),
    )  # fmt: skip
    return opinion


@transaction.atomic
def close_sitting(sitting: Sitting, *, by: User) -> Minutes:
    """Freeze the opinions in minutes and hand each one over to the decisions. Closing again returns the same minutes."""
    panel = Panel.objects.select_for_update().get(pk=sitting.panel_id)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not may_run(by, panel):
        raise DomainError("Seuls la présidence et le secrétariat du jury closent la séance.")
    if sitting.state == Sitting.State.CLOSED:
        return sitting.minutes
    if clock.now() < sitting.starts_at:
        raise DomainError(
            f"La séance commence le {french_moment(sitting.starts_at)} : elle ne peut pas être close avant. "
            "Si elle a eu lieu plus tôt, le secrétariat corrige d’abord sa date."
        )
    sitting.panel = panel
    # Withdrawals wait until the minutes are written: what they say is true at the minute they bear.
    admissible = list(Application.objects.select_for_update().filter(call=panel.call_id, state=State.ADMISSIBLE).order_by("pk"))
    ranking = full_ranking(panel)
    opinions = opinions_of(sitting, [application.pk for application in admissible])
    _check_closing(sitting, ranking, opinions, by)
    sitting.state, sitting.closed_at, sitting.closed_by = Sitting.State.CLOSED, clock.now(), by
    sitting.save(update_fields=["state", "closed_at", "closed_by"])
    panel.closed_at = sitting.closed_at
    panel.save(update_fields=["closed_at"])
    return _write_minutes(sitting, ranking, opinions, by)


def _write_minutes(sitting: Sitting, ranking: Ranking, opinions: dict[int, Opinion], by: User) -> Minutes:
    grid = current_grid(sitting.panel.call)
    if grid is None:
        raise DomainError("Cet appel n’a pas de grille de notation : le procès-verbal ne peut pas être établi.")
    content = writing.build(sitting, ranking, opinions, grid)
    minutes = Minutes.objects.create(sitting=sitting, content=content, sha256=writing.digest(content), drawn_up_at=clock.now())
    comments = writing.communicable_comments(ranking)
    for row in ranking.rows:
        opinion = opinions.get(row.application.pk)
        if opinion is None:
            continue
        record_recommendation(
            row.application,
            avis=opinion.avis,
            score=row.note,
            exact_score=str(row.standing.note) if row.standing.note is not None else "",
            rank=row.rank,
            tied=row.tied,
            proposed_amount=opinion.proposed_amount,
            reservations=opinion.reservations,
            comments=comments.get(row.application.pk, []),
            grid_version=grid.version,
            sitting_on=timezone.localtime(sitting.starts_at).date(),
            minutes_sha256=minutes.sha256,
        )
    record(sitting.panel.chain, "sitting_closed", by=by, sitting=str(sitting.public_id), sha256=minutes.sha256)
    defer("scoring.draw_up_minutes", minutes_id=minutes.pk)
    return minutes


def _locked(sitting: Sitting, by: User) -> Sitting:
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("panel__call").get(pk=sitting.pk)
    if not may_run(by, sitting.panel):
        raise DomainError("Seuls la présidence et le secrétariat du jury tiennent la séance.")
    if sitting.state == Sitting.State.CLOSED:
        raise DomainError("La séance est close : son procès-verbal ne change plus.")
    return sitting


def _before_the_sitting(sitting: Sitting, application: Application, by: User) -> Application:
    """The application, read again: withdrawn, or examined outside the person's presence, it gets no opinion from them."""
    current = Application.objects.not_recused(by).filter(pk=application.pk, call=sitting.panel.call_id).first()
    if current and current.state != State.ADMISSIBLE:
        raise DomainError("Ce dossier n’est plus soumis au jury : il a été retiré ou déjà décidé.")
    if current is None or not Application.objects.visible_to(by).filter(pk=current.pk).exists():
        raise DomainError("Ce dossier est examiné hors de votre présence : le secrétariat y enregistre l’avis.")
    return current


def _check_opinion(panel: Panel, avis: str, amount: Decimal, reservations: str, application: Application) -> None:
    if avis not in Avis.values:
        raise DomainError("Choisissez un avis.")
    if avis == Avis.RESERVED and not reservations.strip():
        raise DomainError("Un avis favorable avec réserve dit laquelle.")
    if avis not in FUNDED:
        return
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise DomainError("Un avis favorable propose un montant supérieur à zéro, au centime près.")
    if application.requested_amount is not None and amount > application.requested_amount:
        raise DomainError(f"Le montant proposé dépasse le montant demandé ({euros(application.requested_amount)}).")
    if panel.call.ceiling is not None and amount > panel.call.ceiling:
        raise DomainError(f"Le montant proposé dépasse le plafond de l’appel ({euros(panel.call.ceiling)}).")


def _check_closing(sitting: Sitting, ranking: Ranking, opinions: dict[int, Opinion], by: User) -> None:
    """Refuse to close with a sentence that says what remains, without naming what the person may not see."""
    aside = hidden_count(by, sitting.panel.call) > 0
    if not sitting.present.exists():
        raise DomainError("Indiquez d’abord les membres présents.")
    if not opinions:
        raise DomainError("Aucun avis n’est enregistré.")
    left = undecided(sitting)
    visible = list(Application.objects.visible_to(by).filter(pk__in=left).values_list("number", flat=True).order_by("number"))
    if visible:
        raise DomainError(
            f"Il manque un avis pour {len(visible)} dossier{'s' if len(visible) > 1 else ''} : {', '.join(visible)}."
        )
    if left.exists():
        raise DomainError(
            "Il manque un avis sur un dossier examiné hors de votre présence. Demandez au secrétariat de l’enregistrer."
        )
    total, envelope = sum((opinion.proposed_amount for opinion in opinions.values()), Decimal(0)), sitting.panel.call.envelope
    if total > envelope:
        if aside:
            raise DomainError(
                "Le total proposé dépasse l’enveloppe. Demandez au secrétariat, qui voit tous les dossiers, de combien."
            )
        raise DomainError(
            f"Le total proposé dépasse l’enveloppe de {euros(total - envelope)}. Réduisez un ou plusieurs montants."
        )
    unexplained = [pk for pk in inversions(ranking, opinions.values()) if not opinions[pk].inversion_reason]
    if unexplained:
        numbers = (
            Application.objects.visible_to(by).filter(pk__in=unexplained).order_by("number").values_list("number", flat=True)
        )
        named = f" : {', '.join(numbers)}" if numbers else ", sur un dossier examiné hors de votre présence"
        raise DomainError(f"Un dossier mieux classé qu’un dossier aidé reste sans montant. Écrivez-en le motif{named}.")
