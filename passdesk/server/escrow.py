"""Lots: numbers and value granted ahead, so that no desk can exceed the stock however long it is cut off.

Numbers come from one counter a campaign and are never given twice; only the value of what is returned goes back
(protocol §5, anchors: sync §2.3).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from passdesk.domain.campagne import CARNETS_MAX, POTS, TAILLES, Campagne, Lot
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.evenements import NUMERO_MAX, LotAttribue
from passdesk.server.diffusion import diffuser
from passdesk.server.magasin import RegleRompueError, Transaction, avancer
from passdesk.server.restauration import numeros_dits, postes_attendus
from passdesk.server.settlement import entendre_les_dits


@dataclass(frozen=True, slots=True)
class EtatPot:
    """A pot, in pass. `accorde` is what lots hold or used, `rendu` what came back."""

    campagne: int
    pot: str
    stock: int
    accorde: int
    rendu: int

    @property
    def disponible(self) -> int:
        """Pass that can still be granted."""
        return self.stock - self.accorde + self.rendu


def ouvrir_pot(tx: Transaction, campagne: int, pot: str, stock: int) -> None:
    """A pot of `stock` pass. Raises SaisieRefusee(stock_refuse) below zero or for an unknown pot."""
    if pot not in POTS or stock < 0:
        raise SaisieRefusee("stock_refuse")
    tx.faire("INSERT INTO pot (campagne, pot, stock) VALUES (?, ?, ?)", campagne, pot, stock)


def etat_pots(tx: Transaction, campagne: int) -> tuple[EtatPot, ...]:
    """The pots of a campaign."""
    rangees = tx.toutes(
        "SELECT campagne, pot, stock, accorde, rendu FROM pot WHERE campagne = ? ORDER BY pot", campagne
    )
    return tuple(EtatPot(*rangee) for rangee in rangees)


def doter(
    tx: Transaction,
    *,
    device: str,
    kid: int,
    campagne: Campagne,
    pot: str,
    taille: int,
    carnets: int,
    maintenant: int,
    bail: date | None = None,
) -> Lot:
    """Grants `carnets` carnets of `taille` pass to a device, tells it, and books their value.

    `bail`: last day to award from it, at most the campaign's hand-over stop, which is meant by None. `maintenant`: ms
    UTC.
    Raises SaisieRefusee: dotation_refusee (size, pot or count), stock_insuffisant, numeros_epuises,
    dotations_suspendues (the Region was put back to a backup, and has not heard the desks yet).
    """
    if taille not in TAILLES or pot not in POTS or not 1 <= carnets <= CARNETS_MAX:
        raise SaisieRefusee("dotation_refusee")
    attendus = postes_attendus(tx)
    if attendus:
        raise SaisieRefusee("dotations_suspendues", postes=attendus)
    try:
        with tx.etape():
            changes = tx.faire(
                "UPDATE pot SET accorde = accorde + ? WHERE campagne = ? AND pot = ? AND stock - accorde + rendu >= ?",
                taille * carnets,
                campagne.numero,
                pot,
                taille * carnets,
            )
    except RegleRompueError:
        changes = 0
    if changes != 1:
        reste = next((p.disponible for p in etat_pots(tx, campagne.numero) if p.pot == pot), 0)
        raise SaisieRefusee("stock_insuffisant", demande=taille * carnets, reste=reste)
    premier = _numeros(tx, campagne.numero, carnets)
    dernier = premier + carnets - 1
    if dernier > NUMERO_MAX:
        raise SaisieRefusee("numeros_epuises")
    lot = Lot(
        lot_id=secrets.token_hex(8),
        campagne=campagne.numero,
        pot=pot,
        taille=taille,
        premier=premier,
        dernier=dernier,
        bail_jusqu_au=min(bail or campagne.arret_remise, campagne.arret_remise),
    )
    evenement = LotAttribue(lot.lot_id, lot.campagne, pot, taille, premier, dernier, lot.bail_jusqu_au, kid)
    srv_seq = diffuser(tx, evenement, device=device)
    tx.faire(
        "INSERT INTO lot (lot, campagne, pot, taille, premier, dernier, device, kid, bail_jusqu_au, srv_seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        lot.lot_id,
        lot.campagne,
        pot,
        taille,
        premier,
        dernier,
        device,
        kid,
        lot.bail_jusqu_au.isoformat(),
        srv_seq,
    )
    entendre_les_dits(tx, device, lot.campagne, premier, dernier, maintenant)
    return lot


def _numeros(tx: Transaction, campagne: int, carnets: int) -> int:
    """The first of the next numbers in a row that nobody has, and that no desk says it holds."""
    compteur = f"numero/{campagne}"
    premier = avancer(tx, compteur, carnets)
    for debut, fin in numeros_dits(tx, campagne):
        if debut < premier + carnets and premier <= fin:
            avancer(tx, compteur, fin + 1 - premier)
            premier = fin + 1
    return premier


def rendre_valeur(tx: Transaction, campagne: int, pot: str, passes: int) -> None:
    """Gives the value of `passes` pass back to a pot."""
    tx.faire("UPDATE pot SET rendu = rendu + ? WHERE campagne = ? AND pot = ?", passes, campagne, pot)
