"""The text that a new call page starts with: how one deposits here, the same for every call. Editors change it."""

from typing import Any

CALL_BODY: list[Any] = [
    ["heading", {"text": "Comment déposer un dossier", "level": "h2"}],
    [
        "steps",
        {
            "steps": [
                {"title": "Créez votre compte", "text": "Une adresse électronique suffit. Un code vous est envoyé pour la vérifier."},
                {"title": "Présentez votre structure", "text": "Une seule fois\u00a0: elle servira pour tous vos dossiers."},
                {"title": "Remplissez à votre rythme", "text": "Vos réponses sont conservées. Vous pouvez vous arrêter et reprendre."},
                {"title": "Déposez avant la clôture", "text": "Vous recevez aussitôt un récépissé, avec le numéro de votre dossier."},
            ]
        },
    ],
]
