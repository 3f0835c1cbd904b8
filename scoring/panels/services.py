"""Compose a jury; declare interests; step aside."""

from datetime import date

from django.db import transaction

from aap import clock
from aap.applications.models import Application, Recusal
from aap.calls.models import Call
from aap.errors import DomainError
from aap.history.services import record
from aap.mail.services import absolute, send
from aap.organisations.models import Membership
from aap.people.models import Role, User
from aap.people.services import grant_role, open_account, revoke_role
from scoring.panels.models import InterestDeclaration, Juror, LiftedRecusal, Panel
from scoring.panels.rules import may_manage
from scoring.panels.seating import account_of, is_own_address
from scoring.panels.states import BEFORE_THE_JURY

CLOSED = "Le procès-verbal de ce jury est établi : plus rien n’y change."
NOT_BEFORE_IT = "Ce dossier n’est pas soumis à ce jury."


def open_panel(
    call: Call, *, by: User, name: str = "Jury", reviews_per_application: int = 3, reviews_due_on: date | None = None
) -> Panel:
    """Create the jury of a call, or return it."""
    _require_secretariat(by)
    with transaction.atomic():
        panel, created = Panel.objects.get_or_create(
            call=call,
            defaults={"name": name, "reviews_per_application": reviews_per_application, "reviews_due_on": reviews_due_on},
        )
        if created:
            record(panel.chain, "panel_opened", by=by, call=call.pk)
    return panel


@transaction.atomic
def set_up(panel: Panel, *, by: User, reviews_per_application: int, reviews_due_on: date | None) -> Panel:
    """Change how many reviews an application needs, and when they are due."""
    _require_secretariat(by)
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    _require_open(panel)
    panel.reviews_per_application, panel.reviews_due_on = reviews_per_application, reviews_due_on
    panel.save(update_fields=["reviews_per_application", "reviews_due_on"])
    record(panel.chain, "panel_set_up", by=by, reviews_per_application=reviews_per_application, reviews_due_on=reviews_due_on)
    return panel


@transaction.atomic
def add_juror(
    panel: Panel,
    *,
    by: User,
    email: str,
    first_name: str = "",
    last_name: str = "",
    quality: str = Juror.Quality.PARTNER,
    body: str = "",
    voting: bool = True,
    is_chair: bool = False,
) -> Juror:
    """Give a seat to the person of this address, with an account if there is none yet, and tell them by mail."""
    _require_secretariat(by)
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    _require_open(panel)
    user = account_of(email)
    if user == by or is_own_address(email, by):
        raise DomainError("On ne se donne pas un siège à soi-même. Demandez à une autre personne du service de vous ajouter.")
    if user is None:
        if not (first_name.strip() and last_name.strip()):
            raise DomainError("Cette personne n’a pas encore de compte : donnez son prénom et son nom.")
        # Typed by somebody else: the person proves the address by a code at the first sign-in.
        user = open_account(email, first_name=first_name, last_name=last_name, verified=False, by=by)
    if not user.is_active:
        raise DomainError(f"Le compte de {user} est fermé. Demandez à l’administration du site de le rouvrir.")
    if panel.jurors.filter(user=user).exists():
        raise DomainError(f"{user} est déjà membre de ce jury.")
    if is_chair and panel.jurors.filter(is_chair=True).exists():
        raise DomainError("Ce jury a déjà une présidence. Retirez-la d’abord à la personne qui l’exerce.")
    juror = Juror.objects.create(panel=panel, user=user, quality=quality, body=body, voting=voting, is_chair=is_chair)
    grant_role(user, Role.CHAIR if is_chair else Role.JUROR, by=by)
    record(panel.chain, "juror_added", by=by, juror=str(juror.public_id), chair=is_chair, voting=voting)
    send(
        "jury_invitation",
        to=user.email,
        context={
            "person": user,
            "panel": panel,
            "call": panel.call,
            "chair": is_chair,
            "has_password": user.has_usable_password(),
            "link": absolute("/jury/"),
        },
        key=f"jury-invitation:{juror.public_id}",
        chain=panel.chain,
    )
    return juror


@transaction.atomic
def remove_juror(juror: Juror, *, by: User) -> None:
    """Take back a seat that has not been used: afterwards it belongs to the minutes."""
    _require_secretariat(by)
    panel = Panel.objects.select_for_update().get(pk=juror.panel_id)
    _require_open(panel)
    if juror.declarations.exists() or juror.assignments.exists():
        raise DomainError(
            f"{juror} a déjà déclaré ses intérêts ou reçu des dossiers : retirez-lui ses dossiers, son siège reste au procès-verbal."
        )
    record(panel.chain, "juror_removed", by=by, juror=str(juror.public_id))
    user, role, chaired = juror.user, Role.CHAIR if juror.is_chair else Role.JUROR, juror.is_chair
    juror.delete()
    if not Juror.objects.filter(user=user, is_chair=chaired).exists():
        # The last seat of that kind: what it opened closes with it.
        revoke_role(user, role, by=by)


