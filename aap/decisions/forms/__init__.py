"""What officers type: the resolution, a decision on admissibility, one letter of a batch."""

from aap.decisions.forms.admissibility import AdmissibilityForm
from aap.decisions.forms.letters import OneDecisionForm
from aap.decisions.forms.resolution import ResolutionForms

__all__ = ["AdmissibilityForm", "OneDecisionForm", "ResolutionForms"]
