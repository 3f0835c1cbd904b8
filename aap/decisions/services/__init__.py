"""The verbs of this room, one module per noun; other rooms import them from here."""

from aap.decisions.services.admissibility import DelegationDraft, declare_inadmissible, record_delegation
from aap.decisions.services.checks import DecisionDraft
from aap.decisions.services.letters import (
    IncompleteLettersError,
    generate_letters,
    letter_problems,
    preview_letter,
    regenerate_letters,
)
from aap.decisions.services.model_letters import install_model_letters
from aap.decisions.services.reading import acknowledge
from aap.decisions.services.recommendations import record_recommendation
from aap.decisions.services.releases import check_release, prepare_release, release
from aap.decisions.services.resolutions import ResolutionRefusedError, record_resolution, resolution_obstacle

__all__ = [
    "DecisionDraft",
    "DelegationDraft",
    "IncompleteLettersError",
    "ResolutionRefusedError",
    "acknowledge",
    "check_release",
    "declare_inadmissible",
    "generate_letters",
    "install_model_letters",
    "letter_problems",
    "prepare_release",
    "preview_letter",
    "record_delegation",
    "record_recommendation",
    "record_resolution",
    "regenerate_letters",
    "release",
    "resolution_obstacle",
]
