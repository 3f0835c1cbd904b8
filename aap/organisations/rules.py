"""What an organisation's numbers must be."""

from django.core.exceptions import ValidationError
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number


def clean_siret(value: str) -> str:
    """Digits only, as typed with or without spaces, dots, dashes."""
    return "".join(character for character in value if not character.isspace() and character not in ".-\u2011")


def validate_siret(value: str) -> None:
    """A SIRET has 14 digits, a right key (Luhn), and holds a right SIREN (La Poste's exception included)."""
    if not (len(value) == 14 and value.isdigit() and value.isascii()):
        raise ValidationError("Un numéro SIRET a 14 chiffres. Vous le trouvez sur l’avis de situation de l’INSEE.")
    try:
        siret_number.validate(value)
    except InvalidChecksum as error:
        raise ValidationError("Ce numéro SIRET n’existe pas\u00a0: vérifiez qu’aucun chiffre n’est inversé.") from error
    except NumberError as error:
        raise ValidationError("Ce numéro SIRET n’est pas valide. Vérifiez les 14 chiffres.") from error


def spaced_siret(siret: str) -> str:
    """« 900 000 012 00013 », as it is printed on official papers; no-break spaces."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
