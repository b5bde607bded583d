"""A desk is heard no more: its key at once, its unknown numbers everywhere, what it still sends set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.index_region import renouveler
from passdesk.server.limbes import (
    annuler_les_rangs_en_trop,
    dire_les_limbes_voles,
    mettre_en_limbes,
    noter_les_annulees,
)
from passdesk.server.lots import LotRegion, lots_de
from passdesk.server.magasin import Transaction
from passdesk.server.postes import Poste, designer_poste, du_nom, enrole_le, lister_postes, porte
from passdesk.server.publication import annoncer
from passdesk.server.region import Region


@dataclass(frozen=True, slots=True)
class Revocation:
    """What a revocation did. `carnets`: numbers voided; `publiee`: the bundle that says so is out, False when the
    publication key is past its days: nobody knows of them until it is renewed and a bundle published. `index`: its
    version once renewed; None when it was not to be, or cannot be any more."""

    poste: Poste
    carnets: int
    publiee: bool
    index: int | None


@dataclass(frozen=True, slots=True)
class ARevoquer:
    """A desk that a revocation would be about. `carnets`: numbers that it would void."""

    poste: Poste
    enrole_le: date
    carnets: int


@dataclass(frozen=True, slots=True)
class PosteRegion:
    """A desk as the Region's people look at it. `enrole_le`: the day it was accepted; `restants`: carnets that it may
    still award, or that are in limbo; `gardes`: messages set aside."""

    poste: Poste
    enrole_le: date
    restants: int
    gardes: int


def voir_a_revoquer(region: Region, poste: str) -> ARevoquer:
    """What `revoquer` would do, and nothing done. Raises the same."""
    with region.magasin.lire() as tx:
        trouve = _a_revoquer(tx, poste)
        carnets = sum(lot.restants for lot in lots_de(tx, trouve.device) if _a_annuler(lot))
        return ARevoquer(trouve, enrole_le(tx, trouve), carnets)


def revoquer(region: Region, poste: str, *, vol: bool) -> Revocation:
    """Revokes an active desk, named by its name or its device id, and publishes a bundle without its unknown numbers.

    `vol`: they are said to be stolen, and the index is renewed. All of it in one transaction. By its device id, a desk
    revoked before is again: what was missing is done, a theft heard of later for one.
    Raises SaisieRefusee(poste_inconnu, poste_ambigu, poste_deja_revoque).
    """
    with region.magasin.ecrire() as tx:
        trouve = _a_revoquer(tx, poste)
        tx.faire("UPDATE poste SET etat = 'revoque' WHERE device = ?", trouve.device)
        carnets, index = annuler_les_siens(tx, region, trouve.device, vol=vol)
        return Revocation(trouve, carnets, annoncer(tx, region), index)


def annuler_les_siens(tx: Transaction, region: Region, device: str, *, vol: bool) -> tuple[int, int | None]:
    """Voids what is not known as awarded of a desk's lots: how many numbers, and the index's version once renewed
    (`Revocation`). The next bundle says so."""
    carnets = 0
    noter_les_annulees(tx, device, vol=vol)
    for lot in lots_de(tx, device):
        if _a_annuler(lot):
            carnets += mettre_en_limbes(tx, lot, "vole" if vol else "annule", region.maintenant())
        elif vol and lot.etat == "limbes" and lot.valeur is None:
            dire_les_limbes_voles(tx, lot)
        if vol:
            annuler_les_rangs_en_trop(tx, lot)
    # Whoever opens that base has the index and its secrets (anchors: sync §2.4).
    return carnets, renouveler(tx, region.cles.corps) if vol else None


def _a_annuler(lot: LotRegion) -> bool:
    """True of a lot whose numbers may still be awarded, or were and nobody said it."""
    return lot.valeur is None and lot.etat != "limbes"


def _a_revoquer(tx: Transaction, identifiant: str) -> Poste:
    connus = lister_postes(tx)
    for poste in connus:
        if poste.device.casefold() == identifiant.strip().casefold():
            return poste
    revoques = [poste for poste in connus if poste.etat != "actif" and porte(poste, identifiant)]
    if revoques and not du_nom(connus, identifiant):
        appareils = ", ".join(poste.device for poste in revoques)
        raise SaisieRefusee("poste_deja_revoque", poste=revoques[-1].nom, appareils=appareils)
    return designer_poste(tx, identifiant)


def montrer_postes(region: Region) -> tuple[PosteRegion, ...]:
    """Every desk ever enrolled, by key number."""
    with region.magasin.lire() as tx:
        return tuple(_poste(tx, poste) for poste in lister_postes(tx))


def _poste(tx: Transaction, poste: Poste) -> PosteRegion:
    gardes = tx.une("SELECT count(*) FROM quarantaine WHERE device = ?", poste.device)
    restants = sum(lot.restants for lot in lots_de(tx, poste.device) if not lot.rendu)
    return PosteRegion(poste, enrole_le(tx, poste), restants, int(gardes[0]) if gardes else 0)
