"""How far a call is played, and the order of the stages."""

from collections.abc import Callable
from enum import StrEnum
from random import Random

from aap.calls.models import Call
from config.demonstration import cast
from config.demonstration.play import Play
from config.demonstration.projects import projects
from config.demonstration.schedule import Schedule


class Until(StrEnum):
    """The last stage played."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXAMINED = "examined"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    RELEASED = "released"


ORDER = list(Until)


def prepare(call: Call, schedule: Schedule, *, count: int, seed: int) -> Play:
    """The people, organisations and projects of a call about to be played; the same for the same seed."""
    random = Random(seed)
    organisations = cast.organisations(random, count)
    return Play(call=call, schedule=schedule, random=random, cast=projects(random, organisations), officers=cast.officers())


def run(play: Play, *, jurors: int, until: Until, say: Callable[[str], None] = lambda _text: None) -> int:
    """Play the stages up to `until`. Returns the number of reviews submitted."""
    play.draft()
    say("brouillons remplis")
    if until == Until.DRAFT:
        return 0
    play.submit()
    say("dossiers déposés")
    if until == Until.SUBMITTED:
        return 0
    play.withdraw()
    play.examine()
    say("dossiers instruits")
    if until == Until.EXAMINED:
        return 0
    panel = play.seat_jury(jurors)
    reviews = play.review(panel)
    say("évaluations remises")
    if until == Until.REVIEWED:
        return reviews
    play.sit(panel)
    play.resolve()
    say("délibération enregistrée")
    if until == Until.DECIDED:
        return reviews
    play.release(play.prepare_letters())
    say("lettres publiées")
    return reviews
