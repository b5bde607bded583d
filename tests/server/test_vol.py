"""A laptop is stolen, and the Region hears of it late: once its desk was accepted elsewhere, or revoked already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.server.administration import doter_poste
from passdesk.server.enrolement import accepter_apres_un_vol, en_attente
from passdesk.server.index_region import version_index
from passdesk.server.magasin import dernier
from passdesk.server.postes import trouver_poste
from passdesk.server.publication import confiance, publier
from passdesk.server.rappel import montrer_lots
from passdesk.server.region import Region
from passdesk.server.revocation import Revocation, revoquer
from tests.server.modele import continuer_ailleurs
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]
HAUTS = 0b1111100000
"""The bits of ranks 6 to 10."""


def _servi(region: Region, enroler: Enroler) -> PosteFactice:
    """Carnets 1–4 of ten and 5–8 of five; one of each is known as awarded."""
    un = enroler("Lens")
    for taille, numero in ((10, 1), (5, 5)):
        doter_poste(region, un.device, taille=taille, carnets=4)
        un.inscrire(f"p{numero}", bytes([numero]) * 16)
        un.accorder(f"p{numero}", numero, taille)
    un.synchroniser()
    return un


def _reprendre(neuf: PosteFactice) -> None:
    assert neuf.ou_en_est().etat == "accepte"
    neuf.epoch += 1
    neuf.ecrire("poste.epoque", "poste", {"epoch": neuf.epoch})


def _nuls(region: Region) -> dict[tuple[int, str], tuple[int, int]]:
    with region.magasin.lire() as tx:
        return {
            (c, r): (champ, limbes)
            for c, r, champ, limbes in tx.toutes("SELECT carnet, raison, rangs, limbes FROM nul")
        }


def test_a_desk_accepted_elsewhere_says_that_the_other_computer_was_stolen(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    assert un.enrolled is not None
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")
    with pytest.raises(SaisieRefusee, match="suite_non_montree"):
        accepter_apres_un_vol(region, identifiant, "0" * 16)
    assert len(en_attente(region)) == 1 and not _nuls(region)
    fait = accepter_apres_un_vol(region, identifiant, un.device)
    assert fait == Revocation(fait.poste, 6, True, 2)
    assert (fait.poste.device, fait.poste.etat) == (un.device, "actif")
    assert _nuls(region) == {(n, "vole"): (1023, 1) for n in (2, 3, 4, 6, 7, 8)} | {(5, "vole"): (HAUTS, 0)}
    with region.magasin.lire() as tx:
        assert version_index(tx) == 2
        lue = lire_confiance(confiance(tx), region.cles.racine)
    assert {(nul.carnet, nul.rang) for nul in lue.contenu.annulations} == {
        *((n, 0) for n in (2, 3, 4, 6, 7, 8)),
        *((5, rang) for rang in range(6, 11)),
    }
    # The desk goes on: what it is granted now is good, and stays so.
    _reprendre(neuf)
    lot = doter_poste(region, neuf.device, taille=10, carnets=2)
    assert {o.result for o in neuf.synchroniser().outcomes} == {"appliquee"}
    assert {lu.lot.etat for lu in montrer_lots(region) if lu.lot.lot != lot.lot_id} == {"limbes"}
    with region.magasin.lire() as tx:
        assert tx.une("SELECT 1 FROM nul WHERE carnet >= ?", lot.premier) is None


def test_a_theft_said_at_the_acceptance_is_all_there_or_not_at_all(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = _servi(region, enroler)
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")

    def couper(*_: object) -> bool:
        raise RuntimeError("coupe")

    monkeypatch.setattr("passdesk.server.enrolement.annoncer", couper)
    with pytest.raises(RuntimeError, match="coupe"):
        accepter_apres_un_vol(region, identifiant, un.device)
    with region.magasin.lire() as tx:
        poste = trouver_poste(tx, un.device)
        assert poste is not None and poste.cle_requete == un.cles.request
        assert (version_index(tx), dernier(tx, "generation")) == (1, 0)
    assert not _nuls(region)
    monkeypatch.undo()
    assert accepter_apres_un_vol(region, identifiant, un.device).carnets == 6
    assert neuf.ou_en_est().etat == "accepte"


def test_a_theft_heard_of_after_the_revocation_holds_the_ranks_of_what_comes_back(
    region: Region, enroler: Enroler, horloge: HorlogeFixe
) -> None:
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    publier(region)
    with region.magasin.lire() as tx:
        avant = tx.toutes("SELECT lot, etat_le, publie_le FROM lot ORDER BY lot")
    assert all(publie_le is not None for _, _, publie_le in avant)
    horloge.instant += timedelta(days=3)
    assert revoquer(region, un.device, vol=True).carnets == 0
    with region.magasin.lire() as tx:
        assert tx.toutes("SELECT lot, etat_le, publie_le FROM lot ORDER BY lot") == avant
    # Given, and never heard of.
    un.inscrire("p6", b"6" * 16)
    un.accorder("p6", 6, 5)
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")
    accepter_apres_un_vol(region, identifiant, un.device)
    _reprendre(neuf)
    neuf.epoch -= 1
    neuf.log.pop()
    assert {o.result for o in neuf.synchroniser().outcomes} == {"appliquee"}
    nuls = _nuls(region)
    assert {raison: nuls[6, raison] for numero, raison in nuls if numero == 6} == {"vole": (HAUTS, 0)}
    assert nuls[7, "annule"] == nuls[7, "vole"] == (1023, 1)
