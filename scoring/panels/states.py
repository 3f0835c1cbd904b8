"""Which applications are a jury's business."""

from aap.applications.states import State

# What reached the jury stays before it: the decision does not close its own minutes to its members.
BEFORE_THE_JURY = (State.ADMISSIBLE, State.AWARDED, State.RESERVE, State.REFUSED)
