"""Where the decisions of a call stand, and what comes next."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from aap.applications.models import Application
from aap.applications.states import EXAMINATION, State
from aap.calls.models import Call
from aap.decisions.models import DecisionLetter, ReadReceipt, Release, Resolution
from aap.decisions.selectors import awaiting_letter, resolutions_of
from aap.money import euros


@dataclass(frozen=True)
class Step:
    """One step: what it is, how far it is. `tone` is a badge's."""

    title: str
    text: str
    state_label: str
    tone: str


@dataclass(frozen=True)
class Act:
    """One resolution or delegation with its batches of letters, and how many decisions await a letter."""

    resolution: Resolution
    releases: list[Release]
    awaiting: int


@dataclass(frozen=True)
class NextAction:
    label: str
    url: str
    method: str = "get"


@dataclass(frozen=True)
class CallProgress:
    steps: list[Step]
    acts: list[Act]
    action: NextAction | None
    resolution_url: str = ""


def calls_to_decide() -> QuerySet[Call]:
    """Calls with the number of applications that await a decision, and of those decided."""
    waiting = Q(applications__state__in=[State.ADMISSIBLE])
    decided = Q(applications__state__in=[State.AWARDED, State.RESERVE, State.REFUSED, State.INADMISSIBLE, State.INELIGIBLE])
    return Call.objects.annotate(
        waiting=Count("applications", filter=waiting), decided=Count("applications", filter=decided)
    ).order_by("-closes_at")


def call_progress(call: Call) -> CallProgress:
    """The steps of `call`. Totals only: no application is named here."""
    states = dict(Application.objects.filter(call=call).values_list("state").annotate(n=Count("pk")).order_by())
    opinions = Application.objects.filter(call=call, recommendation__isnull=False).exclude(state=State.WITHDRAWN).count()
    acts = _acts(call)
    releases = [release for act in acts for release in act.releases]
    letters = DecisionLetter.objects.filter(decision__resolution__call=call).count()
    read = ReadReceipt.objects.filter(decision__resolution__call=call).count()
    steps = [
        _examination(states),
        _jury(states, opinions),
        _resolution(call, states, acts),
        _letters(acts, releases, letters),
        _release(releases, read, states.get(State.ADMISSIBLE, 0)),
    ]
    action = _next(call, states, acts)
    # Letters of a delegation may wait: they never keep the resolution from being recorded.
    resolution = reverse("decisions:resolution", args=[call.slug]) if states.get(State.ADMISSIBLE, 0) else ""
    return CallProgress(steps, acts, action, resolution if not action or action.url != resolution else "")


def _acts(call: Call) -> list[Act]:
    resolutions = list(resolutions_of(call).prefetch_related("releases"))
    waiting = awaiting_letter(resolutions)
    return [Act(each, list(each.releases.all()), waiting.get(each.pk, 0)) for each in resolutions]


def _examination(states: dict[str, int]) -> Step:
    left = sum(states.get(state, 0) for state in EXAMINATION)
    done = sum(count for state, count in states.items() if state not in (*EXAMINATION, State.DRAFT, State.WITHDRAWN))
    if left:
        return Step("Instruction", f"{_count(left, 'dossier')} à examiner, {done} examinés.", "En cours", "info")
    return Step(
        "Instruction",
        f"{_count(done, 'dossier examiné', 'dossiers examinés')}.",
        "Terminée" if done else "À venir",
        _tone(done),
    )


def _jury(states: dict[str, int], opinions: int) -> Step:
    admissible = states.get(State.ADMISSIBLE, 0)
    if opinions:
        return Step("Avis du jury", f"{_count(opinions, 'avis', 'avis')} au procès-verbal.", "Rendus", "success")
    return Step(
        "Avis du jury", f"{_count(admissible, 'dossier recevable', 'dossiers recevables')} pour le jury.", "À venir", "neutral"
    )


def _resolution(call: Call, states: dict[str, int], acts: list[Act]) -> Step:
    committee = [act.resolution for act in acts if act.resolution.kind == Resolution.Kind.COMMITTEE]
    waiting = states.get(State.ADMISSIBLE, 0)
    if waiting:
        text = f"{_count(waiting, 'dossier attend', 'dossiers attendent')} la décision. Enveloppe : {euros(call.envelope)}."
        return Step("Délibération", text, "À enregistrer", "warning" if committee else "neutral")
    if committee:
        return Step(
            "Délibération", f"N° {committee[0].number} du {committee[0].adopted_on:%d/%m/%Y}.", "Enregistrée", "success"
        )
    return Step("Délibération", "Rien n’est attribué avant son enregistrement.", "À venir", "neutral")


def _letters(acts: list[Act], releases: list[Release], letters: int) -> Step:
    waiting = sum(act.awaiting for act in acts)
    total = sum(release.total for release in releases)
    if waiting:
        text = f"{_count(waiting, 'décision attend', 'décisions attendent')} une lettre."
        return Step("Lettres", text, "À préparer", "warning")
    if letters < total:
        return Step("Lettres", f"{letters} lettres produites sur {total}.", "En préparation", "info")
    if letters:
        return Step("Lettres", f"{_count(letters, 'lettre produite', 'lettres produites')}.", "Prêtes", "success")
    return Step("Lettres", "Elles suivent l’enregistrement des décisions.", "À venir", "neutral")


def _release(releases: list[Release], read: int, undecided: int) -> Step:
    sent = sum(release.total for release in releases if release.state == Release.State.RELEASED)
    open_ones = [release for release in releases if release.state != Release.State.RELEASED]
    if open_ones:
        return Step("Publication", "Personne ne lit sa décision avant la publication.", "À faire", "warning")
    if sent:
        text = f"{_count(sent, 'lettre publiée', 'lettres publiées')}, {_count(read, 'lue')}."
        return Step("Publication", text, "En partie" if undecided else "Faite", "info" if undecided else "success")
    return Step("Publication", "Toutes les lettres partent à la même minute.", "À venir", "neutral")


def _next(call: Call, states: dict[str, int], acts: list[Act]) -> NextAction | None:
    """The one thing to do now: finish the batch begun, else prepare letters, else record the resolution."""
    for act in acts:
        for release in act.releases:
            if release.state != Release.State.RELEASED:
                url = reverse("decisions:release", args=[release.public_id])
                return NextAction(f"Continuer l’envoi – n° {act.resolution.number}", url)
    for act in acts:
        if act.awaiting:
            url = reverse("decisions:prepare", args=[act.resolution.public_id])
            return NextAction(f"Préparer {_count(act.awaiting, 'lettre')} – n° {act.resolution.number}", url, "post")
    if states.get(State.ADMISSIBLE, 0):
        return NextAction("Enregistrer la délibération", reverse("decisions:resolution", args=[call.slug]))
    return None


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number}\u00a0{one if number < 2 else several or one + 's'}"


def _tone(done: int) -> str:
    return "success" if done else "neutral"
