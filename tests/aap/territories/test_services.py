"""The communes and intercommunalités of the département."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from aap.errors import DomainError
from aap.territories.models import Commune, Intercommunality
from aap.territories.selectors import commune_choices, commune_name
from aap.territories.services import Loaded, load_territories

pytestmark = pytest.mark.django_db
APT = {
    "code": "84003",
    "nom": "Apt",
    "departement": "84",
    "type": "commune-actuelle",
    "codesPostaux": ["84400"],
    "population": 11000,
}


@pytest.fixture
def package(tmp_path):
    """Two communes of the département, one of another, a former one; a group across the border."""
    isle = {**APT, "code": "84054", "nom": "L'Isle-sur-la-Sorgue", "codesPostaux": ["84800"]}
    other = {**APT, "code": "04088", "nom": "Forcalquier", "departement": "04"}
    former = {**APT, "code": "84999", "nom": "Ancienne", "type": "commune-deleguee"}
    groups = [
        {"code": "200040624", "nom": "CC Pays d’Apt-Luberon", "membres": [{"code": "84003"}, {"code": "04088"}]},
        {"code": "200000001", "nom": "CC d’ailleurs", "membres": [{"code": "04088"}]},
    ]
    (tmp_path / "communes.json").write_text(json.dumps([isle, APT, other, former]))
    (tmp_path / "epci.json").write_text(json.dumps(groups))
    return tmp_path


def test_vaucluse_has_151_communes_and_14_intercommunalities():
    assert load_territories(settings.TERRITORY_DATA_DIR, "84") == Loaded(151, 14, 165)
    assert Commune.objects.get(code="84089").intercommunality.name == "Métropole d’Aix-Marseille-Provence"
    assert Commune.objects.filter(intercommunality=None).count() == 0


def test_loading_keeps_to_the_departement(package):
    assert load_territories(package, "84") == Loaded(2, 1, 3)
    assert commune_choices() == [("84003", "Apt (84400)"), ("84054", "L’Isle-sur-la-Sorgue (84800)")]
    assert [group.siren for group in Intercommunality.objects.all()] == ["200040624"]
    assert (commune_name("84003"), commune_name("04088")) == ("Apt", "")


def test_loading_again_writes_only_what_changed(package, django_assert_num_queries):
    load_territories(package, "84")
    # Two readings, within a savepoint.
    with django_assert_num_queries(4):
        assert load_territories(package, "84").written == 0
    Commune.objects.filter(code="84003").update(population=1)
    assert load_territories(package, "84").written == 1
    assert Commune.objects.get(code="84003").population == 11000


def test_missing_package_says_what_to_do(tmp_path):
    with pytest.raises(DomainError) as refusal:
        load_territories(tmp_path, "84")
    assert refusal.value.message == (
        f"Les données de référence (@etalab/decoupage-administratif) sont introuvables : {tmp_path}/communes.json n’existe pas. "
        "Installez les paquets du site (make run le fait, ou « npm ci »), puis recommencez."
    )


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "\x00"])
def test_broken_package_is_told(package, content):
    (package / "communes.json").write_text(content)
    with pytest.raises(DomainError, match="réinstallez le paquet"):
        load_territories(package, "84")


def test_unknown_departement_is_told(package):
    with pytest.raises(DomainError) as refusal:
        load_territories(package, "2Z")
    assert (
        refusal.value.message
        == "Aucune commune du département 2Z dans les données de référence. Vérifiez TERRITORY_DEPARTEMENT."
    )


def test_command_prints_one_sentence(package, settings, capsys):
    settings.TERRITORY_DATA_DIR = package
    call_command("load_reference")
    call_command("load_reference")
    assert capsys.readouterr().out == (
        "2 communes et 1 intercommunalités (3 fiches écrites).\n2 communes et 1 intercommunalités, déjà à jour.\n"
    )
    settings.TERRITORY_DATA_DIR = package / "absent"
    with pytest.raises(CommandError, match="introuvables"):
        call_command("load_reference")
