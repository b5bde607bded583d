"""French typography: what people read on screen and on paper."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.francais import (
    date_en_lettres,
    date_longue,
    euros,
    heure,
    milliers,
    nombre_decimal,
    nombre_en_lettres,
    telephone,
    typographie,
)


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("Carnet perdu ou volé ?", "Carnet perdu ou volé\u00a0?"),
        ("Carnet perdu ou volé?", "Carnet perdu ou volé\u00a0?"),
        ("Bonjour:", "Bonjour\u00a0:"),
        ("l'ami d'Élodie", "l’ami d’Élodie"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("«oui»", "«\u00a0oui\u00a0»"),
        ("« Vrai ? »", "«\u00a0Vrai\u00a0?\u00a0»"),
        ("Quoi ?!", "Quoi\u00a0?!"),
        ("un ; deux", "un\u00a0; deux"),
        ("10 €", "10\u00a0€"),
        ("10€, soit 5%.", "10\u00a0€, soit 5\u00a0%."),
        ("déjà\u202f?", "déjà\u00a0?"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ("à 12:30", "à 12:30"),
        ("(?)", "(?)"),
        ("", ""),
    ],
)
def test_typographie(tape: str, lu: str) -> None:
    assert typographie(tape) == lu


@pytest.mark.parametrize(
    ("nombre", "lu"),
    [(0, "0"), (999, "999"), (1234, "1\u00a0234"), (1_000_000, "1\u00a0000\u00a0000"), (-12000, "-12\u00a0000")],
)
def test_les_milliers_se_separent_sans_se_couper(nombre: int, lu: str) -> None:
    assert milliers(nombre) == lu
    assert nombre_decimal(nombre + 0.5) == f"{nombre + 0.5:.1f}".replace(".", ",")


@given(st.text(alphabet="aé 1\u00a0\u202f'’:;?!«»€%().,…"))
def test_typographie_ne_change_plus_un_texte_deja_compose(texte: str) -> None:
    compose = typographie(texte)
    assert typographie(compose) == compose
    assert "'" not in compose


@given(st.text(alphabet="abc 12:;?!«»€%'"))
def test_typographie_ne_touche_qu_aux_blancs_et_aux_apostrophes(texte: str) -> None:
    def signes(t: str) -> str:
        return "".join(t.replace("'", "’").split())

    assert signes(typographie(texte)) == signes(texte)


def test_date_longue_garde_le_jour_avec_le_mois() -> None:
    assert date_longue(date(2027, 12, 31)) == "31\u00a0décembre 2027"
    assert date_longue(date(2027, 3, 1)) == "1er\u00a0mars 2027"
    assert date_longue(date(2028, 8, 2)) == "2\u00a0août 2028"


@pytest.mark.parametrize(
    ("jour", "lettres"),
    [
        (date(2027, 12, 31), "trente et un décembre deux mille vingt-sept"),
        (date(2030, 3, 1), "premier mars deux mille trente"),
        (date(2071, 2, 21), "vingt et un février deux mille soixante et onze"),
        (date(2080, 8, 17), "dix-sept août deux mille quatre-vingts"),
        (date(2099, 7, 5), "cinq juillet deux mille quatre-vingt-dix-neuf"),
        (date(1981, 6, 30), "trente juin mille neuf cent quatre-vingt-un"),
        (date(2200, 1, 11), "onze janvier deux mille deux cents"),
        (date(2000, 4, 9), "neuf avril deux mille"),
    ],
)
def test_date_en_lettres(jour: date, lettres: str) -> None:
    assert date_en_lettres(jour) == lettres


def test_deux_nombres_ne_s_ecrivent_jamais_pareil() -> None:
    assert len({nombre_en_lettres(n) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize("nombre", [-1, 10_000])
def test_nombre_hors_de_portee(nombre: int) -> None:
    with pytest.raises(ValueError, match=str(nombre)):
        nombre_en_lettres(nombre)


def test_heure() -> None:
    assert heure(time(9, 42)) == "9\u00a0h\u00a042"
    assert heure(time(9, 5)) == "9\u00a0h\u00a005"
    assert heure(datetime(2026, 11, 23, 14, 0)) == "14\u00a0h"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("0300000001", "03 00 00 00 01"),
        ("03.00.00.00.01", "03 00 00 00 01"),
        ("+33 3 00 00 00 01", "+33 3 00 00 00 01"),
        ("0033(0)300000001", "+33 3 00 00 00 01"),
        ("3949", "39 49"),
        (" au guichet ", "au guichet"),
        ("+49 30 123", "+49 30 123"),
    ],
)
def test_telephone(saisi: str, lu: str) -> None:
    assert telephone(saisi).replace("\u00a0", " ") == lu


def test_un_numero_ne_se_coupe_pas_en_fin_de_ligne() -> None:
    assert " " not in telephone("0300000001")


@pytest.mark.parametrize(
    ("cents", "lu"), [(1000, "10 €"), (1050, "10,50 €"), (123456, "1 234,56 €"), (0, "0 €"), (-500, "-5 €")]
)
def test_euros(cents: int, lu: str) -> None:
    assert euros(cents) == lu.replace(" ", "\u00a0")
