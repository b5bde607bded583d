"""Carnets on a real base: found, told, and moved only as the table of states allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.carnets import agir, fiche_carnet, lire_numero, voir_carnets
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, lancer_impression, repondre, sortir
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.stock import StockPot
from passdesk.services.visite import apprecier, attribuer, ouvrir_visite
from passdesk.storage import demandes, envoi
from tests.builders import visite_accord
from tests.ui.guichet import poste_hors_ligne

TOUS = tuple(etat for etat in Etat if etat is not Etat.RESERVE)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    yield poste
    poste.fermer()


def imprime(poste: Poste, **champs: object) -> Carnet:
    """A carnet of ten whose sheets lie in the folder and are good."""
    carnet = attribuer(poste, visite_accord(poste, **champs)).carnet
    sortir(lancer_impression(poste, carnet.campagne, carnet.numero), ImprimanteFichier(poste.dossier / DOSSIER_PAPIER))
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    return carnet


def etat(poste: Poste, carnet: Carnet) -> Etat:
    return fiche_carnet(poste, carnet.campagne, carnet.numero).ligne.carnet.etat


def papiers(poste: Poste) -> list[Path]:
    return list((poste.dossier / DOSSIER_PAPIER).glob("*.pdf"))


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("127 0000021", (127, 21)),
        ("127-0000021", (127, 21)),
        ("n° 0000021", (None, 21)),
        ("127 0000021 03", (127, 21)),
        ("0021", (None, 21)),
        ("dupont", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_written(texte: str, lu: tuple[int | None, int] | None) -> None:
    assert lire_numero(texte) == lu


def test_the_stock_and_the_list_follow_each_award(poste: Poste) -> None:
    assert voir_carnets(poste, TOUS).lignes == ()
    premier = imprime(poste)
    second = attribuer(poste, visite_accord(poste, prenoms="Zoé", naissance="01/02/1990")).carnet
    vue = voir_carnets(poste, TOUS)
    assert vue.stock == (StockPot("general", ((10, 18), (5, 20))),)
    assert {ligne.serie: ligne.titulaire for ligne in vue.lignes} == {
        "127 0000021": "Maëlle Dufresnoy", "127 0000022": "Zoé Dufresnoy",
    }  # fmt: skip
    assert [ligne.carnet for ligne in voir_carnets(poste, (Etat.ATTRIBUE,)).lignes] == [second]
    for texte, numero in (("22", second), ("127 0000021", premier), ("zoe", second), ("maelle dufr", premier)):
        assert [ligne.carnet.numero for ligne in voir_carnets(poste, TOUS, texte).lignes] == [numero.numero], texte
    assert voir_carnets(poste, TOUS, "99").lignes == ()
    assert voir_carnets(poste, TOUS, "…").lignes == ()


def test_a_spoiled_carnet_leaves_the_person_their_right_and_no_file(poste: Poste) -> None:
    carnet = imprime(poste)
    assert len(papiers(poste)) == 1
    fiche = agir(poste, carnet.campagne, carnet.numero, "carnet.gacher", "Papier abîmé")
    assert (fiche.ligne.carnet.etat, fiche.motif, fiche.actes) == (Etat.GACHE, "Papier abîmé", ())
    assert papiers(poste) == []
    assert fiche.histoire[0].genre == "carnet.gacher"
    suite = apprecier(poste, ouvrir_visite(poste, carnet.personne_id))
    assert suite.pass_anterieurs == 0
    assert fiche.a_redonner
    attribuer(poste, replace(visite_accord(poste), personne_id=carnet.personne_id))
    assert not fiche_carnet(poste, carnet.campagne, carnet.numero).a_redonner, "the person has one in its place"


@pytest.mark.parametrize(
    ("acte", "apres"),
    [
        ("carnet.declarer_perdu", Etat.PERDU),
        ("carnet.declarer_vole", Etat.VOLE),
        ("carnet.retourner", Etat.RETOURNE),
    ],
)
def test_what_happens_to_a_carnet_given_is_recorded_with_its_day(poste: Poste, acte: str, apres: Etat) -> None:
    carnet = imprime(poste)
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    fiche = fiche_carnet(poste, carnet.campagne, carnet.numero)
    assert fiche.actes == ("carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")
    assert not fiche.reimprimable
    fiche = agir(poste, carnet.campagne, carnet.numero, acte)
    assert fiche.ligne.carnet.etat is apres
    assert fiche.histoire[0].faits["le"] == "2026-11-23"


def test_a_void_award_opens_the_request_again(poste: Poste) -> None:
    carnet = imprime(poste)
    agir(poste, carnet.campagne, carnet.numero, "attribution.annuler", "La personne renonce")
    assert etat(poste, carnet) is Etat.ANNULE
    (demande,) = demandes.par_personne(poste.base, carnet.personne_id)
    assert demande.etat == demandes.OUVERTE
    assert papiers(poste) == []


def test_only_who_is_responsible_may_void(poste: Poste) -> None:
    carnet = imprime(poste)
    assert "attribution.annuler" in fiche_carnet(poste, carnet.campagne, carnet.numero).actes
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", "agent-2", {"nom": "Karim Lenoir", "role": "mediateur"})
    poste.agent_id = "agent-2"
    assert "attribution.annuler" not in fiche_carnet(poste, carnet.campagne, carnet.numero).actes
    with pytest.raises(SaisieRefusee) as refus:
        agir(poste, carnet.campagne, carnet.numero, "attribution.annuler", "x")
    assert refus.value.code == "acte_impossible"


def test_an_act_out_of_the_table_writes_nothing(poste: Poste) -> None:
    carnet = attribuer(poste, visite_accord(poste)).carnet
    avant = envoi.tete(poste.base)
    for acte in ("carnet.declarer_perdu", "carnet.retourner", "carnet.remettre", "pass.depenser"):
        with pytest.raises(SaisieRefusee) as refus:
            agir(poste, carnet.campagne, carnet.numero, acte)
        assert refus.value.code == "acte_impossible"
    with pytest.raises(SaisieRefusee) as refus:
        fiche_carnet(poste, 127, 999)
    assert refus.value.code == "carnet_inconnu"
    assert (envoi.tete(poste.base), etat(poste, carnet)) == (avant, Etat.ATTRIBUE)
