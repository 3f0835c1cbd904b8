"""The letters that a new call starts with: edited in the admin from then on."""

from pathlib import Path

from django.db import transaction

from aap.calls.models import Call
from aap.decisions.models import LetterTemplate, Outcome

FOLDER = Path(__file__).resolve().parent.parent / "model_letters"


@transaction.atomic
def install_model_letters(call: Call) -> list[LetterTemplate]:
    """Create the letter templates that `call` lacks, from our models; those already written are left alone."""
    present = set(LetterTemplate.objects.filter(call=call).values_list("outcome", flat=True))
    created = []
    for outcome in Outcome:
        if outcome in present:
            continue
        subject, _, body = (FOLDER / f"{outcome}.html").read_text(encoding="utf-8").partition("\n")
        created.append(LetterTemplate.objects.create(call=call, outcome=outcome, subject=subject.strip(), body=body.strip()))
    return created
