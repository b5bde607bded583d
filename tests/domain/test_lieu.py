"""Places: how far, which three, what the desk says instead of the list, hours as one says them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.horaires import Horaires, Plage, lire_horaires, lire_journee, semaine, unir
from passdesk.domain.lieu import (
    FiltreLieux,
    Lieu,
    Position,
    corriger,
    les_plus_proches,
    par_distance,
    texte_distance,
)

AVESNES = Position(50.1233, 3.9308)
ATELIER = Lieu("a", "Atelier", commune="Villetémoin", position=Position(50.15, 3.95), accepte_pass=True)


def matin(*jours: int) -> Horaires:
    trouvee = semaine([(Plage(540, 720),) if jour in jours else () for jour in range(7)])
    assert trouvee is not None
    return trouvee


@pytest.mark.parametrize(
    ("autre", "km"),
    [
        (AVESNES, 0.0),
        (Position(50.2775, 3.9734), 17.4),  # Maubeuge
        (Position(50.6292, 3.0573), 83.8),  # Lille
    ],
)
def test_the_distance_is_that_of_the_map(autre: Position, km: float) -> None:
    assert AVESNES.distance_km(autre) == pytest.approx(km, abs=0.2)
    assert autre.distance_km(AVESNES) == pytest.approx(AVESNES.distance_km(autre))


@given(
    *(st.floats(-90, 90) if rang % 2 == 0 else st.floats(-180, 180) for rang in range(4)),
)
def test_no_two_points_are_further_than_the_antipodes(a: float, b: float, c: float, d: float) -> None:
    assert 0 <= Position(a, b).distance_km(Position(c, d)) <= 20_016


@pytest.mark.parametrize(
    ("km", "mots"), [(0.01, "100 m"), (0.34, "300 m"), (0.94, "900 m"), (0.96, "1 km"), (3.6, "4 km"), (113, "113 km")]
)
def test_a_distance_is_said_in_a_round_number(km: float, mots: str) -> None:
    assert texte_distance(km).replace("\u00a0", " ") == mots


def test_the_three_nearest_that_take_the_pass() -> None:
    loin = replace(ATELIER, lieu_id="b", nom="Loin", position=Position(50.3, 4.1))
    plus_loin = replace(ATELIER, lieu_id="c", nom="Plus loin", position=Position(50.4, 4.2))
    tres_loin = replace(ATELIER, lieu_id="d", nom="Très loin", position=Position(50.6, 4.4))
    ecartes = [
        replace(ATELIER, lieu_id="e", nom="Ne sait pas", accepte_pass=None),
        replace(ATELIER, lieu_id="f", nom="Refuse", accepte_pass=False),
        replace(ATELIER, lieu_id="g", nom="Fermé au public", recoit_public=False),
        replace(ATELIER, lieu_id="h", nom="Mis de côté", ecarte=True),
        replace(ATELIER, lieu_id="i", nom="Nulle part", position=None),
    ]
    tous = [tres_loin, *ecartes, plus_loin, ATELIER, loin]
    assert [p.lieu.lieu_id for p in les_plus_proches(tous, AVESNES, FiltreLieux())] == ["a", "b", "c"]
    assert les_plus_proches(tous, None, FiltreLieux()) == []
    sans_filtre = les_plus_proches(tous, AVESNES, FiltreLieux(accepte_pass=False))
    assert [p.lieu.lieu_id for p in sans_filtre] == ["a", "e", "b"], "unknown may be wanted, refused never"


def test_a_filter_asks_for_what_is_said_not_for_what_is_unknown() -> None:
    bus = replace(ATELIER, lieu_id="b", nom="Bus", itinerant=True, accessible=None)
    tous = [ATELIER, bus]
    assert [p.lieu for p in les_plus_proches(tous, AVESNES, FiltreLieux(itinerant=True))] == [bus]
    assert les_plus_proches(tous, AVESNES, FiltreLieux(accessible=True)) == []


def test_one_place_told_by_two_lists_is_proposed_once() -> None:
    meme = replace(ATELIER, lieu_id="b", nom="Espace numérique", telephone="03 53 01 00 01",
                   position=Position(50.1501, 3.9501))  # fmt: skip
    antenne = replace(meme, lieu_id="c", nom="Antenne", position=Position(50.2, 3.95))
    tous = [replace(ATELIER, telephone="03 53 01 00 01"), meme, antenne]
    assert [p.lieu.lieu_id for p in les_plus_proches(tous, AVESNES, FiltreLieux())] == ["a", "c"]


def test_places_without_a_position_come_last_by_name() -> None:
    b, a = replace(ATELIER, lieu_id="b", nom="Bus", position=None), replace(ATELIER, nom="Épicerie", position=None)
    assert [p.lieu.nom for p in par_distance([a, b, ATELIER], AVESNES)] == ["Atelier", "Bus", "Épicerie"]


def test_what_the_desk_says_stands_before_the_list() -> None:
    liste = replace(ATELIER, telephone="03 53 01 00 01", horaires=matin(0), itinerant=False)
    corrige = corriger(
        liste,
        {"telephone": "", "horaires": matin(1).texte, "accepte_pass": "non", "itinerant": "", "ecarte": "oui"},
    )
    assert (corrige.telephone, str(corrige.horaires)) == ("", "mardi\u00a0: 9\u00a0h à 12\u00a0h")
    assert (corrige.accepte_pass, corrige.itinerant, corrige.accessible, corrige.ecarte) == (False, None, None, True)
    assert corriger(liste, {}) == liste
    assert corriger(liste, {"nom": "Autre"}) == liste


@pytest.mark.parametrize(
    ("jours", "mots"),
    [
        ((0, 2, 4), "lundi, mercredi, vendredi"),
        ((0, 1, 2, 3, 4), "du lundi au vendredi"),
        ((5, 6), "samedi, dimanche"),
        ((0, 1, 2, 3, 5), "du lundi au jeudi, samedi"),
        (range(7), "tous les jours"),
    ],
)
def test_days_are_said_together(jours: tuple[int, ...], mots: str) -> None:
    assert str(matin(*jours)).replace("\u00a0", " ") == f"{mots} : 9 h à 12 h"


def test_days_of_other_hours_follow() -> None:
    semaine_lue = lire_horaires("09:00-12:00,13:30-17:00;" * 4 + "09:00-12:00;;")
    assert semaine_lue is not None
    assert [(j, h.replace("\u00a0", " ")) for j, h in semaine_lue.groupes] == [
        ("du lundi au jeudi", "9 h à 12 h, 13 h 30 à 17 h"),
        ("vendredi", "9 h à 12 h"),
    ]


@pytest.mark.parametrize(
    ("ecrit", "plages", "repare"),
    [
        ("", [], False),
        ("-", [], False),
        ("Fermé", [], False),
        ("09:00 - 12:00 / 13:30 - 17:00", [(540, 720), (810, 1020)], False),
        ("09:00-12:00/13:30-17:00", [(540, 720), (810, 1020)], False),
        ("9h-12h30", [(540, 750)], False),
        ("de 9 h à 12 h et 14h00 à 17h", [(540, 720), (840, 1020)], False),
        ("13:30 - 17:00 / 09:00 - 12:00", [(540, 720), (810, 1020)], False),
        ("09:00 - 12:00 / 09:00 - 12:00", [(540, 720)], True),
        ("09:00 - 16:30 / 13:30 - 16:30", [(540, 990)], True),
        ("09:00 - 12:00 / 12:00 - 14:00", [(540, 840)], True),
        ("8:00-24:00", [(480, 1440)], False),
    ],
)
def test_a_day_as_people_write_it(ecrit: str, plages: list[tuple[int, int]], repare: bool) -> None:
    assert lire_journee(ecrit) == (tuple(Plage(*plage) for plage in plages), repare)


@pytest.mark.parametrize("ecrit", ["sur rendez-vous", "12:00 - 09:00", "09:00", "25:00-26:00", "9:75-12:00", "9-9"])
def test_a_day_that_says_no_opening_is_not_guessed(ecrit: str) -> None:
    assert lire_journee(ecrit) is None


JOURNEES = st.lists(
    st.tuples(st.integers(0, 1438), st.integers(1, 600)).map(lambda p: Plage(p[0], min(1440, p[0] + p[1]))), max_size=4
)


@given(st.lists(JOURNEES, min_size=7, max_size=7))
def test_a_week_reads_back_as_it_was_kept(jours: list[list[Plage]]) -> None:
    lue = semaine([unir(jour) for jour in jours])
    assert (lire_horaires(lue.texte) if lue else None) == lue


@given(JOURNEES)
def test_joining_stretches_opens_and_closes_nothing(plages: list[Plage]) -> None:
    unies = unir(plages)
    ouvertes = {minute for plage in plages for minute in range(plage.debut, plage.fin)}
    assert {minute for plage in unies for minute in range(plage.debut, plage.fin)} == ouvertes
    assert all(a.fin < b.debut for a, b in pairwise(unies))
