"""A desk's word voids the numbers of its own lots and no others (decision 0079); what was void can be taken back."""

from __future__ import annotations

import sqlite3

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import CarnetBloque
from passdesk.protocol.messages import SyncAnswer
from passdesk.server import administration
from passdesk.server.magasin import avancer
from passdesk.server.nullite import tient
from passdesk.server.publication import annuler_carnet, publier, retablir_carnet
from passdesk.server.region import Region
from passdesk.server.revocation import revoquer
from passdesk.server.settlement import regler_plafond
from passdesk.server.trancher import DECISIONS, trancher
from tests.server.poste_factice import PosteFactice

CLE, AUTRE = b"k" * 16, b"l" * 16
Dotes = tuple[PosteFactice, PosteFactice]
SORTIES = ("carnet.gacher", "carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")


def _nuls(region: Region) -> dict[int, str]:
    """What a bundle made now refuses: carnet, reason."""
    annonce = lire_confiance(publier(region), region.cles.racine).contenu
    return {annulation.carnet: annulation.raison for annulation in annonce.annulations}


def _attribuer(poste: PosteFactice, personne: str, cle: bytes, numero: int, taille: int = 10) -> None:
    poste.inscrire(personne, cle)
    poste.accorder(personne, numero, taille)


@pytest.mark.parametrize("sortie", SORTIES)
@pytest.mark.parametrize("avant", [True, False])
def test_a_desk_voids_no_number_of_another(region: Region, dotes: Dotes, sortie: str, avant: bool) -> None:
    """Whether it names the number before it was awarded or after: the true carnet stays good, and a case says why."""
    un, hostile = dotes

    def mentir() -> None:
        _attribuer(hostile, "x", AUTRE, 3)
        hostile.ecrire(sortie, "x", {"campagne": 12, "numero": 3, "le": "2026-12-01"})
        hostile.synchroniser()

    if avant:
        mentir()
    _attribuer(un, "p", CLE, 3)
    un.ecrire("carnet.remettre", "p", {"campagne": 12, "numero": 3})
    un.synchroniser()
    if not avant:
        mentir()
    assert _nuls(region) == {}
    assert {li.genre for li in administration.litiges(region)} >= {"numero_double"}


def test_nor_by_voiding_an_award_of_it(region: Region, dotes: Dotes) -> None:
    un, hostile = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    _attribuer(hostile, "x", AUTRE, 3)
    hostile.ecrire("attribution.annuler", "x", {"attribution": "attribution-3", "motif": "autre"})
    hostile.synchroniser()
    assert _nuls(region) == {}


def test_nor_a_number_that_is_nobody_s_yet(region: Region, dotes: Dotes) -> None:
    un, hostile = dotes
    _attribuer(hostile, "x", AUTRE, 41)
    hostile.ecrire("carnet.declarer_vole", "x", {"campagne": 12, "numero": 41, "le": "2026-12-01"})
    hostile.synchroniser()
    assert administration.doter_poste(region, un.device, taille=10, carnets=5).premier == 41
    _attribuer(un, "p", CLE, 41)
    un.synchroniser()
    assert _nuls(region) == {}


@pytest.mark.parametrize("decision", DECISIONS)
def test_nor_by_an_excess_over_the_cap(region: Region, dotes: Dotes, decision: str) -> None:
    """Its own paper is in excess, under the number of somebody else's: that paper is not blocked, nor is it counted."""
    un, hostile = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    _attribuer(hostile, "x", AUTRE, 11)
    hostile.accorder("x", 3, 10)
    hostile.accorder("x", 12, 10)
    hostile.synchroniser()
    assert _nuls(region) == {12: "litige"}
    for litige in administration.litiges(region):
        if litige.genre == "plafond":
            trancher(region, litige.litige, decision)
    assert 3 not in _nuls(region)


def test_nor_by_a_replacement(region: Region, dotes: Dotes) -> None:
    """What is blocked of the paper replaced is carried over to a number of the desk that replaces it, and no other."""
    un, hostile = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    _attribuer(hostile, "x", AUTRE, 11)
    hostile.accorder("x", 12, 10)
    hostile.ecrire("carnet.remettre", "x", {"campagne": 12, "numero": 12})
    hostile.ecrire("carnet.declarer_perdu", "x", {"campagne": 12, "numero": 12, "le": "2026-12-01"})
    hostile.accorder("x", 3, 10, v=2, remplace={"campagne": 12, "numero": 12})
    hostile.synchroniser()
    assert 3 not in _nuls(region)


def test_a_paper_lost_is_replaced_though_another_desk_says_it_holds_it(region: Region, dotes: Dotes) -> None:
    un, hostile = dotes
    numero = {"campagne": 12, "numero": 3}
    _attribuer(un, "p", CLE, 3)
    un.ecrire("carnet.remettre", "p", numero)
    un.synchroniser()
    _attribuer(hostile, "x", AUTRE, 3)
    hostile.synchroniser()
    un.ecrire("carnet.declarer_perdu", "p", {**numero, "le": "2026-12-01"})
    un.accorder("p", 4, 10, v=2, remplace=numero)
    reponse = un.synchroniser(4)
    assert [issue.result for issue in reponse.outcomes] == ["appliquee", "appliquee"]
    assert _nuls(region) == {3: "perdu"}


def test_what_is_of_no_lot_takes_nothing_from_the_cap(region: Region, dotes: Dotes) -> None:
    """No place takes such a paper: a case tells of it, and the person's own carnet is not in excess."""
    un, hostile = dotes
    _attribuer(hostile, "x", CLE, 9000)
    hostile.synchroniser()
    _attribuer(un, "p", CLE, 3)
    assert [issue.result for issue in un.synchroniser().outcomes] == ["appliquee", "appliquee"]
    assert [li.genre for li in administration.litiges(region)] == ["hors_lot"]


