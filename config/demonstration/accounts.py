"""One sign-in for each role, printed by `make run`. For a demonstration only: the password is public."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from aap.people.models import Role, User
from aap.people.services import grant_role

PASSWORD = "demonstration-2025"  # noqa: S105 - public on purpose


@dataclass(frozen=True)
class Account:
    """`first_task`: what the person finds to do at the first sign-in, in French, for the list that is printed."""

    label: str
    email: str
    first_name: str
    last_name: str
    job_title: str
    role: Role | None
    first_task: str


ACCOUNTS = (
    Account("Structure candidate", "association@exemple.fr", "Camille", "Fabre", "", None, "finir un brouillon, lire une décision"),
    Account(
        "Instruction", "instruction@exemple.fr", "Hélène", "Barral", "Chargée de mission inclusion numérique", Role.OFFICER,
        "instruire un dossier déposé",
    ),
    Account("Jury", "jury@exemple.fr", "Patrick", "Allemand", "Conseiller départemental", Role.JUROR, "noter un dossier"),
    Account(
        "Présidence du jury", "presidence@exemple.fr", "Geneviève", "Roussel", "Vice-présidente chargée des solidarités", Role.CHAIR,
        "préparer la séance de demain",
    ),
    Account("Communication – contribution", "redaction@exemple.fr", "Julie", "Tardieu", "", Role.CONTRIBUTOR, "écrire une actualité"),
    Account("Communication – publication", "publication@exemple.fr", "Thomas", "Giraud", "", Role.PUBLISHER, "publier une page"),
    Account("Administration", "administration@exemple.fr", "Anne", "Reynaud", "", Role.ADMINISTRATOR, "gérer les comptes"),
)  # fmt: skip


def demonstration_account(email: str) -> User:
    """The person of this printed account, created once, address verified, with its role."""
    account = next(account for account in ACCOUNTS if account.email == email)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email, PASSWORD, first_name=account.first_name, last_name=account.last_name, job_title=account.job_title
        )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if account.role and not user.has_role(account.role):
        grant_role(user, account.role, by=None)
    return user


def create_accounts() -> None:
    """Every printed account exists."""
    for account in ACCOUNTS:
        demonstration_account(account.email)


def table() -> str:
    """The accounts as aligned lines, for a terminal."""
    width = max(len(account.label) for account in ACCOUNTS)
    lines = [f"  {account.label:<{width}}  {account.email:<28}  {account.first_task}" for account in ACCOUNTS]
    return "\n".join([f"Comptes de démonstration, mot de passe : {PASSWORD}", *lines])
