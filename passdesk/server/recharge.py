"""Lots kept topped up: what a desk used is granted again, and its leases go on, in the exchange that shows the need.

A desk takes part in a pot once a person granted it a first lot there (decision 0058); nothing here exceeds the pots.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from passdesk.domain.campagne import CARNETS_MAX, POTS, TAILLES, Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.campagnes import campagnes
from passdesk.server.escrow import doter, etat_pots
from passdesk.server.lots import UTILISES, LotRegion, lots_de, relancer_lot
from passdesk.server.magasin import Transaction
from passdesk.server.postes import trouver_poste
from passdesk.server.region import Region
from passdesk.server.restauration import postes_attendus

CARNETS_GENERAL_MIN = 10
CARNETS_RESERVE_MAX = 2
"""Carnets at a time: the general pot in tens at least, a reserve by twos at most (anchors: sync §2.3)."""
RECHARGES_PAR_JOUR = 6
"""Refills of one desk in 24 hours, by pot and size: a stolen one that nobody declared yet cannot empty the pot."""
_JOUR_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Recharge:
    """When at most `seuil` carnets are left at a desk, `carnets` more are granted."""

    campagne: int
    pot: str
    taille: int
    seuil: int
    carnets: int


def regler_recharge(tx: Transaction, recharge: Recharge) -> None:
    """Sets the refill of a pot and size; 0 carnets stops it.

    Raises SaisieRefusee: dotation_refusee (size, pot or count), recharge_refusee (`minimum`, `maximum`).
    """
    if recharge.pot not in POTS or recharge.taille not in TAILLES or not 0 <= recharge.seuil <= CARNETS_MAX:
        raise SaisieRefusee("dotation_refusee")
    if recharge.carnets == 0:
        tx.faire(
            "DELETE FROM recharge WHERE campagne = ? AND pot = ? AND taille = ?",
            recharge.campagne,
            recharge.pot,
            recharge.taille,
        )
        return
    mini, maxi = (CARNETS_GENERAL_MIN, CARNETS_MAX) if recharge.pot == POTS[0] else (1, CARNETS_RESERVE_MAX)
    if not mini <= recharge.carnets <= maxi:
        raise SaisieRefusee("recharge_refusee", minimum=mini, maximum=maxi)
    tx.faire(
        "INSERT INTO recharge (campagne, pot, taille, seuil, carnets) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (campagne, pot, taille) DO UPDATE SET seuil = excluded.seuil, carnets = excluded.carnets",
        recharge.campagne,
        recharge.pot,
        recharge.taille,
        recharge.seuil,
        recharge.carnets,
    )


def recharges(tx: Transaction) -> tuple[Recharge, ...]:
    """Every refill that is set."""
    rangees = tx.toutes(
        "SELECT campagne, pot, taille, seuil, carnets FROM recharge ORDER BY campagne, pot, taille DESC"
    )
    return tuple(Recharge(*rangee) for rangee in rangees)


def regler_bail(tx: Transaction, campagne: int, jours: int) -> None:
    """How long a lease lasts, in days; 0: to the campaign's hand-over stop. Raises SaisieRefusee(bail_refuse)."""
    if not 0 <= jours <= 3650:
        raise SaisieRefusee("bail_refuse")
    tx.faire("DELETE FROM bail WHERE campagne = ?", campagne)
    if jours:
        tx.faire("INSERT INTO bail (campagne, jours) VALUES (?, ?)", campagne, jours)


def baux(tx: Transaction) -> dict[int, int]:
    """Days of a lease, by campaign; one without a limit of its own is not there."""
    return {int(campagne): int(jours) for campagne, jours in tx.toutes("SELECT campagne, jours FROM bail")}


def bail_neuf(tx: Transaction, campagne: Campagne, jour: date) -> date:
    """The last day of a lease that begins today."""
    jours = baux(tx).get(campagne.numero)
    return campagne.arret_remise if jours is None else min(jour + timedelta(days=jours), campagne.arret_remise)


