"""Import each room's own models: one app, many rooms."""

from scoring.assignments.models import Assignment  # noqa: F401
from scoring.deliberations.models import Minutes, Opinion, Sitting  # noqa: F401
from scoring.grids.models import Criterion, ScoringGrid  # noqa: F401
from scoring.panels.models import InterestDeclaration, Juror, LiftedRecusal, Panel  # noqa: F401
from scoring.reviews.models import Reopening, Review, Score  # noqa: F401