def test_a_lot_known_again_is_heard_for_what_was_said_of_it(region: Region, dotes: Dotes) -> None:
    """A Region put back to a backup hears the awards of a lot before it knows it: they are void and they count then."""
    un, _ = dotes
    with region.magasin.ecrire() as tx:
        avancer(tx, "numero/12", 10)
    _attribuer(un, "p", CLE, 41)
    un.ecrire("carnet.declarer_vole", "p", {"campagne": 12, "numero": 41, "le": "2026-12-01"})
    un.accorder("p", 42, 10)
    un.synchroniser()
    assert _nuls(region) == {}
    lot = {"lot": "oublie", "campagne": 12, "pot": "general", "taille": 10, "premier": 41, "dernier": 50}
    kid = un.enrolled.kid if un.enrolled else 0
    un.ecrire("lot.recevoir", "oublie", {**lot, "bail_jusqu_au": "2027-12-16", "kid": kid})
    un.synchroniser(5)
    assert _nuls(region) == {41: "vole", 42: "litige"}
    assert "plafond" in {li.genre for li in administration.litiges(region)}


def test_a_number_awarded_ahead_counts_once_it_is_given(region: Region, dotes: Dotes) -> None:
    """Its paper was worth nothing: given the lot since, it is good, and above the cap. Found by the simulator."""
    hostile, _ = dotes
    _attribuer(hostile, "x", CLE, 1)
    hostile.accorder("x", 41, 10)
    hostile.accorder("x", 42, 10)
    hostile.ecrire("carnet.gacher", "x", {"campagne": 12, "numero": 42})
    hostile.synchroniser()
    assert _nuls(region) == {}
    assert administration.doter_poste(region, hostile.device, taille=10, carnets=5).premier == 41
    assert _nuls(region) == {41: "litige", 42: "annule"}


# -- taken back


def test_a_carnet_voided_by_mistake_is_good_again(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    poste = annuler_carnet(region, 12, 3)
    assert _nuls(region) == {3: "annule"}
    assert retablir_carnet(region, 12, 3) == poste
    assert _nuls(region) == {}
    blocages = [e for e in un.ecouter() if isinstance(e, CarnetBloque)]
    assert [(e.carnet, len(e.rangs), e.raison) for e in blocages] == [(3, 10, "annule"), (3, 0, "annule")]


def test_a_carnet_that_a_hostile_desk_voided_before_the_rule_is_good_again(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    with region.magasin.ecrire() as tx:
        tx.faire("INSERT INTO nul (campagne, carnet, raison, rangs) VALUES (12, 3, 'vole', 1023)")
    retablir_carnet(region, 12, 3)
    assert _nuls(region) == {}


def _code(region: Region, numero: int) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        retablir_carnet(region, 12, numero)
    return refus.value.code


def test_a_void_that_the_desk_said_or_a_case_is_not_taken_back_so(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    assert _code(region, 3) == "carnet_pas_annule"
    assert _code(region, 900) == "carnet_jamais_donne"
    _attribuer(un, "p", CLE, 3)
    un.ecrire("carnet.declarer_perdu", "p", {"campagne": 12, "numero": 3, "le": "2026-12-01"})
    _attribuer(un, "q", AUTRE, 4)
    un.accorder("q", 5, 10)
    reponse = un.synchroniser()
    assert isinstance(reponse, SyncAnswer)
    annuler_carnet(region, 12, 3)
    assert _code(region, 3) == "carnet_sorti"
    assert _code(region, 5) == "carnet_pas_annule"
    assert set(_nuls(region)) == {3, 5}


def test_of_a_stolen_desk_what_was_awarded_can_come_back_and_the_rest_cannot(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p", CLE, 21, 5)
    un.synchroniser()
    revoquer(region, un.device, vol=True)
    avant = _nuls(region)
    annuler_carnet(region, 12, 21)
    retablir_carnet(region, 12, 21)
    assert _nuls(region) == avant, "the ranks that its key could still sign stay void"
    assert _code(region, 22) == "carnet_en_limbes"


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_awards_that_are_not_its_own_cost_no_more_in_a_region_of_many_lots(region: Region, dotes: Dotes) -> None:
    """All of it is done under the lock for which the other desks wait."""
    un, hostile = dotes
    _attribuer(un, "p", CLE, 3)
    un.synchroniser()
    hostile.inscrire("x", AUTRE)
    for numero in range(4000, 4020):
        hostile.accorder("x", numero, 10)
    hostile.synchroniser()

    def pas() -> int:
        faits = 0

        def compter() -> int:
            nonlocal faits
            faits += 1
            return 0

        with region.magasin.ecrire() as tx:
            connexion: sqlite3.Connection = tx._connexion  # type: ignore[attr-defined]
            connexion.set_progress_handler(compter, 1)
            regler_plafond(tx, region.maintenant(), AUTRE)
            assert tient(tx, un.device, 12, 3) and not tient(tx, hostile.device, 12, 3)
            connexion.set_progress_handler(None, 1)
        return faits

    avant = pas()
    with region.magasin.ecrire() as tx:
        tx.inserer(
            "lot",
            "lot, campagne, pot, taille, premier, dernier, device, kid, bail_jusqu_au, srv_seq",
            [(f"lot-{n}", 12, "general", 10, n, n, un.device, 1, "2027-01-01", n) for n in range(1000, 3000)],
        )
    assert pas() < 2 * avant