def entretenir(region: Region, tx: Transaction, device: str, epoch: int, cursor: int) -> None:
    """Renews the leases of a desk and refills its lots, as far as the pots allow. To be called in its exchange.

    `epoch`, `cursor`: what the desk says in this request.
    """
    voulues, durees = _reglees(tx)
    poste = trouver_poste(tx, device) if voulues or durees else None
    if poste is None or poste.fourche >= epoch:
        # Two machines may hold its lots: nothing more until one of them begins again.
        return
    ouvertes = {
        signee.campagne.numero: signee.campagne
        for signee in campagnes(tx, region.cles.racine)
        if signee.campagne.arret_remise >= region.horloge.aujourdhui()
    }
    lots = lots_de(tx, device, vivants=True)
    for lot in lots:
        if lot.restants == 0:
            tx.faire("UPDATE lot SET fini = 1 WHERE lot = ?", lot.lot)
        elif lot.etat == "actif" and lot.campagne in ouvertes and lot.campagne in durees:
            _renouveler(region, tx, lot, ouvertes[lot.campagne], durees[lot.campagne])
    for voulue in () if postes_attendus(tx) else voulues:
        campagne = ouvertes.get(voulue.campagne)
        if campagne is not None and _besoin(region, tx, device, voulue, lots, cursor):
            carnets = _possible(tx, voulue)
            if carnets:
                donne = doter(
                    tx,
                    device=device,
                    kid=poste.kid,
                    campagne=campagne,
                    pot=voulue.pot,
                    taille=voulue.taille,
                    carnets=carnets,
                    maintenant=region.maintenant(),
                    bail=bail_neuf(tx, campagne, region.horloge.aujourdhui()),
                )
                tx.faire(
                    "UPDATE lot SET automatique = 1, accorde_le = ? WHERE lot = ?", region.maintenant(), donne.lot_id
                )


def _reglees(tx: Transaction) -> tuple[tuple[Recharge, ...], dict[int, int]]:
    """`recharges` and `baux`, most often none, in one look: every exchange asks."""
    rangees = tx.toutes(
        "SELECT campagne, pot, taille, seuil, carnets FROM recharge UNION ALL "
        "SELECT campagne, '', 0, 0, jours FROM bail ORDER BY 1, 2, 3 DESC"
    )
    voulues = tuple(Recharge(*rangee) for rangee in rangees if rangee[1])
    return voulues, {int(campagne): int(jours) for campagne, pot, _, _, jours in rangees if not pot}


def _renouveler(region: Region, tx: Transaction, lot: LotRegion, campagne: Campagne, duree: int) -> None:
    """A lease is renewed once half of it is gone: a desk that syncs each week writes one act for it a fortnight."""
    jour = region.horloge.aujourdhui()
    neuf = min(jour + timedelta(days=duree), campagne.arret_remise)
    if lot.bail < neuf and lot.bail < jour + timedelta(days=duree - duree // 2):
        relancer_lot(tx, lot, neuf, region.maintenant())


def _besoin(
    region: Region, tx: Transaction, device: str, voulue: Recharge, lots: tuple[LotRegion, ...], cursor: int
) -> bool:
    """True when the desk takes part, has heard of all that it left, and has few enough carnets."""
    ceux = (device, voulue.campagne, voulue.pot, voulue.taille)
    rangee = tx.une(
        "SELECT count(*), coalesce(max(CASE WHEN etat = 'laisse' THEN ferme_a END), 0) FROM lot WHERE device = ? "
        "AND campagne = ? AND pot = ? AND taille = ? AND rendu = 0 AND etat IN ('actif', 'laisse')",
        *ceux,
    )
    if rangee is None or rangee[0] == 0 or cursor < rangee[1]:
        return False
    siens = [lot for lot in lots if (lot.campagne, lot.pot, lot.taille, lot.etat) == (*ceux[1:], "actif")]
    if sum(lot.restants for lot in siens) > voulue.seuil:
        return False
    recentes = tx.une(
        "SELECT count(*) FROM lot WHERE device = ? AND campagne = ? AND pot = ? AND taille = ? AND automatique = 1 "
        "AND accorde_le > ?",
        *ceux,
        region.maintenant() - _JOUR_MS,
    )
    return recentes is not None and recentes[0] < RECHARGES_PAR_JOUR


def _possible(tx: Transaction, voulue: Recharge) -> int:
    """Carnets that the pot can give: of a reserve, as much stays central as lies unused at the desks afterwards."""
    pot = next(etat for etat in etat_pots(tx, voulue.campagne) if etat.pot == voulue.pot)
    libres = pot.disponible
    if voulue.pot != POTS[0]:
        rangee = tx.une(
            f"SELECT coalesce(sum(taille * (dernier - premier + 1 - {UTILISES})), 0) FROM lot "  # noqa: S608
            "WHERE campagne = ? AND pot = ? AND rendu = 0",
            voulue.campagne,
            voulue.pot,
        )
        aux_postes = int(rangee[0]) if rangee else 0
        libres = max(0, (pot.disponible - aux_postes) // 2)
    return min(voulue.carnets, libres // voulue.taille)
