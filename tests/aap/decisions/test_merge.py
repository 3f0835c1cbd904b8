"""Templates: unknown and missing fields, optional paragraphs, nothing but text from people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aap.decisions import merge


def test_unknown_field_is_named_with_the_nearest_one():
    assert merge.problems_in("<p>{{ montan }}</p>") == ["Le champ {{ montan }} n’existe pas. Vouliez-vous dire {{ montant }} ?"]


def test_unknown_field_far_from_any_points_to_the_list():
    assert merge.problems_in("{{ xyzzy }}") == ["Le champ {{ xyzzy }} n’existe pas. La liste des champs est à côté du texte."]


@pytest.mark.parametrize("text", ["{{ montant }", "montant }}", "{{ {{ montant }}"])
def test_open_brace_is_said(text):
    assert merge.problems_in(text) == [
        "Une accolade n’est pas refermée. Un champ s’écrit avec deux accolades de chaque côté : {{ montant }}."
    ]


def test_missing_lists_compulsory_fields_only():
    text = "{{ montant }} {{ reserves }} {{ motif }} {{ motif }}"
    assert merge.missing_in(text, {"montant": "5 €"}) == ["Motif de la décision"]


def test_no_break_spaces_inside_braces_are_accepted():
    assert merge.merge_line("Somme : {{\u00a0montant\u00a0}}", {"montant": "5"}) == "Somme\u00a0: 5"


def test_body_escapes_values():
    merged = merge.merge_body("<p>{{ structure }}</p>", {"structure": "<script>alert(1)</script> & Cie"})
    assert merged == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; Cie</p>"


def test_body_drops_what_a_letter_may_not_hold():
    body = '<p onclick="x()" data-block-key="k">Bon<img src=x onerror=y><a href="https://exemple.fr">jour</a></p><script>z</script>'
    assert merge.merge_body(body, {}) == "<p>Bonjour</p>"


def test_paragraph_of_an_empty_optional_field_is_left_out():
    body = "<p>Un.</p><p>Réserves : {{ reserves }}</p><ul><li>du {{ debut }}</li></ul><p>Deux.</p>"
    assert merge.merge_body(body, {"reserves": "", "debut": ""}) == "<p>Un.</p><p>Deux.</p>"


def test_list_keeps_its_other_items():
    body = "<ul><li>un</li><li>du {{ debut }}</li></ul>"
    assert merge.merge_body(body, {}) == "<ul><li>un</li></ul>"


def test_lines_of_a_value_stay_lines():
    assert merge.merge_body("<p>{{ motif }}</p>", {"motif": "Un.\nDeux."}) == "<p>Un.<br>Deux.</p>"


def test_merge_refuses_what_is_missing():
    with pytest.raises(ValueError, match="Motif de la décision"):
        merge.merge_body("<p>{{ motif }}</p>", {})


@given(st.text())
def test_no_value_ever_makes_a_tag(value):
    merged = merge.merge_body("<p>{{ structure }}</p>", {"structure": value or "x"})
    assert set(merged.replace("<p>", "").replace("</p>", "").replace("<br>", "")) & {"<", ">"} == set()


def test_every_field_has_a_label_and_an_example():
    assert [name for name, field in merge.FIELDS.items() if not (field.label and field.example and field.name == name)] == []
