"""What is typed in a date or telephone field is understood, or kept with the sentence that says how to mend it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.saisie_date import CODES_DATE, lire_date, lire_naissance
from passdesk.services.telephone import CODES_TELEPHONE
from passdesk.ui.messages.visite import MESSAGES
from passdesk.ui.saisie import Relecture, date_chiffres, relire_date, relire_naissance, relire_telephone

JOUR = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("12041987", date(1987, 4, 12)),
        ("12/4/87", date(1987, 4, 12)),
        ("12.04.1987", date(1987, 4, 12)),
        ("12 04 87", date(1987, 4, 12)),
        ("120487", date(1987, 4, 12)),
        ("12 avril 1987", date(1987, 4, 12)),
        ("12 AVR. 87", date(1987, 4, 12)),
        ("1er août 1950", date(1950, 8, 1)),
        ("3\u00a0décembre\u00a01999", date(1999, 12, 3)),
        ("2026-03-03", date(2026, 3, 3)),
        ("19870412", date(1987, 4, 12)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_une_date_se_tape_comme_on_l_ecrit(texte: str, attendu: date) -> None:
    assert lire_naissance(texte, JOUR).date == attendu
    assert relire_naissance(texte, JOUR).texte == date_chiffres(attendu)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("31/02/1958", "date_fevrier_31"),
        ("29/02/2023", "date_fevrier_29"),
        ("31 avril 2000", "date_avril_31"),
        ("32/01/1987", "date_jour"),
        ("12/13/1987", "date_mois"),
        ("12/04", "date_incomplete"),
        ("3 mars", "date_incomplete"),
        ("12/04/198", "date_annee"),
        ("24/11/2026", "date_future"),
        ("01/01/1890", "date_trop_ancienne"),
        ("hier", "date_incomprise"),
        ("???", "date_incomprise"),
    ],
)
def test_une_date_impossible_garde_ce_qui_est_tape(texte: str, code: str) -> None:
    relecture = relire_naissance(texte, JOUR)
    assert relecture.erreur == code
    assert relecture.texte == texte
    assert str(MESSAGES[code])


@pytest.mark.parametrize(
    ("texte", "arrivee", "age"),
    [
        ("12/04/2017", JOUR, 9),  # 12/04/1977, three keys beside
        ("24/11/2012", JOUR, 13),
        ("23/11/2012", JOUR, None),  # fourteen that day: a lycéen a year ahead
        ("12/04/2010", date(2021, 3, 1), 10),
        ("15/01/1920", JOUR, 106),
        ("24/11/1920", JOUR, None),
    ],
)
def test_un_age_que_personne_n_a_au_guichet_se_relit_sans_rien_bloquer(
    texte: str, arrivee: date, age: int | None
) -> None:
    assert relire_naissance(texte, JOUR, arrivee) == Relecture(texte, age=age)


def test_personne_ne_demande_avant_sa_naissance() -> None:
    lue = relire_naissance("13/04/2017", JOUR, date(2017, 4, 12))
    assert lue == Relecture("13/04/2017", "naissance_apres_arrivee")
    assert relire_naissance("12/04/2017", JOUR, date(2017, 4, 12)).erreur is None


def test_rien_de_tape_n_est_pas_une_faute() -> None:
    assert relire_naissance("  ", JOUR).erreur is None
    assert relire_telephone(" ").erreur is None


@pytest.mark.parametrize(
    ("texte", "annee"), [("12/4/87", 1987), ("12/4/20", 1920), ("12/4/14", 2014), ("12/4/15", 1915), ("23/11/14", 2014)]
)
def test_une_naissance_a_deux_chiffres_prend_le_siecle_qui_fait_douze_ans(texte: str, annee: int) -> None:
    lue = lire_naissance(texte, JOUR).date
    assert lue is not None and lue.year == annee


def test_une_annee_a_deux_chiffres_est_des_annees_2000_sauf_a_la_naissance() -> None:
    assert lire_date("18/01/26", JOUR).date == date(2026, 1, 18)
    assert lire_date("18/12/26", JOUR).erreur == "date_future", "no request arrived in 1926"
    assert relire_date("18/12/26", JOUR).texte == "18/12/26", "and none is written in the field"
    assert lire_date("18/12/26", JOUR, passe=False).date == date(2026, 12, 18)


@given(st.dates(min_value=date(1907, 1, 1), max_value=JOUR))
def test_ce_que_le_champ_montre_se_relit_a_l_identique(jour: date) -> None:
    assert lire_date(date_chiffres(jour), JOUR).date == jour
    assert relire_naissance(date_chiffres(jour), JOUR).texte == date_chiffres(jour)


@given(st.text(max_size=24))
def test_aucune_frappe_ne_fait_tomber_la_lecture(texte: str) -> None:
    lecture = lire_naissance(texte, JOUR)
    assert lecture.erreur is None or lecture.erreur in CODES_DATE
    assert lecture.date is None or lecture.date <= JOUR
    relecture = relire_telephone(texte)
    assert relecture.erreur is None or (relecture.erreur in CODES_TELEPHONE and relecture.texte == texte)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("0639980012", "06 39 98 00 12"),
        ("06.39.98.00.12", "06 39 98 00 12"),
        ("+33 (0)6 39 98 00 12", "06 39 98 00 12"),
        ("0033639980012", "06 39 98 00 12"),
        ("639980012", "06 39 98 00 12"),
        ("+32470123456", "+32 470 12 34 56"),
        ("0032 60 21 12 34", "+32 60 21 12 34"),
        ("+49 30 123456", "+49 30 123456"),
    ],
)
def test_un_telephone_se_lit_par_paires(texte: str, attendu: str) -> None:
    assert relire_telephone(texte).texte == attendu
    assert relire_telephone(texte).erreur is None


@pytest.mark.parametrize(
    ("texte", "code"),
    [("06 39 98", "telephone_incomplet"), ("060211234", "telephone_incomplet"), ("06399800123", "telephone_trop_long")],
)
def test_un_telephone_douteux_est_garde_tel_quel(texte: str, code: str) -> None:
    assert relire_telephone(texte).erreur == code
    assert relire_telephone(texte).texte == texte
    assert code in MESSAGES
