"""What becomes of a lot once granted: stopped, called back, returned, left, in limbo (protocol §5, decision 0058).

A lot is stopped by a lease that was over before any clock began, and each time by another day: when the desk records
that very lease, the Region holds every award that the desk made before it, and no other will come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from passdesk.domain.campagne import TAILLES
from passdesk.protocol.champs import Champs
from passdesk.protocol.evenements import LotAttribue
from passdesk.server.contexte import Contexte
from passdesk.server.diffusion import diffuser
from passdesk.server.magasin import Rangee, Transaction

ARRET = date(1900, 1, 1)
"""The lease of a lot stopped for the first time, one day more each time; far under `BAIL_MINIMUM`."""


@dataclass(frozen=True, slots=True)
class LotRegion:
    """A lot as the Region follows it. `utilises`: numbers known as awarded; `valeur`: pass given back, None before."""

    lot: str
    campagne: int
    pot: str
    taille: int
    premier: int
    dernier: int
    device: str
    kid: int
    bail: date
    etat: str
    etat_le: int
    arrets: int
    rendu: bool
    valeur: int | None
    ferme_a: int | None
    utilises: int

    @property
    def bornes(self) -> tuple[int, int, int, str]:
        """Campaign, first and last number, device: what says whether a number is of this lot."""
        return self.campagne, self.premier, self.dernier, self.device

    @property
    def restants(self) -> int:
        """Carnets that were not awarded, as far as the Region knows."""
        return self.dernier - self.premier + 1 - self.utilises


# A number awarded on a branch that was set aside is on paper too: the case of that fork names it. What another device
# says of it is signed with another key, and takes nothing from this lot.
NUMEROS_UTILISES = (
    "SELECT carnet FROM attribution WHERE campagne = ? AND carnet BETWEEN ? AND ? AND device = ? "
    "UNION SELECT carnet FROM litige_carnet WHERE campagne = ? AND carnet BETWEEN ? AND ? AND device = ?"
)
"""The numbers known as awarded from a lot, of its `bornes` given twice."""
_DU_LOT = ("lot.campagne", "lot.premier", "lot.dernier", "lot.device")
UTILISES = f"(SELECT count(*) FROM ({NUMEROS_UTILISES.replace('?', '{}').format(*_DU_LOT, *_DU_LOT)}) u)"  # noqa: S608
"""How many, of a row of `lot`."""

_COLONNES = (
    "lot, campagne, pot, taille, premier, dernier, device, kid, bail_jusqu_au, etat, etat_le, arrets, rendu, valeur, "
    f"ferme_a, {UTILISES}"
)


def lots_de(tx: Transaction, device: str, *, vivants: bool = False) -> tuple[LotRegion, ...]:
    """The lots of a device, in the order of grants. `vivants`: those with numbers left that it did not close."""
    condition = "AND fini = 0 AND rendu = 0" if vivants else ""
    return tuple(
        _lot(rangee)
        for rangee in tx.toutes(f"SELECT {_COLONNES} FROM lot WHERE device = ? {condition} ORDER BY srv_seq", device)  # noqa: S608
    )


def trouver_lot(tx: Transaction, lot: str) -> LotRegion | None:
    """The lot of this id, or None."""
    rangee = tx.une(f"SELECT {_COLONNES} FROM lot WHERE lot = ?", lot)  # noqa: S608
    return _lot(rangee) if rangee else None


def arreter_lot(tx: Transaction, lot: LotRegion, etat: str, maintenant: int) -> None:
    """Freezes (`gele`) or calls back (`rappele`) a lot: its desk is told a lease that is over.

    `maintenant`: ms UTC.
    """
    bail = ARRET + timedelta(days=lot.arrets)
    _changer(tx, lot, etat, bail, maintenant, arrets=lot.arrets + 1)


def relancer_lot(tx: Transaction, lot: LotRegion, bail: date, maintenant: int) -> None:
    """Gives a lot a lease again: renewed, or no longer stopped."""
    _changer(tx, lot, "actif", bail, maintenant, arrets=lot.arrets)


def _changer(tx: Transaction, lot: LotRegion, etat: str, bail: date, maintenant: int, *, arrets: int) -> None:
    tx.faire(
        "UPDATE lot SET etat = ?, etat_le = ?, bail_jusqu_au = ?, arrets = ? WHERE lot = ?",
        etat,
        maintenant if etat != lot.etat else lot.etat_le,
        bail.isoformat(),
        arrets,
        lot.lot,
    )
    evenement = LotAttribue(
        lot.lot, lot.campagne, lot.pot, lot.taille, lot.premier, lot.dernier, bail, lot.kid
    )  # the same numbers: the desk keeps its place among them
    diffuser(tx, evenement, device=lot.device)


def noter_recu(contexte: Contexte, identifiant: str, contenu: Champs) -> bool:
    """`lot.recevoir`: the desk knows this lease. Of a lot called back, nothing more will be awarded: it is closed.

    False of a lot that this Region does not know.
    """
    lot = trouver_lot(contexte.tx, identifiant)
    if lot is None:
        return False
    if lot.device != contexte.device:
        return True
    if lot.etat == "rappele" and not lot.rendu and contenu.jour("bail_jusqu_au") == lot.bail:
        _fermer(contexte, lot)
    elif lot.etat == "laisse" and not contexte.quitte:
        # Received after the desk began again: it does award from this one.
        contexte.tx.faire("UPDATE lot SET etat = 'actif', ferme_a = NULL WHERE lot = ?", lot.lot)
    return True


def rendre_lot(contexte: Contexte, lot: str) -> None:
    """`lot.rendre`: the desk closes a lot; the value of the numbers not awarded goes back, the numbers never do.

    Raises ValueError when the lot is not this device's, or was returned before.
    """
    lu = trouver_lot(contexte.tx, lot)
    if lu is None or lu.device != contexte.device or lu.rendu:
        raise ValueError("no such lot at this desk")
    _fermer(contexte, lu)


def laisser_lots(contexte: Contexte) -> None:
    """`poste.epoque`: a desk put back to a copy awards from none of its lots any more (decision 0012).

    Its first epoch is no new one: the lots granted before it was heard are to be used.
    """
    if contexte.entete.epoch == 1:
        return
    contexte.tx.faire(
        "UPDATE lot SET etat = 'laisse', etat_le = ?, ferme_a = ? "
        "WHERE device = ? AND srv_seq < ? AND rendu = 0 AND etat IN ('actif', 'gele', 'rappele')",
        contexte.maintenant,
        contexte.srv_seq,
        contexte.device,
        contexte.srv_seq,
    )


def crediter(tx: Transaction, device: str) -> None:
    """Gives back the value of the lots that this device closed, once nothing waits that may be an award from them."""
    for lot in lots_de(tx, device):
        if lot.rendu and lot.valeur is None and lot.ferme_a is not None and not _attend(tx, device, lot.ferme_a):
            passes = lot.taille * lot.restants
            tx.faire("UPDATE lot SET valeur = ? WHERE lot = ?", passes, lot.lot)
            tx.faire("UPDATE pot SET rendu = rendu + ? WHERE campagne = ? AND pot = ?", passes, lot.campagne, lot.pot)


def reprendre_valeur(tx: Transaction, device: str | None = None) -> None:
    """Takes back what was given back for a number that turns out to be on paper, as far as its pot has it still.

    A laptop put back to the day before its lots were stopped awards from them all the same: a case names the number.
    `device`: of its lots alone; every lot without it.
    """
    donne = f"taille * (dernier - premier + 1 - {UTILISES})"
    condition = "" if device is None else "AND device = ?"
    for lot, campagne, pot, trop in tx.toutes(
        f"SELECT lot, campagne, pot, valeur - {donne} FROM lot "  # noqa: S608
        f"WHERE valeur > 0 AND valeur > {donne} {condition} ORDER BY srv_seq",
        *([] if device is None else [device]),
    ):
        libres = tx.une("SELECT stock - accorde + rendu FROM pot WHERE campagne = ? AND pot = ?", campagne, pot)
        repris = min(int(trop), int(libres[0]) if libres else 0)
        tx.faire("UPDATE lot SET valeur = valeur - ? WHERE lot = ?", repris, lot)
        tx.faire("UPDATE pot SET rendu = rendu - ? WHERE campagne = ? AND pot = ?", repris, campagne, pot)


def _fermer(contexte: Contexte, lot: LotRegion) -> None:
    contexte.tx.faire("UPDATE lot SET rendu = 1, ferme_a = ? WHERE lot = ?", contexte.srv_seq, lot.lot)
    crediter(contexte.tx, contexte.device)


def _attend(tx: Transaction, device: str, jusqu_a: int) -> bool:
    """An act received before that one waits unread, or the device has a second branch that nobody settled."""
    suspens = tx.une(
        "SELECT 1 FROM operation WHERE device = ? AND srv_seq < ? AND resultat = 'en_attente' "
        "AND (type IS NULL OR type = 'attribution.accorder' OR raison = 'type_inconnu') LIMIT 1",
        device,
        jusqu_a,
    )
    if suspens is not None:
        return True
    fourche = tx.une(
        "SELECT 1 FROM poste p JOIN operation o ON o.device = p.device AND o.srv_seq = ? "
        "WHERE p.device = ? AND p.fourche >= o.epoch",
        jusqu_a,
        device,
    )
    return fourche is not None


def _lot(rangee: Rangee) -> LotRegion:
    lot, campagne, pot, taille, premier, dernier, device, kid, bail, etat, etat_le, arrets, rendu, *suite = rangee
    assert taille in TAILLES
    valeur, ferme_a, utilises = suite
    return LotRegion(
        lot,
        campagne,
        pot,
        taille,
        premier,
        dernier,
        device,
        kid,
        date.fromisoformat(bail),
        etat,
        etat_le,
        arrets,
        bool(rendu),
        valeur,
        ferme_a,
        utilises,
    )
