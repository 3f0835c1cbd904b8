"""Where the decisions of a call stand, and what comes next."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from aap.applications.models import Application
from aap.applications.states import DECIDED, EXAMINATION, State
from aap.calls.models import Call
from aap.decisions.models import DecisionLetter, ReadReceipt, Release, Resolution
from aap.decisions.rules import hidden_count, refusal_for_call
from aap.decisions.selectors import awaiting_letter, jury_sat_on, letters_in, releases_shown_to, resolutions_of
from aap.decisions.wording import counted, long_date
from aap.money import euros
from aap.people.models import User


@dataclass(frozen=True)
class Step:
    """One step: what it is, how far it is. `tone` is a badge's."""

    title: str
    text: str
    state_label: str
    tone: str


@dataclass(frozen=True)
class Batch:
    """One batch of letters, and how many of them the reader may see."""

    release: Release
    letters: int


@dataclass(frozen=True)
class Act:
    """One resolution or delegation with its batches of letters, and how many decisions await a letter."""

    resolution: Resolution
    batches: list[Batch]
    awaiting: int


@dataclass(frozen=True)
class NextAction:
    label: str
    url: str
    method: str = "get"


@dataclass(frozen=True)
class CallProgress:
    """`hidden` counts the applications kept from the reader: they are in no other figure. `refusal` says why they may not act."""

    steps: list[Step]
    acts: list[Act]
    action: NextAction | None
    resolution_url: str = ""
    hidden: int = 0
    refusal: str = ""


@dataclass(frozen=True)
class CallToDecide:
    """One call, with how many of the applications that the reader may see await a decision, and how many have one."""

    call: Call
    waiting: int
    decided: int


def calls_to_decide(user: User) -> list[CallToDecide]:
    """Every call, the latest closing first. Two queries."""
    counts = (
        Application.objects.visible_to(user)
        .order_by()
        .values_list("call")
        .annotate(waiting=Count("pk", filter=Q(state=State.ADMISSIBLE)), decided=Count("pk", filter=Q(state__in=DECIDED)))
    )
    found = {call: (waiting, decided) for call, waiting, decided in counts}
    return [CallToDecide(call, *found.get(call.pk, (0, 0))) for call in Call.objects.order_by("-closes_at")]


def call_progress(call: Call, user: User) -> CallProgress:
    """The steps of `call`. Totals only, and only of what the person may see: no application is named here."""
    seen = Application.objects.visible_to(user).filter(call=call)
    states = dict(seen.values_list("state").annotate(n=Count("pk")).order_by())
    opinions = seen.filter(recommendation__isnull=False).exclude(state=State.WITHDRAWN).count()
    acts = _acts(call, user)
    batches = [batch for act in acts for batch in act.batches]
    made = DecisionLetter.objects.filter(decision__release__in=[batch.release for batch in batches])
    letters = made.filter(decision__application__in=seen).count()
    read = ReadReceipt.objects.filter(decision__application__in=seen).count()
    jury_done = jury_sat_on(call) is not None
    steps = [
        _examination(states),
        _jury(states, opinions),
        _resolution(call, states, acts, jury_done=jury_done),
        _letters(acts, batches, letters),
        _release(batches, read, states.get(State.ADMISSIBLE, 0) + sum(act.awaiting for act in acts)),
    ]
    hidden, refusal = hidden_count(user, call), refusal_for_call(user, call)
    if refusal:
        return CallProgress(steps, acts, None, hidden=hidden, refusal=refusal)
    action = _next(call, states, acts, jury_done=jury_done)
    # Letters of a delegation may wait: they never keep the resolution from being recorded.
    ready = jury_done and (states.get(State.ADMISSIBLE, 0) or states.get(State.RESERVE, 0))
    resolution = reverse("decisions:resolution", args=[call.slug]) if ready else ""
    return CallProgress(steps, acts, action, resolution if not action or action.url != resolution else "")


def _acts(call: Call, user: User) -> list[Act]:
    resolutions = list(resolutions_of(call, user))
    releases = list(releases_shown_to(user).filter(resolution__in=resolutions))
    waiting, letters = awaiting_letter(resolutions, user), letters_in(releases, user)
    batches: dict[int, list[Batch]] = {}
    for release in releases:
        batches.setdefault(release.resolution_id, []).append(Batch(release, letters.get(release.pk, 0)))
    return [Act(each, batches.get(each.pk, []), waiting.get(each.pk, 0)) for each in resolutions]


