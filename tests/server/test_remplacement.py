"""Another carnet for one that is void: it counts in the place of the first, never beside it (protocol §3)."""

from __future__ import annotations

from typing import Any

import pytest

from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import CarnetBloque, IndexAjout
from passdesk.server import administration
from passdesk.server.publication import publier
from passdesk.server.region import Region
from passdesk.server.trancher import trancher
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


def _remplacer(poste: PosteFactice, personne: str, ancien: int, numero: int, taille: int) -> None:
    corps = {"pass": 0, "remplace": {"campagne": 12, "numero": ancien}}
    poste.accorder(personne, numero, taille, v=2, **corps)


def _perdre(poste: PosteFactice, personne: str, numero: int, acte: str = "carnet.declarer_perdu") -> None:
    poste.ecrire("carnet.remettre", personne, {"campagne": 12, "numero": numero, "le": "2026-11-23"})
    poste.ecrire(acte, personne, {"campagne": 12, "numero": numero, "le": "2026-11-24"})


def _remplacer_un_bloque(dotes: Dotes) -> PosteFactice:
    """Five elsewhere, then ten of which a case blocks five, lost and replaced: carnet 2 in the place of carnet 1."""
    un, deux = dotes
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5)
    deux.synchroniser()
    un.inscrire("p", CLE)
    un.accorder("p", 1, 10)
    un.synchroniser()
    _perdre(un, "p", 1)
    _remplacer(un, "p", 1, 2, 10)
    un.synchroniser()
    return un


def _annules(region: Region) -> dict[tuple[int, int], str]:
    contenu = lire_confiance(publier(region), region.cles.racine).contenu
    return {(a.carnet, a.rang): a.raison for a in contenu.annulations}


def _index(poste: PosteFactice) -> list[int]:
    return [e.passes for e in poste.ecouter() if isinstance(e, IndexAjout)]


def _issues(poste: PosteFactice) -> list[str]:
    return [o.result for o in poste.synchroniser().outcomes]


@pytest.mark.parametrize("acte", ["carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner"])
def test_the_new_paper_counts_in_the_place_of_the_old_one(region: Region, dotes: Dotes, acte: str) -> None:
    un, deux = dotes
    un.inscrire("p", CLE)
    un.accorder("p", 1, 10)
    _perdre(un, "p", 1, acte)
    _remplacer(un, "p", 1, 2, 10)
    assert _issues(un) == ["appliquee"] * 5
    assert _index(deux) == [10], "no desk is told of ten more"
    assert (2, 0) not in _annules(region)
    assert administration.litiges(region) == ()


