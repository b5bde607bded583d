"""The figures that the Region gives: each carnet once, nothing that lets a person be recognised, on both stores."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.server.chiffres import ChiffresRegion, chiffrer
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

CLES = [bytes([rang]) * 16 for rang in range(40)]


def _servir(poste: PosteFactice, *numeros: int, taille: int = 10, remis: bool = True) -> None:
    for numero in numeros:
        poste.inscrire(f"p{numero}", CLES[numero])
        poste.accorder(f"p{numero}", numero, taille)
        if remis:
            poste.ecrire("carnet.remettre", f"p{numero}", {"campagne": 12, "numero": numero, "le": "2026-11-23"})


def _le_mois_suivant(region: Region, numero: int | None) -> ChiffresRegion:
    """The figures of a month are given once it is over."""
    assert isinstance(region.horloge, HorlogeFixe)
    region.horloge.instant += timedelta(days=31)
    return chiffrer(region, numero)


def _tableau(lus: ChiffresRegion, par: str) -> dict[str, int | None]:
    return dict(dict(lus.tableaux)[par].cases)


def test_carnets_are_counted_once_by_each_of_the_five(region: Region, dotes: tuple[PosteFactice, PosteFactice]) -> None:
    un, deux = dotes
    _servir(un, 1, 2, 3, 4, 5)
    _servir(un, 21, 22, 23, 24, 25, taille=5, remis=False)
    _servir(deux, 11, 12, 13, 14, 15, 16)
    # Spoiled before it left: nobody had it.
    _servir(un, 6, remis=False)
    un.ecrire("carnet.gacher", "p6", {"campagne": 12, "numero": 6})
    for poste in dotes:
        poste.synchroniser()
    lus = _le_mois_suivant(region, None)
    assert (lus.campagne, lus.total) == (12, 16)
    assert _tableau(lus, "mois") == {"2026-11": 16}
    assert _tableau(lus, "taille") == {"10": 11, "5": 5}
    assert _tableau(lus, "pot") == {"general": 16}
    assert _tableau(lus, "poste") == {"Maison France services de Lens": 10, "Mission locale de Creil": 6}
    assert _tableau(lus, "suite") == {"remis": 11, "en_attente": 5}
    general = next(pot for pot in lus.pots if pot.pot == "general")
    assert general.stock - general.disponible == general.accorde == 300


def test_a_small_count_is_hidden_and_so_is_what_would_tell_it(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    _servir(un, 1, 2)
    _servir(deux, *range(11, 17))
    for poste in dotes:
        poste.synchroniser()
    lus = _le_mois_suivant(region, 12)
    assert lus.total == 8
    assert set(_tableau(lus, "poste").values()) == {None}


def test_too_few_of_all_give_no_figure(region: Region, dotes: tuple[PosteFactice, PosteFactice]) -> None:
    un, _ = dotes
    _servir(un, 1, 2)
    un.synchroniser()
    lus = _le_mois_suivant(region, None)
    assert lus.total is None
    assert {nombre for _, repartition in lus.tableaux for _, nombre in repartition.cases} == {None}


def test_nobody_yet_and_no_such_campaign(region: Region) -> None:
    lus = _le_mois_suivant(region, None)
    assert lus.total == 0 and all(repartition.cases == () for _, repartition in lus.tableaux)
    with pytest.raises(SaisieRefusee, match="campagne_inconnue"):
        chiffrer(region, 99)


def test_two_exports_of_a_month_are_the_same_whatever_happened_between(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    """Subtracted from each other they would tell who came on that day, and what became of one carnet."""
    un, deux = dotes
    _servir(un, 1, 2, 3, 4, 5, 6)
    _servir(deux, 11, 12, 13, 14, 15, 16, remis=False)
    for poste in dotes:
        poste.synchroniser()
    # The month under way is not given.
    assert chiffrer(region, None).total == 0
    premier = _le_mois_suivant(region, None)
    assert (premier.total, premier.jusqu_au) == (12, date(2026, 11, 30))
    # One more of that month heard late, one handed over.
    _servir(un, 7)
    deux.ecrire("carnet.remettre", "p11", {"campagne": 12, "numero": 11, "le": "2026-12-02"})
    for poste in dotes:
        poste.synchroniser()
    assert chiffrer(region, None).tableaux == premier.tableaux
    suivant = _le_mois_suivant(region, None)
    assert (suivant.total, suivant.jusqu_au) == (13, date(2026, 12, 31))
    assert _tableau(suivant, "suite") == {"remis": 8, "en_attente": 5}
