"""The campaigns that the root opened, and their pots."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import CampagneSignee, lire_campagne
from passdesk.protocol.evenements import CampagneOuverte
from passdesk.protocol.pass_token import JOUR_MAX_PASS, numero_du_jour
from passdesk.server.diffusion import diffuser
from passdesk.server.escrow import EtatPot, etat_pots, ouvrir_pot
from passdesk.server.magasin import Transaction
from passdesk.server.racine import Racine
from passdesk.server.region import Region
from passdesk.server.restauration import commencer_les_numeros, postes_attendus

RESERVE_LYCEE = 4000
"""Pass of the experiment with lycéens, inside their own pot (délibération du 1er février 2022)."""


def ouvrir_campagne(
    region: Region,
    racine: Racine,
    campagne: Campagne,
    *,
    stock: int,
    reserve_lycee: int | None = None,
    reserve_totale: int | None = None,
) -> CampagneSignee:
    """The root signs a campaign; its general pot holds `stock` pass, the lycée pot `reserve_lycee` beside it.

    The lycée reserve is one for all campaigns: `reserve_lycee` None takes what is left of it. `reserve_totale`: what
    the règlement says of it, when that is less than the deliberation's 4 000.
    Raises SaisieRefusee: racine_etrangere, campagne_existante, campagne_reservee, campagne_demonstration_seule,
    campagne_refusee, stock_refuse, reserve_lycee_depassee.
    """
    if racine.publique != region.cles.racine:
        raise SaisieRefusee("racine_etrangere")
    try:
        numero_du_jour(campagne.dernier_jour, JOUR_MAX_PASS)
        signee = racine.signer_campagne(campagne)
    except ValueError:
        raise SaisieRefusee("campagne_refusee", campagne=campagne.numero) from None
    if campagne.dernier_jour < region.horloge.aujourdhui():
        raise SaisieRefusee("campagne_refusee", campagne=campagne.numero)
    with region.magasin.ecrire() as tx:
        if tx.une("SELECT 1 FROM campagne WHERE numero = ?", campagne.numero):
            raise SaisieRefusee("campagne_existante", campagne=campagne.numero)
        reste = _borner_la_reserve(tx, reserve_lycee, reserve_totale)
        tx.faire(
            "INSERT INTO campagne (numero, carte, signature) VALUES (?, ?, ?)",
            campagne.numero,
            signee.octets,
            signee.signature,
        )
        ouvrir_pot(tx, campagne.numero, "general", stock)
        ouvrir_pot(tx, campagne.numero, "lycee", reste if reserve_lycee is None else reserve_lycee)
        commencer_les_numeros(tx, campagne.numero, stock)
        diffuser(tx, CampagneOuverte(signee.octets, signee.signature))
    return signee


def changer_stock(
    region: Region, numero: int, voulu: Mapping[str, int | None], *, reserve_totale: int | None = None
) -> tuple[EtatPot, ...]:
    """Another stock for the pots of an open campaign, None for one that stays; all of them as they are now.

    Raises SaisieRefusee: campagne_inconnue, stock_refuse, stock_deja_donne (less than what desks hold or used),
    dotations_suspendues (less than now, in a Region put back to a backup: nobody knows yet what desks hold),
    reserve_lycee_depassee. Nothing was changed then.
    """
    with region.magasin.ecrire() as tx:
        pots = {etat.pot: etat for etat in etat_pots(tx, numero)}
        if not pots:
            raise SaisieRefusee("campagne_inconnue", campagne=numero)
        for pot, stock in voulu.items():
            if stock is None:
                continue
            if pot not in pots or stock < 0:
                raise SaisieRefusee("stock_refuse")
            donne = pots[pot].accorde - pots[pot].rendu
            if stock < donne:
                raise SaisieRefusee("stock_deja_donne", pot=pot, minimum=donne)
            attendus = postes_attendus(tx) if stock < pots[pot].stock else 0
            if attendus:
                raise SaisieRefusee("dotations_suspendues", postes=attendus)
            if pot == "lycee" and stock > pots[pot].stock and numero != CAMPAGNE_DEMONSTRATION:
                _borner_la_reserve(tx, stock, reserve_totale, sauf=numero)
            tx.faire("UPDATE pot SET stock = ? WHERE campagne = ? AND pot = ?", stock, numero, pot)
        return etat_pots(tx, numero)


def _borner_la_reserve(tx: Transaction, voulue: int | None, totale: int | None, *, sauf: int | None = None) -> int:
    """What is left of the lycée reserve. Raises SaisieRefusee(reserve_lycee_depassee) when more is wanted."""
    maximum = RESERVE_LYCEE if totale is None else min(RESERVE_LYCEE, totale)
    reste = max(0, maximum - _reserve_engagee(tx, sauf))
    if voulue is not None and voulue > reste:
        raise SaisieRefusee("reserve_lycee_depassee", maximum=maximum, reste=reste)
    return reste


def _reserve_engagee(tx: Transaction, sauf: int | None) -> int:
    """Pass of the lycée reserve already in the pots of campaigns, of `sauf` apart, and of the demonstration: that one
    is worth nothing."""
    rangee = tx.une(
        "SELECT coalesce(sum(stock), 0) FROM pot WHERE pot = 'lycee' AND campagne <> ? AND campagne <> ?",
        CAMPAGNE_DEMONSTRATION,
        CAMPAGNE_DEMONSTRATION if sauf is None else sauf,
    )
    return int(rangee[0]) if rangee else 0


def campagnes(tx: Transaction, racine: bytes) -> tuple[CampagneSignee, ...]:
    """All campaigns, by number, each checked again up to the root. Raises SaisieRefusee(confiance_illisible)."""
    rangees = tx.toutes("SELECT carte, signature FROM campagne ORDER BY numero")
    return tuple(lire_campagne(carte, signature, racine) for carte, signature in rangees)


def designer_campagne(tx: Transaction, racine: bytes, numero: int | None) -> Campagne:
    """The campaign of this number; None: the only one, or the one that ends last.

    Raises SaisieRefusee(campagne_inconnue, campagne_pas_ouverte).
    """
    ouvertes = [signee.campagne for signee in campagnes(tx, racine)]
    if numero is not None:
        ouvertes = [campagne for campagne in ouvertes if campagne.numero == numero]
        if not ouvertes:
            raise SaisieRefusee("campagne_inconnue", campagne=numero)
    if not ouvertes:
        raise SaisieRefusee("campagne_pas_ouverte")
    return max(ouvertes, key=lambda campagne: (campagne.dernier_jour, campagne.numero))