def test_lost_again_and_replaced_again_it_still_counts_once(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p", CLE)
    un.accorder("p", 21, 5)
    for ancien, nouveau in ((21, 22), (22, 23)):
        _perdre(un, "p", ancien)
        _remplacer(un, "p", ancien, nouveau, 5)
    un.accorder("p", 24, 5)
    assert set(_issues(un)) == {"appliquee"}, "five lost twice, and five more: ten"
    un.accorder("p", 25, 5)
    assert _issues(un)[-1] == "litige"


def test_what_is_in_excess_is_blocked_on_the_paper_that_can_be_spent(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 11, 10)
    un.inscrire("p", CLE)
    un.accorder("p", 21, 5)
    _perdre(un, "p", 21)
    _remplacer(un, "p", 21, 22, 5)
    un.synchroniser()
    assert deux.synchroniser().outcomes[-1].result == "litige"
    annules = _annules(region)
    assert {rang for carnet, rang in annules if carnet == 11} == {6, 7, 8, 9, 10}
    assert not [rang for carnet, rang in annules if carnet == 22]


def test_what_a_case_blocks_on_the_old_paper_is_blocked_on_the_new_one(region: Region, dotes: Dotes) -> None:
    un = _remplacer_un_bloque(dotes)
    assert CarnetBloque(12, 2, (6, 7, 8, 9, 10), "litige") in un.ecouter()
    assert {rang for carnet, rang in _annules(region) if carnet == 2} == {6, 7, 8, 9, 10}


@pytest.mark.parametrize(("decision", "rangs"), [("erreur", ()), ("fraude", (0,))])
def test_a_decision_reaches_the_paper_that_took_the_place_of_the_one_in_question(
    region: Region, dotes: Dotes, decision: str, rangs: tuple[int, ...]
) -> None:
    un = _remplacer_un_bloque(dotes)
    (litige,) = administration.litiges(region)
    trancher(region, litige.litige, decision)
    assert tuple(rang for carnet, rang in _annules(region) if carnet == 2) == rangs
    assert [e.rangs for e in un.ecouter() if isinstance(e, CarnetBloque) and e.carnet == 2][-1] == (
        () if decision == "erreur" else tuple(range(1, 11))
    )


@pytest.mark.parametrize(
    "comment",
    ["en vigueur", "autre taille", "autre personne", "deja remplace", "rendu avant remise", "inconnu"],
)
def test_one_that_takes_no_place_counts_as_any_award(region: Region, dotes: Dotes, comment: str) -> None:
    un, deux = dotes
    un.inscrire("p", CLE)
    un.inscrire("q", b"q" * 16)
    un.accorder("p", 1, 10)
    ancien, personne, numero, taille = 1, "p", 2, 10
    if comment == "rendu avant remise":
        un.ecrire("carnet.retourner", "p", {"campagne": 12, "numero": 1, "le": "2026-11-24"})
    elif comment != "en vigueur":
        _perdre(un, "p", 1)
    if comment == "autre taille":
        numero, taille = 21, 5
    elif comment == "autre personne":
        personne = "q"
    elif comment == "deja remplace":
        _remplacer(un, "p", 1, 3, 10)
    elif comment == "inconnu":
        ancien = 9
    _remplacer(un, personne, ancien, numero, taille)
    un.synchroniser()
    assert _index(deux)[-1] == taille


def test_a_new_paper_spoiled_before_it_was_given_takes_nothing_back(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    un.inscrire("p", CLE)
    un.accorder("p", 1, 10)
    _perdre(un, "p", 1)
    _remplacer(un, "p", 1, 2, 10)
    un.ecrire("carnet.gacher", "p", {"campagne": 12, "numero": 2, "motif": "papier"})
    un.synchroniser()
    assert _index(deux) == [10], "the first ten stay spent"
    _remplacer(un, "p", 1, 3, 10)
    assert _issues(un)[-1] == "appliquee"
    assert _index(deux) == []


@pytest.mark.parametrize("acte", ["attribution.annuler", "carnet.gacher", "carnet.retourner"])
def test_the_block_on_a_new_paper_that_leaves_does_not_leave_with_it(region: Region, dotes: Dotes, acte: str) -> None:
    un, deux = dotes
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5)
    deux.synchroniser()
    un.inscrire("p", b"q" * 16)
    un.accorder("p", 1, 10)
    _perdre(un, "p", 1)
    _remplacer(un, "p", 1, 2, 10)
    un.inscrire("p", CLE)
    assert _issues(un)[-1] == "litige", "who it is, was learnt once it was replaced"
    assert set(_annules(region)) == {(1, 0), *((2, rang) for rang in range(6, 11))}
    un.ecrire(acte, "p", {"campagne": 12, "numero": 2, "attribution": "attribution-2", "le": "2026-11-24"})
    assert _issues(un)[-1] == "litige"
    assert len(administration.litiges(region)) == 2
    assert {rang for carnet, rang in _annules(region) if carnet == 31} == {1, 2, 3, 4, 5}
    assert CarnetBloque(12, 31, (1, 2, 3, 4, 5), "litige") in deux.ecouter()
    _remplacer(un, "p", 1, 3, 10)
    assert _issues(un)[-1] == "appliquee", "ten, of which one more paper takes the place"
    assert not [rang for carnet, rang in _annules(region) if carnet == 3]


def test_a_hand_over_taken_back_counts_no_more_once_returned(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    un.inscrire("p", CLE)
    un.accorder("p", 1, 10)
    le: dict[str, Any] = {"campagne": 12, "numero": 1, "le": "2026-11-23"}
    un.ecrire("carnet.remettre", "p", le)
    un.ecrire("carnet.remettre", "p", le | {"annule": True}, v=2)
    un.ecrire("carnet.retourner", "p", le)
    assert set(_issues(un)) == {"appliquee"}
    assert _index(deux) == [10, -10]


def test_a_block_on_a_new_paper_counted_with_another_record_from_now_on_is_found_anew(
    region: Region, dotes: Dotes
) -> None:
    un, deux = dotes
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5)
    deux.synchroniser()
    un.inscrire("garde", None)
    un.inscrire("absorbee", b"q" * 16)
    un.accorder("absorbee", 1, 10)
    _perdre(un, "absorbee", 1)
    un.ecrire("personne.fusionner", "garde", {"absorbee": "absorbee"})
    _remplacer(un, "garde", 1, 2, 10)
    un.inscrire("absorbee", CLE)
    assert _issues(un)[-1] == "litige"
    un.ecrire("personne.fusionner", "garde", {"absorbee": "absorbee", "annule": True}, v=2)
    assert _issues(un)[-1] == "litige", "the lost one counts whole with the five"
    assert {rang for carnet, rang in _annules(region) if carnet == 31} == {1, 2, 3, 4, 5}
