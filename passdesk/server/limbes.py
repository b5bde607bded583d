"""Numbers that nobody will answer for: void everywhere at once, their value back only after a quarantine.

Somebody may hold paper with one of them, awarded before the Region heard of it: until places have had the time to learn
the void list, that value counts as spent (anchors: sync §2.3). Heard of by then, its number is good again (0090).
"""

from __future__ import annotations

from collections.abc import Collection

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.lots import NUMEROS_UTILISES, LotRegion, lots_de
from passdesk.server.magasin import Transaction, dernier, ecrire_reglage, lire_reglage
from passdesk.server.nullite import annuler, bits

QUARANTAINE_JOURS = 60
"""Days between the first void list handed out that holds these numbers and the return of their value (a_confirmer)."""
_REGLAGE = "quarantaine_jours"
_JOUR_MS = 86_400_000


def regler_quarantaine(tx: Transaction, jours: int) -> None:
    """Sets the quarantine, in days. Raises SaisieRefusee(quarantaine_refusee) outside 1–3650."""
    if not 1 <= jours <= 3650:
        raise SaisieRefusee("quarantaine_refusee")
    ecrire_reglage(tx, _REGLAGE, str(jours).encode())


def quarantaine(tx: Transaction) -> int:
    """The quarantine, in days."""
    ecrite = lire_reglage(tx, _REGLAGE)
    return int(ecrite) if ecrite else QUARANTAINE_JOURS


def mettre_en_limbes(tx: Transaction, lot: LotRegion, raison: str, maintenant: int) -> int:
    """Voids (`raison`: vole or annule) every number of a lot that is not known as awarded; how many there are."""
    inconnus = _inconnus(tx, lot)
    for numero in inconnus:
        annuler(tx, lot.campagne, numero, raison, limbes=True)
    tx.faire("UPDATE lot SET etat = 'limbes', etat_le = ? WHERE lot = ?", maintenant, lot.lot)
    return len(inconnus)


def noter_les_annulees(tx: Transaction, device: str, *, vol: bool) -> None:
    """What this desk was granted so far is void: also what a Region put back to a backup knows nothing of yet
    (`raison_de_reappris`). Accepted on another computer, it has a new key: lots under that one are good."""
    jusqu_a = dernier(tx, "kid") + 1
    for colonne in ("annule_avant", "vole_avant") if vol else ("annule_avant",):
        tx.faire(
            f"UPDATE poste SET {colonne} = CASE etat WHEN 'actif' THEN kid ELSE ? END WHERE device = ?",  # noqa: S608
            jusqu_a,
            device,
        )


def raison_de_reappris(tx: Transaction, device: str, kid: int, *, quitte: bool) -> str | None:
    """Why a lot of this desk (signed with `kid`) that the Region learns again is void, `vole` or `annule`; None for a
    good one. `quitte`: said by a computer that the desk left, which may lie of the key when it was stolen."""
    etat, annule_avant, vole_avant = tx.une(
        "SELECT etat, annule_avant, vole_avant FROM poste WHERE device = ?", device
    ) or ("revoque", 0, 0)
    if kid < vole_avant or (quitte and vole_avant):
        return "vole"
    return "annule" if etat != "actif" or kid < annule_avant else None


def dire_les_limbes_voles(tx: Transaction, lot: LotRegion) -> None:
    """A theft is heard of once a lot is in limbo: should its desk answer for a number, its key could sign ranks above
    (`sortir_des_limbes`). Since when it is in limbo, and since when places know, stay."""
    for numero in _inconnus(tx, lot):
        annuler(tx, lot.campagne, numero, "vole", limbes=True)


def annuler_les_rangs_en_trop(tx: Transaction, lot: LotRegion) -> None:
    """Voids ranks 6–10 of the carnets of 5 awarded from a lot: a stolen key could sign them, bundles tell no size."""
    if lot.taille == 5:
        for (numero,) in tx.toutes(NUMEROS_UTILISES, *lot.bornes, *lot.bornes):
            annuler(tx, lot.campagne, int(numero), "vole", bits(range(6, 11)))


def rendre_les_limbes(tx: Transaction, nuls: Collection[tuple[int, int]], maintenant: int) -> None:
    """To be called where a void list is handed out to the places: notes the first that says all the numbers of a lot
    (`nuls`: campaign and number), gives the value back after the quarantine."""
    for lot, campagne, premier, fin in tx.toutes(
        "SELECT lot, campagne, premier, dernier FROM lot WHERE etat = 'limbes' AND publie_le IS NULL ORDER BY lot"
    ):
        a_dire = tx.toutes(
            "SELECT carnet FROM nul WHERE campagne = ? AND carnet BETWEEN ? AND ? AND limbes = 1",
            campagne,
            premier,
            fin,
        )
        if all((campagne, carnet) in nuls for (carnet,) in a_dire):
            tx.faire("UPDATE lot SET publie_le = ? WHERE lot = ?", maintenant, lot)
    jusqu_a = maintenant - quarantaine(tx) * _JOUR_MS
    prets = tx.toutes(
        "SELECT lot, device FROM lot WHERE etat = 'limbes' AND valeur IS NULL AND publie_le <= ? ORDER BY lot", jusqu_a
    )
    for device in sorted({device for _, device in prets}):
        for lot in lots_de(tx, device):
            if (lot.lot, device) in prets:
                _rendre(tx, lot)


def _rendre(tx: Transaction, lot: LotRegion) -> None:
    # What was heard of meanwhile is good again, and is not to be granted another time; from now on nothing is.
    passes = lot.taille * lot.restants
    tx.faire("UPDATE lot SET rendu = 1, valeur = ? WHERE lot = ?", passes, lot.lot)
    tx.faire("UPDATE pot SET rendu = rendu + ? WHERE campagne = ? AND pot = ?", passes, lot.campagne, lot.pot)


def _inconnus(tx: Transaction, lot: LotRegion) -> tuple[int, ...]:
    connus = {int(numero) for (numero,) in tx.toutes(NUMEROS_UTILISES, *lot.bornes, *lot.bornes)}
    return tuple(numero for numero in range(lot.premier, lot.dernier + 1) if numero not in connus)