@transaction.atomic
def declare(juror: Juror, application: Application, *, by: User, answer: str, detail: str = "") -> InterestDeclaration:
    """Record what a juror says of an application before reading it. An interest recuses, at once and everywhere.

    An interest may be found after « none »; going back is the secretariat's (`lift_recusal`).
    """
    if by != juror.user:
        raise DomainError("Chaque membre du jury déclare lui-même ses intérêts.")
    # The juror's row serialises two tabs that would declare at the same time.
    juror = Juror.objects.select_for_update(of=("self",)).select_related("panel", "user").get(pk=juror.pk)
    _require_before(juror.panel, application)
    if _is_member(juror.user, application):
        # The same sentence as for an application of another call: a member's own is absent here.
        raise DomainError(NOT_BEFORE_IT)
    detail = detail.strip()
    if answer == InterestDeclaration.Answer.INTEREST and not detail:
        raise DomainError("Dites en quelques mots de quel intérêt il s’agit : le procès-verbal en a besoin.")
    declaration = juror.declarations.filter(application=application).first()
    if declaration and declaration.answer == InterestDeclaration.Answer.INTEREST:
        if answer == InterestDeclaration.Answer.INTEREST:
            return declaration
        raise DomainError("Votre déport est enregistré pour ce dossier. Si c’est une erreur, écrivez au secrétariat du jury.")
    declaration, _created = InterestDeclaration.objects.update_or_create(
        juror=juror,
        application=application,
        defaults={
            "answer": answer,
            "detail": detail if answer == InterestDeclaration.Answer.INTEREST else "",
            "declared_at": clock.now(),
        },
    )
    record(
        juror.panel.chain,
        "interest_declared",
        by=by,
        juror=str(juror.public_id),
        application=str(application.public_id),
        answer=answer,
    )
    if answer == InterestDeclaration.Answer.INTEREST:
        _step_aside(application, juror.user, ground=detail, by=by)
    return declaration


@transaction.atomic
def recuse(application: Application, user: User, *, by: User, ground: str) -> Recusal:
    """Keep a person away from an application: oneself, or anybody when the secretariat decides it."""
    if by != user:
        _require_secretariat(by)
    if not ground.strip():
        raise DomainError("Dites en quelques mots le motif du déport.")
    return _step_aside(application, user, ground=ground.strip(), by=by)


@transaction.atomic
def lift_recusal(application: Application, user: User, *, by: User, reason: str) -> LiftedRecusal:
    """End a recusal recorded by mistake. The person declares again; both acts stay in the history."""
    _require_secretariat(by)
    if by == user:
        raise DomainError("Une autre personne du secrétariat doit lever votre déport.")
    if not reason.strip():
        raise DomainError("Dites pourquoi le déport est levé : l’historique le garde.")
    if not Application.objects.visible_to(by).filter(pk=application.pk).exists():
        raise DomainError("Vous ne pouvez pas agir sur ce dossier.")
    if Panel.objects.filter(call=application.call_id, closed_at__isnull=False).exists():
        raise DomainError(CLOSED)
    recusal = Recusal.objects.select_for_update().filter(application=application, user=user).first()
    if recusal is None:
        raise DomainError("Il n’y a pas de déport à lever pour cette personne.")
    if _is_member(user, application):
        raise DomainError(f"{user} est membre de la structure candidate : le dossier lui reste fermé.")
    lifted = LiftedRecusal.objects.create(
        application=application, user=user, ground=recusal.ground, since=recusal.since,
        reason=reason.strip(), lifted_by=by, lifted_at=clock.now(),
    )  # fmt: skip
    recusal.delete()
    InterestDeclaration.objects.filter(juror__user=user, application=application).delete()
    record(application.chain, "recusal_lifted", by=by, user=str(user.public_id), lifted=lifted.pk)
    if user.jurors.filter(panel__call=application.call_id).exists():
        send(
            "recusal_lifted",
            to=user.email,
            context={
                "person": user,
                "call": application.call,
                "organisation": application.organisation,
                "reason": lifted.reason,
                "link": absolute(f"/jury/{application.call.slug}/interets/"),
            },
            key=f"recusal-lifted:{lifted.pk}",
            chain=application.chain,
        )
    return lifted


def _step_aside(application: Application, user: User, *, ground: str, by: User) -> Recusal:
    recusal, created = Recusal.objects.get_or_create(
        application=application, user=user, defaults={"ground": ground, "since": clock.now(), "recorded_by": by}
    )
    application.assignments.filter(juror__user=user, removed_at__isnull=True).update(removed_at=clock.now())
    if created:
        record(application.chain, "recusal_recorded", by=by, user=str(user.public_id))
    return recusal


def _require_secretariat(by: User) -> None:
    if not may_manage(by):
        raise DomainError("Seul le secrétariat du jury peut faire cela.")


def _require_open(panel: Panel) -> None:
    if panel.closed_at:
        raise DomainError(CLOSED)


def _require_before(panel: Panel, application: Application) -> None:
    current = Application.objects.get(pk=application.pk)
    if current.call_id != panel.call_id or current.state not in BEFORE_THE_JURY:
        raise DomainError(NOT_BEFORE_IT)


def _is_member(user: User, application: Application) -> bool:
    return Membership.objects.filter(user=user, organisation=application.organisation_id).exists()
