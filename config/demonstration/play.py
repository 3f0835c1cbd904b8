"""Play a call, stage after stage, each at its own date, through the services that the views call."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from aap import clock
from aap.applications import services as applications
from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call, EligibilityRule
from aap.decisions import services as decisions
from aap.decisions.models import Avis, Outcome, Release, Resolution
from aap.decisions.suggestions import suggest
from aap.examination import services as examination
from aap.examination.models import EligibilityCheck
from aap.organisations.models import MemberRole, Membership
from aap.people.models import User
from config.demonstration import jury
from config.demonstration.answers import fill
from config.demonstration.material import RESERVATIONS
from config.demonstration.projects import Fate, Project
from config.demonstration.schedule import Schedule, at
from config.demonstration.worker import run_waiting_jobs
from scoring.deliberations.selectors import full_ranking, proposals
from scoring.deliberations.services import close_sitting, plan_sitting, record_attendance, record_opinion
from scoring.panels.models import Panel
from scoring.panels.services import open_panel

NOTHING = Decimal(0)
MET, NOT_MET = EligibilityCheck.Outcome.MET, EligibilityCheck.Outcome.NOT_MET
REASONS = {
    Fate.INADMISSIBLE: "Les comptes du dernier exercice clos n’ont pas été fournis : la pièce jointe est illisible.",
    Fate.INELIGIBLE: "Le projet présenté est une dépense d’investissement, que l’appel à projets ne finance pas.",
}


@dataclass
class Play:
    """One call being played. `projects` by application primary key, in the order of the organisations."""

    call: Call
    schedule: Schedule
    random: Random
    cast: list[Project]
    officers: list[User]
    projects: dict[int, Project] = field(default_factory=dict)

    @property
    def officer(self) -> User:
        return self.officers[0]

    def _applications(self, *states: State) -> list[Application]:
        found = Application.objects.filter(call=self.call, state__in=states).select_related("call", "organisation", "theme")
        return sorted(found, key=lambda application: application.organisation.siret)

    def give_first_project_to(self, member: User, *, fate: Fate, quality: float) -> None:
        """Make the first project that of `member`, who joins its organisation, with this end and this true quality."""
        first = replace(self.cast[0], member=member, fate=fate, quality=quality)
        Membership.objects.get_or_create(
            organisation=first.organisation, user=member, defaults={"role": MemberRole.ADMINISTRATOR}
        )
        self.cast[0] = first

    def set_fates(self, fates: dict[int, Fate], *, otherwise: Fate) -> None:
        """Decide how each project will end, by its rank in the cast."""
        self.cast = [replace(project, fate=fates.get(index, otherwise)) for index, project in enumerate(self.cast)]

    def draft(self, *, leave_unfinished: int = 0) -> None:
        """Every organisation starts an application and fills it; the first `leave_unfinished` stop half way."""
        for index, project in enumerate(self.cast):
            with clock.travelling(self.schedule.opens_at + timedelta(days=3 + index % 20, minutes=index)):
                application = applications.start(self.call, project.organisation, by=project.member)
                fill(application, project, half=index < leave_unfinished)
                self.projects[application.pk] = project

    def submit(self, *, skip: int = 0) -> None:
        """Deposit the drafts, but the first `skip` ones; the last on the closing evening."""
        drafts = self._applications(State.DRAFT)[skip:]
        span = min(self.schedule.closes_at, clock.now()) - self.schedule.opens_at - timedelta(days=24)
        for index, application in enumerate(drafts, start=1):
            moment = self.schedule.opens_at + timedelta(days=24) + span * (index / len(drafts))
            with clock.travelling(moment - timedelta(minutes=7)):
                applications.submit(application, by=self.projects[application.pk].member, arrived_at=clock.now())
        with clock.travelling(min(self.schedule.closes_at, clock.now())):
            run_waiting_jobs()

    def withdraw(self) -> None:
        """A few organisations change their mind before the examination."""
        with clock.travelling(min(self.schedule.closes_at + timedelta(days=2), clock.now())):
            for application in self._applications(State.SUBMITTED):
                project = self.projects[application.pk]
                if project.fate == Fate.WITHDRAWN:
                    applications.withdraw(application, by=project.member)
            run_waiting_jobs()

    def examine(self, *, until: int | None = None, moment: datetime | None = None) -> None:
        """Officers verify each application (the first `until` ones), and declare it."""
        rules = list(EligibilityRule.objects.filter(call=self.call))
        delegation: Resolution | None = None
        with clock.travelling(moment or at(self.schedule.examined_on)):
            for index, application in enumerate(self._applications(State.SUBMITTED)[:until]):
                officer = self.officers[index % len(self.officers)]
                project = self.projects[application.pk]
                examination.start_examination(application, by=officer)
                failing = _failing_rule(rules, project.fate)
                findings = {rule.key: (NOT_MET, REASONS[project.fate]) if rule == failing else (MET, "") for rule in rules}
                examination.record_checks(application, findings=findings, by=officer)
                if failing is None:
                    examination.declare_admissible(application, by=officer)
                    continue
                delegation = delegation or self._delegation()
                decisions.declare_inadmissible(
                    application,
                    outcome=Outcome.INADMISSIBLE if project.fate == Fate.INADMISSIBLE else Outcome.INELIGIBLE,
                    reason=REASONS[project.fate],
                    article=failing.article,
                    by=officer,
                    delegation=delegation,
                )
            run_waiting_jobs()

    def begin_examination(self, *, moment: datetime) -> None:
        """Open the next deposited application, and leave it on the officer's desk."""
        with clock.travelling(moment):
            for application in self._applications(State.SUBMITTED)[:1]:
                examination.start_examination(application, by=self.officer)

    def _delegation(self) -> Resolution:
        today = clock.today()
        return decisions.record_delegation(
            self.call,
            number=f"ARR-{today.year}-{today:%m%d}",
            adopted_on=today,
            signatory_role="La Directrice de l’Action sociale",
            signatory_name="Claire Meunier",
            by=self.officer,
        )

    def seat_jury(self, count: int, *, recusals: int = 3) -> Panel:
        """Seat the jury, let it declare its interests, and give three readers to each application."""
        opening = at(self.schedule.examined_on + timedelta(days=1))
        with clock.travelling(opening):
            panel = open_panel(
                self.call, by=self.officer, reviews_per_application=min(3, count), reviews_due_on=self.schedule.reviews_due_on
            )
            jurors = jury.seat(panel, count, by=self.officer)
            waiting = self._applications(State.ADMISSIBLE)
            jury.declare_interests(self.random, jurors, waiting, recusals=recusals)
            jury.assign_evenly(jurors, waiting, each=panel.reviews_per_application, by=self.officer)
            plan_sitting(panel, by=self.officer, starts_at=self.schedule.sitting_at, place="Hôtel du Département, Avignon")
            run_waiting_jobs()
        return panel

    def review(self, panel: Panel, *, share: float = 1.0) -> int:
        """Every juror submits `share` of the reviews, the chair all of them: the sitting opens to who has finished.

        Returns how many were submitted.
        """
        jurors = list(panel.jurors.select_related("user", "panel").order_by("pk"))
        tempers = jury.tempers(self.random, len(jurors))
        submitted = 0
        for index, (juror, temper) in enumerate(zip(jurors, tempers, strict=True)):
            moment = at(self.schedule.reviews_due_on - timedelta(days=6)) + timedelta(hours=5 * index)
            with clock.travelling(min(moment, clock.now())):
                part = 1.0 if juror.is_chair else share
                submitted += jury.review(self.random, juror, temper, self.projects, share=part)
        return submitted

    def sit(self, panel: Panel) -> None:
        """The sitting: everyone but one is there; opinions follow the ranking under the envelope; the minutes are drawn up."""
        sitting = panel.sittings.get()
        with clock.travelling(self.schedule.sitting_at):
            jurors = list(panel.jurors.order_by("pk"))
            record_attendance(sitting, by=self.officer, present=jurors[:-1])
            ranking = full_ranking(panel)
            line = proposals(ranking, self.call)
            for row in ranking.rows:
                amount = line.proposals.get(row.application.pk, NOTHING)
                avis, reserved = self._avis(amount, on_reserve=row.application.pk in line.reserve)
                record_opinion(
                    sitting,
                    row.application,
                    by=self.officer,
                    avis=avis,
                    proposed_amount=amount,
                    reservations=RESERVATIONS if reserved else "",
                )
        with clock.travelling(self.schedule.sitting_at + timedelta(hours=2, minutes=40)):
            close_sitting(sitting, by=self.officer)
        with clock.travelling(self.schedule.sitting_at + timedelta(hours=3)):
            run_waiting_jobs()

    def _avis(self, amount: Decimal, *, on_reserve: bool) -> tuple[Avis, bool]:
        """The opinion that follows the funding line; one favourable opinion in eight carries a reservation."""
        if amount > 0:
            reserved = self.random.random() < 0.12
            return (Avis.RESERVED if reserved else Avis.FAVOURABLE), reserved
        return (Avis.RESERVE_LIST if on_reserve else Avis.UNFAVOURABLE), False

    def resolve(self) -> Resolution:
        """The committee follows the jury; the officer records its resolution."""
        adopted = self.schedule.committee_on
        with clock.travelling(at(adopted + timedelta(days=2))):
            drafts = self._drafts(reserve_until=adopted + timedelta(days=240))
            return decisions.record_resolution(
                self.call,
                number=f"{adopted.year}-{adopted.month:02d}-{adopted.day:02d}",
                adopted_on=adopted,
                executory_on=adopted + timedelta(days=1),
                decisions=drafts,
                by=self.officer,
            )

    def _drafts(self, *, reserve_until: date) -> list[decisions.DecisionDraft]:
        """What the resolution form proposes, taken as it is."""
        return [
            decisions.DecisionDraft(
                suggestion.application,
                suggestion.outcome,
                amount=suggestion.amount,
                reason=suggestion.reason,
                reserve_rank=suggestion.reserve_rank,
                reserve_until=reserve_until if suggestion.outcome == Outcome.RESERVE else None,
            )
            for suggestion in suggest(self.call, self._applications(State.ADMISSIBLE))
        ]

    def prepare_letters(self) -> list[Release]:
        """One batch for each resolution; the worker makes the letters."""
        with clock.travelling(at(self.schedule.released_on, 9)):
            batches = [
                decisions.prepare_release(resolution, by=self.officer)
                for resolution in Resolution.objects.filter(call=self.call).order_by("pk")
            ]
            run_waiting_jobs()
        return batches

    def release(self, batches: list[Release]) -> None:
        """Check every letter, then release; some applicants read theirs."""
        with clock.travelling(at(self.schedule.released_on, 11)):
            for batch in batches:
                batch.refresh_from_db()
                decisions.check_release(batch, by=self.officer)
                decisions.release(batch, by=self.officer)
            run_waiting_jobs()
        with clock.travelling(at(self.schedule.released_on, 18)):
            for index, batch in enumerate(batches):
                readers = list(batch.decisions.select_related("application").order_by("application__organisation__siret"))
                for decision in readers[index::2]:
                    decisions.acknowledge(decision, by=self.projects[decision.application_id].member)


def _failing_rule(rules: list[EligibilityRule], fate: Fate) -> EligibilityRule | None:
    kinds = {Fate.INADMISSIBLE: EligibilityRule.Kind.FORMAL, Fate.INELIGIBLE: EligibilityRule.Kind.SUBSTANTIVE}
    return next((rule for rule in rules if rule.kind == kinds.get(fate)), None)


def states(call: Call) -> dict[str, int]:
    """How many applications of `call` are in each state that occurs."""
    counted: dict[str, int] = {}
    for state in Application.objects.filter(call=call).values_list("state", flat=True):
        counted[state] = counted.get(state, 0) + 1
    return dict(sorted(counted.items()))
