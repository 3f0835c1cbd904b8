"""What a review must hold before it is handed in."""

from scoring.reviews.models import Review


def missing(review: Review) -> dict[str, str]:
    """What is missing, by criterion key (or « appreciation »); empty when the review may be submitted.

    Extreme marks must be explained: those are the ones a structure, or a judge, asks about.
    """
    scores = {score.criterion_id: score for score in review.scores.all()}
    problems = {}
    for criterion in review.grid.criteria.all():
        score = scores.get(criterion.pk)
        if score is None or score.value is None:
            problems[criterion.key] = "Choisissez une note."
        elif needs_comment(score.value, criterion.maximum) and not score.comment:
            problems[criterion.key] = f"Expliquez cette note en une phrase : {score.value} est une note extrême."
    if not review.appreciation:
        problems["appreciation"] = "Écrivez une appréciation générale, même brève."
    return problems


def needs_comment(value: int, maximum: int) -> bool:
    """A mark of 0, 1 or the maximum comes with a sentence."""
    return value <= 1 or value == maximum
