"""A call that is open now, with two axes, two documents, two points to verify and a short questionnaire."""

from datetime import timedelta
from decimal import Decimal

import factory

from aap import clock
from aap.calls.models import Call, DocumentRequirement, EligibilityRule, Theme
from aap.questionnaires.models import Questionnaire, QuestionnaireVersion

QUESTIONNAIRE = {
    "sections": [
        {
            "key": "projet",
            "title": "Votre projet",
            "questions": [
                {"key": "titre", "type": "title", "label": "Intitulé du projet", "max_length": 120},
                {"key": "axe", "type": "theme", "label": "Axe de l’appel"},
                {"key": "commune", "type": "commune", "label": "Commune principale"},
                {"key": "description", "type": "long_text", "label": "Décrivez le projet", "max_length": 3000},
                {"key": "site", "type": "short_text", "label": "Site web", "required": False},
            ],
        },
        {
            "key": "budget",
            "title": "Budget",
            "questions": [{"key": "budget", "type": "budget", "label": "Budget prévisionnel"}],
        },
        {
            "key": "attestations",
            "title": "Attestations",
            "questions": [
                {
                    "key": "cer",
                    "type": "attestation",
                    "label": "J’atteste sur l’honneur",
                    "legal_text": "Je déclare exactes les informations.",
                }
            ],
        },
    ]
}


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Call

    slug = factory.Sequence(lambda n: f"appel-{n}")
    title = factory.Sequence(lambda n: f"Appel à projets {n}")
    year = 2025
    prefix = factory.Sequence(lambda n: f"AP{n}")
    opens_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=10))
    envelope = Decimal(100000)
    floor = Decimal(1000)
    ceiling = Decimal(20000)
    max_rate = Decimal(80)
    authority = "Département de Vaucluse"
    service_name = "Service de l’inclusion numérique"
    service_address = "Rue Viala\n84909 Avignon Cedex 09"
    service_email = "service@exemple.fr"
    service_phone = "04 90 16 15 00"
    silence_notice = "Le silence gardé pendant deux mois vaut rejet."
    remedies_notice = "Vous pouvez saisir le tribunal administratif de Nîmes dans les deux mois."
    attestation_text = "J’atteste l’exactitude des informations."
    signatory_name = "Camille Durand"
    signature_place = "Avignon"


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"axe-{n}")
    title = factory.Sequence(lambda n: f"Axe {n}")
    position = factory.Sequence(int)


class DocumentRequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentRequirement

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"piece-{n}")
    label = factory.Sequence(lambda n: f"Pièce {n}")
    position = factory.Sequence(int)


class EligibilityRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EligibilityRule

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"point-{n}")
    label = factory.Sequence(lambda n: f"Point {n}")
    article = "article 3"
    position = factory.Sequence(int)


class QuestionnaireVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionnaireVersion

    questionnaire = factory.LazyAttribute(lambda version: Questionnaire.objects.get_or_create(call=version.call)[0])
    number = 1
    content = factory.LazyFunction(lambda: QUESTIONNAIRE)

    class Params:
        call = factory.SubFactory(CallFactory)
