"""What is asked: one project for each organisation, with its money, its true quality, and how it will end."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from aap.organisations.models import Organisation
from aap.people.models import User
from config.demonstration.cast import Place
from config.demonstration.material import PROJECTS


class Fate(StrEnum):
    """How the demonstration makes an application end; the jury decides among the complete ones."""

    COMPLETE = "complete"
    INADMISSIBLE = "inadmissible"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Project:
    organisation: Organisation
    member: User
    place: Place
    theme: str
    title: str
    asked: int
    cost: int
    quality: float
    fate: Fate

    @property
    def people(self) -> int:
        """How many persons the project says it will reach."""
        return 20 + self.cost // 150


def projects(random: Random, cast: list[tuple[Organisation, User, Place]]) -> list[Project]:
    """One project for each organisation of the cast. `quality` is the truth that jurors approach, from 0 to 1."""
    fates = _fates(random, len(cast))
    keys = list(PROJECTS)
    made = []
    for index, (organisation, member, place) in enumerate(cast):
        theme = random.choices(keys, weights=(4, 5, 2))[0]
        titles = PROJECTS[theme]
        title = titles[index % len(titles)].format(commune=place.at, of=place.of)
        asked = random.randrange(30, 220) * 100
        rate = random.uniform(0.45, 0.78)
        made.append(
            Project(
                organisation=organisation,
                member=member,
                place=place,
                theme=theme,
                title=title,
                asked=asked,
                cost=-(-int(asked / rate) // 10) * 10,
                quality=min(0.97, max(0.12, random.gauss(0.62, 0.18))),
                fate=fates[index],
            )
        )
    return made


def _fates(random: Random, count: int) -> list[Fate]:
    """A quarter does not reach the jury, as in real calls (15 to 40 % ineligible or incomplete)."""
    fates = (
        [Fate.WITHDRAWN] * round(count * 0.05)
        + [Fate.INADMISSIBLE] * round(count * 0.10)
        + [Fate.INELIGIBLE] * round(count * 0.125)
    )
    fates += [Fate.COMPLETE] * (count - len(fates))
    random.shuffle(fates)
    return fates
