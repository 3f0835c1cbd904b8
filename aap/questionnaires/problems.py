"""What stands between an application and its deposit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to do, or to look at again, before the deposit. `message` is a French sentence.

    `blocking`: whether the deposit is refused until it is done.
    """

    section_key: str
    question_key: str
    label: str
    message: str
    blocking: bool = True