def _examination(states: dict[str, int]) -> Step:
    left = sum(states.get(state, 0) for state in EXAMINATION)
    done = sum(count for state, count in states.items() if state not in (*EXAMINATION, State.DRAFT, State.WITHDRAWN))
    if left:
        return Step("Instruction", f"{counted(left, 'dossier')} à examiner, {counted(done, 'examiné')}.", "En cours", "info")
    return Step(
        "Instruction",
        f"{counted(done, 'dossier examiné', 'dossiers examinés')}.",
        "Terminée" if done else "À venir",
        _tone(done),
    )


def _jury(states: dict[str, int], opinions: int) -> Step:
    admissible = states.get(State.ADMISSIBLE, 0)
    if opinions:
        return Step("Avis du jury", f"{counted(opinions, 'avis', 'avis')} au procès-verbal.", "Rendus", "success")
    return Step(
        "Avis du jury", f"{counted(admissible, 'dossier recevable', 'dossiers recevables')} pour le jury.", "À venir", "neutral"
    )


def _resolution(call: Call, states: dict[str, int], acts: list[Act], *, jury_done: bool) -> Step:
    committee = [act.resolution for act in acts if act.resolution.kind == Resolution.Kind.COMMITTEE]
    waiting = states.get(State.ADMISSIBLE, 0)
    if waiting and not jury_done:
        return Step("Délibération", "Elle vient après les avis du jury.", "À venir", "neutral")
    if waiting:
        text = f"{counted(waiting, 'dossier attend', 'dossiers attendent')} la décision. Enveloppe : {euros(call.envelope)}."
        return Step("Délibération", text, "À enregistrer", "warning" if committee else "neutral")
    if committee:
        return Step(
            "Délibération", f"N° {committee[0].number} du {long_date(committee[0].adopted_on)}.", "Enregistrée", "success"
        )
    return Step("Délibération", "Rien n’est attribué avant son enregistrement.", "À venir", "neutral")


def _letters(acts: list[Act], batches: list[Batch], letters: int) -> Step:
    waiting = sum(act.awaiting for act in acts)
    total = sum(batch.letters for batch in batches)
    if waiting:
        text = f"{counted(waiting, 'décision attend', 'décisions attendent')} une lettre."
        return Step("Lettres", text, "À préparer", "warning")
    if letters < total:
        made = counted(letters, "lettre produite", "lettres produites")
        return Step("Lettres", f"{made} sur {total}.", "En préparation", "info")
    if letters:
        return Step("Lettres", f"{counted(letters, 'lettre produite', 'lettres produites')}.", "Prêtes", "success")
    return Step("Lettres", "Elles suivent l’enregistrement des décisions.", "À venir", "neutral")


def _release(batches: list[Batch], read: int, to_come: int) -> Step:
    sent = sum(batch.letters for batch in batches if batch.release.state == Release.State.RELEASED)
    if any(batch.release.state != Release.State.RELEASED for batch in batches):
        return Step("Publication", "Personne ne lit sa décision avant la publication.", "À faire", "warning")
    if sent:
        text = f"{counted(sent, 'lettre publiée', 'lettres publiées')}, {counted(read, 'lue')}."
        return Step("Publication", text, "En partie" if to_come else "Faite", "info" if to_come else "success")
    return Step("Publication", "Toutes les lettres partent à la même minute.", "À venir", "neutral")


def _next(call: Call, states: dict[str, int], acts: list[Act], *, jury_done: bool) -> NextAction | None:
    """The one thing to do now: finish the batch begun, else prepare letters, else hear the jury, then record the resolution."""
    for act in acts:
        for batch in act.batches:
            if batch.release.state != Release.State.RELEASED:
                url = reverse("decisions:release", args=[batch.release.public_id])
                return NextAction(f"Continuer l’envoi – n° {act.resolution.number}", url)
    for act in acts:
        if act.awaiting:
            url = reverse("decisions:prepare", args=[act.resolution.public_id])
            return NextAction(f"Préparer {counted(act.awaiting, 'lettre')} – n° {act.resolution.number}", url, "post")
    if not states.get(State.ADMISSIBLE, 0):
        return None
    if not jury_done:
        return NextAction("Voir où en est le jury", reverse("scoring:secretariat_call", args=[call.slug]))
    return NextAction("Enregistrer la délibération", reverse("decisions:resolution", args=[call.slug]))


def _tone(done: int) -> str:
    return "success" if done else "neutral"
