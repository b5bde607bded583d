"""The figures of a year on a real base: what is counted, what is hidden, and the two kinds of table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.chiffres import ENTETE, enregistrer_chiffres, lire_chiffres
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.tableur import ouvrir_tableau
from passdesk.services.visite import garder
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    """Ten requests in 2026: eight job seekers and two seniors; six in Trélon, four in Avesnes; one in 2025."""
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    for rang in range(10):
        public = "senior" if rang < 2 else "demandeur_emploi"
        commune = "59591" if rang < 6 else "59036"
        mois = "03" if rang < 5 else "11"
        visite = visite_accord(poste, nom_naissance=f"Nom{rang}", public=public, commune=commune, pieces=(),
                               naissance=f"0{rang % 9 + 1}/02/1950", arrivee_le=f"03/{mois}/2026")  # fmt: skip
        assert garder(poste, visite) is not None
    ancienne = visite_accord(poste, nom_naissance="Avant", arrivee_le="03/05/2025", pieces=())
    assert garder(poste, replace(ancienne, naissance="01/01/1960")) is not None
    yield poste
    poste.fermer()


def donne(poste: Poste, par: str, annee: int | None = None) -> dict[str, int | None]:
    return {str(cle): nombre for cle, nombre in dict(lire_chiffres(poste, annee).tableaux)[par].cases}


def test_a_year_by_each_of_four_ways_the_small_ones_hidden(poste: Poste) -> None:
    lus = lire_chiffres(poste)
    assert (lus.annee, lus.annees, lus.total) == (2026, (2026, 2025), 10)
    # Two seniors would be ten less eight: both are hidden. Four in Avesnes hide the six of Trélon.
    assert donne(poste, "public") == {"demandeur_emploi": None, "senior": None}
    assert donne(poste, "commune") == {"59036": None, "59591": None}
    assert donne(poste, "issue") == {"incomplete": 10}
    mois = donne(poste, "mois")
    assert len(mois) == 12 and (mois["03"], mois["11"], mois["01"]) == (5, 5, 0)


def test_one_request_in_a_year_gives_nothing_at_all(poste: Poste) -> None:
    lus = lire_chiffres(poste, 2025)
    assert lus.total is None
    assert {nombre for _, tableau in lus.tableaux for _, nombre in tableau.cases} == {None}


def test_a_desk_that_served_nobody(tmp_path: Path) -> None:
    poste = creer_poste(tmp_path / "neuf", PHRASE, "Claire", horloge_fixe(), cout_phrase=PHRASE_LEGERE)
    poste.horloge = HorlogeFixe(datetime(2027, 1, 2, tzinfo=UTC))
    lus = lire_chiffres(poste)
    assert (lus.annee, lus.annees, lus.total) == (2027, (2027,), 0)
    poste.fermer()


LIGNES = (("Par commune", "=HYPERLINK(1)", 12), ("Par commune", "Noyelles & <fils> ; « Sambre »", "Pas donné"))


def test_the_csv_runs_no_formula(tmp_path: Path) -> None:
    enregistrer_chiffres(tmp_path / "c.csv", 2026, LIGNES)
    octets = (tmp_path / "c.csv").read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    lues = list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert lues[0] == list(ENTETE) and lues[1] == ["2026", "Par commune", "'=HYPERLINK(1)", "12"]
    assert lues[2][2:] == [LIGNES[1][1], "Pas donné"]


def test_the_ods_is_read_back_and_is_the_same_twice(tmp_path: Path) -> None:
    for nom in ("un.ods", "deux.ODS"):
        enregistrer_chiffres(tmp_path / nom, 2026, LIGNES)
    assert (tmp_path / "un.ods").read_bytes() == (tmp_path / "deux.ODS").read_bytes()
    lue = ouvrir_tableau(tmp_path / "un.ods")
    assert lue.feuilles == ("Chiffres",)
    attendues = [ENTETE, *(("2026", *map(str, ligne)) for ligne in LIGNES)]
    assert [ligne.cellules for ligne in lue.lignes()] == attendues


def test_a_place_that_refuses(tmp_path: Path) -> None:
    for nom in ("c.csv", "c.ods"):
        with pytest.raises(PanneAttendue, match="ecriture_impossible"):
            enregistrer_chiffres(tmp_path / "absent" / nom, 2026, LIGNES)


def test_the_day_of_arrival_counts_not_the_day_it_was_typed(poste: Poste) -> None:
    poste.horloge = poste.base.horloge = HorlogeFixe(datetime(2027, 1, 5, tzinfo=UTC))
    visite = visite_accord(poste, nom_naissance="Courrier", arrivee_le="20/12/2026", pieces=())
    assert garder(poste, visite) is not None
    assert lire_chiffres(poste, 2026).total == 11
