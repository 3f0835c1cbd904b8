"""What there is to do on an application, by state: one sentence, one main act."""

from dataclasses import dataclass

from aap.applications.models import Application
from aap.applications.states import State
from aap.examination.selectors import Checklist
from aap.examination.services import obstacles


@dataclass(frozen=True)
class Panel:
    """`act` is the main act: « start », « check », « declare » or none; `may_decline` opens irrecevable and inéligible."""

    title: str
    text: str
    act: str = ""
    may_decline: bool = False


REST = {
    State.ADMISSIBLE: ("Recevable", "Le dossier attend l’avis du jury. La structure lit « en cours d’examen »."),
    State.INADMISSIBLE: (
        "Irrecevable",
        "La lettre se prépare dans « Décisions » ; la structure la lira au moment de la publication.",
    ),
    State.INELIGIBLE: (
        "Inéligible",
        "La lettre se prépare dans « Décisions » ; la structure la lira au moment de la publication.",
    ),
    State.AWARDED: ("Attribuée", "La décision vient de la délibération ; la lettre se trouve dans « Décisions »."),
    State.RESERVE: ("Liste d’attente", "La décision vient de la délibération ; la lettre se trouve dans « Décisions »."),
    State.REFUSED: ("Refusée", "La décision vient de la délibération ; la lettre se trouve dans « Décisions »."),
    State.WITHDRAWN: ("Retirée", "La structure a retiré son dossier : il n’y a plus rien à instruire."),
}


def panel(application: Application, found: Checklist) -> Panel:
    """What the officer may do now."""
    state = State(application.state)
    if state == State.SUBMITTED:
        follower = "" if application.officer_id else " Vous deviendrez la personne qui suit le dossier."
        return Panel("À commencer", f"Le dossier est déposé, personne ne l’a encore ouvert à l’instruction.{follower}", "start")
    if state == State.EXAMINING and found.all_met:
        return Panel(
            "Prêt à être déclaré recevable", "Tous les points sont vérifiés et conformes.", "declare", may_decline=True
        )
    if state == State.EXAMINING:
        text = obstacles(found) if found.checked_count else f"Aucun des {len(found.points)} points n’est encore vérifié."
        return Panel("À vérifier", text, "check", may_decline=True)
    if state == State.INCOMPLETE:
        return Panel("À compléter", "La structure doit transmettre des compléments avant la suite.", "check", may_decline=True)
    return Panel(*REST[state])
