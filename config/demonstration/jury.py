"""The jury of a played call: who sits, who steps aside, how each one scores."""

from dataclasses import dataclass
from random import Random

from aap.applications.models import Application, Recusal
from aap.applications.states import State
from aap.people.models import User
from config.demonstration.cast import address
from config.demonstration.material import APPRECIATIONS, JURORS, STRENGTHS, WEAKNESSES
from config.demonstration.projects import Project
from scoring.assignments.models import Assignment
from scoring.assignments.services import assign
from scoring.grids.models import Criterion
from scoring.panels.models import InterestDeclaration, Juror, Panel
from scoring.panels.services import add_juror, declare
from scoring.reviews.services import Entry, save_draft, submit

NONE, INTEREST = InterestDeclaration.Answer.NONE, InterestDeclaration.Answer.INTEREST
GROUNDS = (
    "Je suis bénévole de cette association.",
    "Un membre de ma famille en est salarié.",
    "Mon organisme finance déjà cette structure et j’en suis le référent.",
)


@dataclass(frozen=True)
class Temper:
    """How a juror differs from the truth: severity is added to every note, spread is the noise of one note."""

    severity: float
    spread: float


def seat(panel: Panel, count: int, *, by: User) -> list[Juror]:
    """`count` jurors, the first one in the chair."""
    for index in range(count):
        first, last, body, quality, job = JURORS[index % len(JURORS)]
        last = last if index < len(JURORS) else f"{last}-{index // len(JURORS) + 1}"
        email = address(first, last)
        if panel.jurors.filter(user__email=email).exists():
            continue
        juror = add_juror(
            panel, by=by, email=email, first_name=first, last_name=last, quality=quality, body=body, is_chair=index == 0
        )
        User.objects.filter(pk=juror.user_id, job_title="").update(job_title=job)
    return list(panel.jurors.select_related("user", "panel").order_by("pk"))


def tempers(random: Random, count: int) -> list[Temper]:
    """Some severe, some lenient; their mean is close to zero."""
    return [Temper(random.gauss(0, 0.35), random.uniform(0.45, 0.75)) for _ in range(count)]


def declare_interests(random: Random, jurors: list[Juror], applications: list[Application], *, recusals: int) -> None:
    """Each juror declares on each application; `recusals` of them have an interest, never the chair."""
    pairs = [(juror, application) for juror in jurors for application in applications]
    candidates = [pair for pair in pairs if not pair[0].is_chair]
    interested = set(random.sample(range(len(candidates)), min(recusals, len(candidates))))
    grounds = {candidates[index]: GROUNDS[order % len(GROUNDS)] for order, index in enumerate(sorted(interested))}
    for juror, application in pairs:
        ground = grounds.get((juror, application), "")
        declare(juror, application, by=juror.user, answer=INTEREST if ground else NONE, detail=ground)


def assign_evenly(jurors: list[Juror], applications: list[Application], *, each: int, by: User) -> None:
    """Give every application to `each` jurors, the least loaded first, never to a recused one."""
    recused = set(Recusal.objects.filter(application__in=applications).values_list("application_id", "user_id"))
    load = dict.fromkeys((juror.pk for juror in jurors), 0)
    for application in applications:
        free = [juror for juror in jurors if (application.pk, juror.user_id) not in recused]
        for juror in sorted(free, key=lambda juror: (load[juror.pk], juror.pk))[:each]:
            assign(juror, application, by=by)
            load[juror.pk] += 1


def review(random: Random, juror: Juror, temper: Temper, projects: dict[int, Project], *, share: float = 1.0) -> int:
    """Let a juror submit `share` of the reviews, leave one draft if some remain. Returns how many were submitted."""
    assignments = list(
        Assignment.objects.filter(juror=juror, removed_at__isnull=True, application__state=State.ADMISSIBLE)
        .select_related("application__call", "juror__user")
        .order_by("position")
    )
    done = round(len(assignments) * share)
    for rank, assignment in enumerate(assignments[: done + 1] if done < len(assignments) else assignments):
        quality = projects[assignment.application_id].quality
        entries, appreciation = _scores(random, assignment.application, quality, temper)
        save_draft(assignment, by=juror.user, entries=entries, appreciation=appreciation)
        if rank < done:
            submit(assignment, by=juror.user)
    return done


def _scores(random: Random, application: Application, quality: float, temper: Temper) -> tuple[dict[str, Entry], str]:
    entries = {}
    for criterion in Criterion.objects.filter(grid__call=application.call):
        note = quality * criterion.maximum + temper.severity + random.gauss(0, temper.spread)
        value = min(criterion.maximum, max(0, round(note)))
        comment = random.choice(STRENGTHS if value >= 3 else WEAKNESSES)
        wanted = value <= 1 or value == criterion.maximum or random.random() < 0.5
        entries[criterion.key] = Entry(value, comment if wanted else "", communicable=wanted)
    word = "good" if quality > 0.7 else "fair" if quality > 0.5 else "weak"
    return entries, APPRECIATIONS[word]
