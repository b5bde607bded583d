"""What a record lacks is read in the other: field by field, an address whole, and nothing of it is written again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passdesk.domain.fusion import DOMICILE, GROUPES, Reunion, a_ecrire, completer
from passdesk.domain.personne import BESOINS, Personne

PLEINE = Personne(
    "autre", "Valbeck", "Henri", date(1954, 8, 17), "59249", "0600000000", "Valbeq", "Lille", "1 rue Haute", "Bât. B",
    "59610", "h@exemple.fr", "sms", ("gros_caracteres",), "ch’ti", "vient le mardi",
)  # fmt: skip
VIDE = Personne("garde", "Walbecq", "Henri")


def _texte() -> st.SearchStrategy[str]:
    return st.sampled_from(("", "a", "b"))


PERSONNES = st.builds(
    Personne,
    personne_id=st.just("p"),
    nom_naissance=_texte(), prenoms=_texte(),
    naissance=st.sampled_from((None, date(1954, 8, 17), date(1990, 1, 1))),
    commune=st.sampled_from((None, "59249", "59350")),
    telephone=_texte(), nom_usage=_texte(), lieu_naissance=_texte(), adresse=_texte(), complement_adresse=_texte(),
    code_postal=_texte(), courriel=_texte(), preference_contact=_texte(),
    besoins=st.sampled_from(((), BESOINS)), langue=_texte(), note=_texte(),
)  # fmt: skip


def test_every_field_of_a_person_is_in_one_group() -> None:
    nommes = [champ for groupe in GROUPES for champ in groupe]
    assert sorted(nommes) == sorted(champ.name for champ in fields(Personne) if champ.name != "personne_id")


def test_what_is_blank_is_filled_and_what_is_filled_stays() -> None:
    assert completer(VIDE, PLEINE) == replace(PLEINE, personne_id="garde", nom_naissance="Walbecq")
    assert completer(PLEINE, replace(VIDE, telephone="0700000000")) == PLEINE
    assert completer(PLEINE, replace(PLEINE, note="autre")) == PLEINE and completer(VIDE, VIDE) == VIDE


@pytest.mark.parametrize(
    ("garde", "remplis"),
    [
        ({}, {"adresse", "complement_adresse", "code_postal", "commune"}),
        ({"commune": "59249"}, {"adresse", "complement_adresse", "code_postal"}),
        ({"code_postal": "59610"}, {"adresse", "complement_adresse", "commune"}),
        ({"commune": "59350"}, set()),
        ({"code_postal": "59000"}, set()),
        ({"adresse": "3 place Verte"}, set()),
        ({"complement_adresse": "Lot 2"}, set()),
    ],
)
def test_an_address_is_never_made_of_two(garde: dict[str, str], remplis: set[str]) -> None:
    deux = completer(replace(VIDE, **garde), PLEINE)  # type: ignore[arg-type]
    pleins = ("adresse", "complement_adresse", "code_postal", "commune")
    assert {c for c in pleins if getattr(deux, c) == getattr(PLEINE, c) and c not in garde} == remplis
    assert {c: getattr(deux, c) for c in garde} == garde


@given(PERSONNES, PERSONNES)
def test_a_record_shown_completed_and_left_as_it_is_writes_nothing_of_the_other(
    garde: Personne, autre: Personne
) -> None:
    connue = completer(garde, autre)
    reunion = Reunion(garde, connue)
    assert a_ecrire(connue, reunion, identite=False) == (garde, ())
    assert completer(connue, autre) == connue
    typee = replace(connue, telephone="c", note="c")
    assert a_ecrire(typee, reunion, identite=False) == (replace(garde, telephone="c", note="c"), ())
    assert completer(replace(garde, telephone="c", note="c"), autre) == typee


@example(replace(VIDE, commune="59350"), replace(VIDE, commune="59249", adresse="a"), replace(VIDE, commune="59249"))
@given(PERSONNES, PERSONNES, PERSONNES)
def test_whatever_is_typed_over_it_is_what_is_read_afterwards(
    garde: Personne, autre: Personne, typee: Personne
) -> None:
    typee = replace(typee, personne_id=garde.personne_id)
    connue = completer(garde, autre)
    for identite in (False, True):
        ecrite, ecartes = a_ecrire(typee, Reunion(garde, connue), identite=identite)
        assert completer(ecrite, autre, ecartes) == typee, "what was emptied stays empty"
        suite = completer(ecrite, autre, ecartes)
        encore, toujours = a_ecrire(suite, Reunion(ecrite, suite, ecartes), identite=identite)
        assert completer(encore, autre, toujours) == typee


def test_an_address_corrected_is_written_whole() -> None:
    connue = completer(VIDE, PLEINE)
    typee = replace(connue, complement_adresse="Bât. C")
    ecrite, ecartes = a_ecrire(typee, Reunion(VIDE, connue), identite=False)
    assert ecrite == replace(VIDE, **{champ: getattr(typee, champ) for champ in DOMICILE})
    assert ecartes == ()
    assert a_ecrire(connue, Reunion(VIDE, connue), identite=False) == (VIDE, ())


def test_names_and_birth_date_read_on_a_paper_are_written() -> None:
    connue = completer(VIDE, PLEINE)
    ecrite, _ = a_ecrire(connue, Reunion(VIDE, connue), identite=True)
    assert ecrite == replace(VIDE, naissance=PLEINE.naissance)
