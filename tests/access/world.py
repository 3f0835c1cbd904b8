"""The people and the objects of the access matrix. An object is made the first time a route asks for it."""

from datetime import timedelta
from decimal import Decimal
from functools import cached_property

import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

from aap import clock
from aap.applications.deposited import deposited_content
from aap.applications.models import Application, Receipt, Recusal, SupportingDocument
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Avis, DecisionLetter, Outcome, Release, Resolution
from aap.files.storage import opaque_name, private_storage
from aap.organisations.models import MemberRole, Membership, Organisation
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.deliberations import services as deliberations
from scoring.deliberations.models import Minutes, Sitting
from scoring.panels import services as panels
from scoring.panels.models import Panel
from scoring.reviews.models import Review
from scoring.reviews.services import submit as submit_review
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory, DocumentRequirementFactory
from tests.factories.decisions import decided, prepared, released
from tests.factories.organisations import MembershipFactory
from tests.factories.people import (
    AdministratorFactory,
    ChairFactory,
    ContributorFactory,
    JurorFactory,
    OfficerFactory,
    PublisherFactory,
    UserFactory,
)
from tests.factories.scoring import GRID, INTEREST, NONE, admissible, entrust, fill, make_juror, make_panel
from tests.worker import run_jobs


class World:
    """Twelve people around one association, its applications, a jury at work and a call that is over."""

    def __init__(self) -> None:
        self.people: dict[str, User | AnonymousUser] = {
            "anonymous": AnonymousUser(),
            "applicant": UserFactory(),
            "other_applicant": MembershipFactory().user,
            "officer": OfficerFactory(),
            "recused_officer": OfficerFactory(),
            "juror": JurorFactory(),
            "unassigned_juror": JurorFactory(),
            "recused_juror": JurorFactory(),
            "chair": ChairFactory(),
            "contributor": ContributorFactory(),
            "publisher": PublisherFactory(),
            "administrator": AdministratorFactory(),
        }

    # The association ---------------------------------------------------------------------------
    @cached_property
    def organisation(self) -> Organisation:
        """The applicant's."""
        return MembershipFactory(user=self.people["applicant"], role=MemberRole.ADMINISTRATOR).organisation

    def _application(self, state: State, call: Call | None = None) -> Application:
        application = make_application(state=state, call=call or self.call, organisation=self.organisation)
        self._recuse(application)
        return application

    def _recuse(self, application: Application) -> None:
        officer = self.people["recused_officer"]
        Recusal.objects.create(application=application, user=officer, ground="Lien familial", recorded_by=officer)

    @cached_property
    def call(self) -> Call:
        """Open."""
        return CallFactory()

    @cached_property
    def draft(self) -> Application:
        return self._application(State.DRAFT)

    @cached_property
    def submitted(self) -> Application:
        return self._application(State.SUBMITTED)

    @cached_property
    def examining(self) -> Application:
        return self._application(State.EXAMINING)

    @cached_property
    def receipt(self) -> Receipt:
        """Of the application deposited."""
        version = self.submitted.versions.get()
        content = deposited_content(self.submitted)
        with pgtrigger.ignore():
            type(version).objects.filter(pk=version.pk).update(content=content)
        return Receipt.objects.create(
            application=self.submitted,
            version=version,
            issued_at=clock.now(),
            implicit_refusal_on=clock.today() + timedelta(days=60),
        )

    def _document(self, application: Application) -> SupportingDocument:
        stored = private_storage().save(opaque_name("pieces", "pdf"), ContentFile(b"%PDF-1.7\n"))
        return SupportingDocument.objects.create(
            application=application,
            requirement=DocumentRequirementFactory(call=application.call),
            file=stored,
            original_name="statuts.pdf",
            content_type="application/pdf",
            size=9,
            sha256="0" * 64,
            uploaded_by=self.people["applicant"],
        )

    @cached_property
    def draft_document(self) -> SupportingDocument:
        return self._document(self.draft)

    @cached_property
    def examined_document(self) -> SupportingDocument:
        return self._document(self.examining)

    # The jury ----------------------------------------------------------------------------------
    @cached_property
    def panel(self) -> Panel:
        """Four members: the chair, one assigned, one not, one who stepped aside."""
        panel = make_panel(call=CallFactory(closes_at=clock.now() - timedelta(days=5)), by=self.people["officer"])
        for name in ("juror", "unassigned_juror", "recused_juror"):
            make_juror(panel, user=self.people[name])
        make_juror(panel, user=self.people["chair"], is_chair=True)
        return panel

    @cached_property
    def assignment(self) -> Assignment:
        """The juror's, on an application from which another member stepped aside."""
        application = admissible(self.panel, organisation=self.organisation)
        self._recuse(application)
        aside = self.panel.jurors.get(user=self.people["recused_juror"])
        panels.declare(aside, application, by=aside.user, answer=INTEREST, detail="Membre du bureau")
        chair = self.panel.jurors.get(user=self.people["chair"])
        panels.declare(chair, application, by=chair.user, answer=NONE)
        return entrust(self.panel.jurors.get(user=self.people["juror"]), application)

    @cached_property
    def reviewed_document(self) -> SupportingDocument:
        return self._document(self.assignment.application)

    @cached_property
    def submitted_review(self) -> Review:
        """The juror's, handed in."""
        fill(self.assignment, [4] * len(GRID))
        return submit_review(self.assignment, by=self.people["juror"])

    @cached_property
    def sitting(self) -> Sitting:
        return Sitting.objects.create(panel=self.panel, starts_at=clock.now(), place="Hôtel du Département")

    @cached_property
    def minutes(self) -> Minutes:
        """Of a sitting where the jurors were, on the one application, scored by the one assigned."""
        officer = self.people["officer"]
        fill(self.assignment, [4] * len(GRID))
        submit_review(self.assignment, by=self.people["juror"])
        sitting = deliberations.plan_sitting(self.panel, by=officer, starts_at=clock.now(), place="Hôtel du Département")
        deliberations.record_attendance(sitting, by=officer, present=list(self.panel.jurors.all()))
        deliberations.record_opinion(
            sitting, self.assignment.application, by=officer, avis=Avis.FAVOURABLE, proposed_amount=Decimal(5000)
        )
        minutes = deliberations.close_sitting(sitting, by=officer)
        run_jobs()
        minutes.refresh_from_db()
        return minutes

    # The decision ------------------------------------------------------------------------------
    def _share(self, resolution: Resolution) -> Application:
        application = resolution.decisions.get().application
        Membership.objects.create(
            organisation=application.organisation, user=self.people["applicant"], role=MemberRole.ADMINISTRATOR
        )
        self._recuse(application)
        return application

    @cached_property
    def resolution(self) -> Resolution:
        """Recorded, letters not yet prepared."""
        resolution = decided((Outcome.AWARDED,), by=self.people["officer"])
        self._share(resolution)
        return resolution

    @cached_property
    def release(self) -> Release:
        """Letters ready, not released: the applicant must not know."""
        release = prepared((Outcome.AWARDED,), by=self.people["officer"])
        self._share(release.resolution)
        return release

    @cached_property
    def released(self) -> Release:
        release = released((Outcome.AWARDED,), by=self.people["officer"])
        self._share(release.resolution)
        return release

    @cached_property
    def letter(self) -> DecisionLetter:
        """Ready, not released."""
        return DecisionLetter.objects.get(decision__release=self.release)
