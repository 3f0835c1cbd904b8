"""What is measured: the call page, a deposit, the officers' list, a letter."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from weasyprint import CSS, HTML

from aap import clock
from aap.applications import services as applications
from aap.applications.models import Application, DepositedVersion
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import DecisionLetter
from aap.organisations.models import Organisation
from aap.pdf.rendering import STATIC_SCHEME, StaticOnlyFetcher, html_to_pdf
from aap.people.models import User
from aap.text import sort_key
from cms.pages.models import CallPage
from config.benchmarks.measuring import Row, row
from config.benchmarks.urls import DO_NOTHING
from config.demonstration.cast import fictitious_siret
from config.demonstration.play import Play

LIST_SIZES = (100, 1000, 5000)
LETTER_SHEETS = ("css/pdf/letter.css",)
URLCONF = override_settings(ROOT_URLCONF="config.benchmarks.urls", SECOND_FACTOR_REQUIRED=False)


def page(client: Client, path: str) -> None:
    """One request; anything but 200 is no measure."""
    answer = client.get(path, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} a répondu {answer.status_code}")
    if answer.streaming:
        answer.getvalue()


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def call_page(call: Call) -> Row:
    """The public page of a call, for an anonymous visitor."""
    client = Client()
    path = CallPage.objects.get(call=call).get_url()
    with URLCONF:
        return row("page de l’appel", 1, lambda: page(client, path), lambda: page(client, DO_NOTHING), repeat=30)


def deposit(play: Play, *, repeat: int = 20) -> Row:
    """One deposit of a complete draft, beside a bare INSERT of one row of the same table."""
    drafts = iter(Application.objects.filter(call=play.call, state=State.DRAFT).order_by("pk"))

    def one() -> None:
        application = next(drafts)
        applications.submit(application, by=play.projects[application.pk].member, arrived_at=clock.now())

    numbers = count(1_000_000)
    template = Application.objects.filter(call=play.call).order_by("pk").first()

    def bare() -> None:
        Application.objects.bulk_create([_copy(template, next(numbers), state=State.DRAFT)])

    return row("dépôt d’un dossier", 1, one, bare, repeat=repeat, once=True)


def officers_list(call: Call, officer: User) -> Iterator[Row]:
    """The list of applications of a call, at several sizes: the cost must not follow the size."""
    path = reverse("desk:call", args=[call.slug])
    client = signed_in(officer)
    present = Application.objects.filter(call=call, number__isnull=False).count()
    for size in LIST_SIZES:
        _fill(call, size - present)
        present = max(present, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE aap_application")
        with URLCONF:
            yield row("liste des dossiers", size, lambda: page(client, path), lambda: page(client, DO_NOTHING), repeat=15)


def letter() -> Row:
    """One letter from its HTML, beside a bare WeasyPrint call on the same HTML and style sheets."""
    html = DecisionLetter.objects.order_by("pk").values_list("html", flat=True)[0]
    return row("lettre PDF", 1, lambda: html_to_pdf(html, stylesheets=LETTER_SHEETS), lambda: _bare_pdf(html), repeat=15)


def _bare_pdf(html: str) -> bytes:
    """What anyone would write first: style sheets and fonts read again for each document, no tag, no archive."""
    fetcher = StaticOnlyFetcher()
    sheets = [CSS(url=f"{STATIC_SCHEME}{name}", url_fetcher=fetcher) for name in ("css/pdf/base.css", *LETTER_SHEETS)]
    return HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=fetcher).write_pdf(stylesheets=sheets)


def _copy(template: Application, index: int, *, state: str) -> Application:
    return Application(
        call=template.call,
        organisation=template.organisation,
        questionnaire_version=template.questionnaire_version,
        created_by=template.created_by,
        title=template.title,
        title_key=sort_key(template.title),
        theme=template.theme,
        commune=template.commune,
        requested_amount=template.requested_amount,
        project_cost=template.project_cost,
        state=state,
        number=None if state == State.DRAFT else f"B-{index}",
        submitted_at=None if state == State.DRAFT else clock.now() - timedelta(minutes=index % 5000),
    )


def _fill(call: Call, missing: int) -> None:
    """Insert deposited applications until the list has its size; each with its organisation, as in real life."""
    template = Application.objects.filter(call=call, number__isnull=False).order_by("pk").first()
    first = Organisation.objects.count()
    organisations = [_organisation(first + index) for index in range(max(0, missing))]
    organisations = Organisation.objects.bulk_create(organisations)
    copies = []
    for index, organisation in enumerate(organisations):
        copy = _copy(template, first + index, state=State.SUBMITTED)
        copy.organisation = organisation
        copies.append(copy)
    made = Application.objects.bulk_create(copies)
    DepositedVersion.objects.bulk_create(
        DepositedVersion(
            application=application,
            content={},
            sha256="0" * 64,
            deposited_at=application.submitted_at,
            deposited_by=application.created_by,
        )
        for application in made
    )


def _organisation(index: int) -> Organisation:
    name = f"Association du banc d’essai n° {index}"
    return Organisation(
        siret=fictitious_siret(10_000 + index), name=name, sort_key=sort_key(name), address="1, rue de la République",
        postcode="84000", city="Avignon", representative_name="Anne Martin", fictitious=True,
    )  # fmt: skip
