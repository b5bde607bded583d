"""The void list: which ranks of which carnets no place takes any more, and why.

A device's word voids the numbers of its own lots alone (decision 0079): whatever it says of another's, or of one that
nobody has yet, is no paper that a place would take, and must not void the true one.
"""

from __future__ import annotations

from collections.abc import Iterable

from passdesk.protocol.annulations import Annulation
from passdesk.server.magasin import Transaction

TOUS = 1023
"""The bits of all ten ranks: the whole carnet, whatever its size."""
DE_SON_LOT = (
    "EXISTS (SELECT 1 FROM lot l WHERE l.campagne = a.campagne AND a.carnet BETWEEN l.premier AND l.dernier "
    "AND l.device = a.device)"
)
"""`tient`, of a row `a` that has a campaign, a carnet and a device."""
ATTEND, RENDUE, SANS_OBJET = 0, 1, 2
"""What became of the value of an award (`attribution.valeur_rendue`): nothing yet, given back once it was void, or void
without any to give back, so that no publication looks at it again."""


def bits(rangs: Iterable[int]) -> int:
    """Ranks (1–10) as a bit field."""
    return sum(1 << (rang - 1) for rang in set(rangs))


def rangs(champ: int) -> tuple[int, ...]:
    """The ranks of a bit field, in order."""
    return tuple(rang for rang in range(1, 11) if champ >> (rang - 1) & 1)


def rangs_nuls(tx: Transaction, campagne: int, carnet: int, raison: str) -> int:
    """The void ranks of a carnet for this reason, as a bit field."""
    rangee = tx.une("SELECT rangs FROM nul WHERE campagne = ? AND carnet = ? AND raison = ?", campagne, carnet, raison)
    return int(rangee[0]) if rangee else 0


def tient(tx: Transaction, device: str, campagne: int, carnet: int) -> bool:
    """True when the Region gave this number to this device, whatever became of the lot since."""
    sql = "SELECT 1 FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier AND device = ? LIMIT 1"
    return tx.une(sql, campagne, carnet, device) is not None


def annuler(
    tx: Transaction, campagne: int, carnet: int, raison: str, champ: int = TOUS, *, limbes: bool = False
) -> None:
    """Adds ranks to the void list; what is void stays void.

    `limbes`: nobody answers for that number. Somebody may yet (`sortir_des_limbes`), unless it is void otherwise too.
    """
    ensemble = champ | rangs_nuls(tx, campagne, carnet, raison)
    tx.faire(
        "INSERT INTO nul (campagne, carnet, raison, rangs, limbes) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (campagne, carnet, raison) DO UPDATE SET rangs = excluded.rangs, "
        "limbes = nul.limbes * excluded.limbes",
        campagne,
        carnet,
        raison,
        ensemble,
        int(limbes),
    )


def sortir_des_limbes(tx: Transaction, campagne: int, carnet: int, taille: int) -> None:
    """Somebody answers for that number: void for no other reason, it is good again with the next bundle.

    Of a carnet of 5 whose desk was stolen the ranks above stay void, as of any that was known: its key could sign them.
    """
    champ = bits(range(taille + 1, 11))
    ou = "campagne = ? AND carnet = ? AND limbes = 1"
    if champ:
        tx.faire(f"UPDATE nul SET rangs = ?, limbes = 0 WHERE {ou} AND raison = 'vole'", champ, campagne, carnet)  # noqa: S608
    tx.faire(f"DELETE FROM nul WHERE {ou}", campagne, carnet)  # noqa: S608


def raison_de(etat: str) -> str:
    """Why a carnet that left circulation so is void."""
    return etat if etat in ("perdu", "vole") else "annule"


def lever(tx: Transaction, campagne: int, carnet: int, champ: int) -> int:
    """Lifts the block of a case from these ranks; the ranks still blocked. The next bundle says so."""
    reste = rangs_nuls(tx, campagne, carnet, "litige") & ~champ
    if reste:
        tx.faire(
            "UPDATE nul SET rangs = ? WHERE campagne = ? AND carnet = ? AND raison = 'litige'", reste, campagne, carnet
        )
    else:
        tx.faire("DELETE FROM nul WHERE campagne = ? AND carnet = ? AND raison = 'litige'", campagne, carnet)
    return reste


def retablir(tx: Transaction, campagne: int, carnet: int, taille: int) -> bool:
    """Takes back what makes a carnet of this size void, but for a case; False when nothing did.

    Ranks above its size stay: those of a carnet of 5 whose desk was stolen (`limbes`), which its key could still sign.
    """
    siens = bits(range(1, taille + 1))
    nuls = tx.toutes(
        "SELECT raison, rangs FROM nul WHERE campagne = ? AND carnet = ? AND raison <> 'litige' ORDER BY raison",
        campagne,
        carnet,
    )
    touches = [(str(raison), int(champ)) for raison, champ in nuls if int(champ) & siens]
    for raison, champ in touches:
        tx.faire("DELETE FROM nul WHERE campagne = ? AND carnet = ? AND raison = ?", campagne, carnet, raison)
        if raison == "vole" and champ & ~siens:
            annuler(tx, campagne, carnet, raison, champ & ~siens)
    return bool(touches)


def liste(tx: Transaction, campagne: int | None = None) -> tuple[Annulation, ...]:
    """The void list as the trust bundle carries it: rank 0 is the whole carnet."""
    rangees = tx.toutes("SELECT campagne, carnet, raison, rangs FROM nul ORDER BY campagne, carnet, raison")
    return tuple(
        Annulation(int(numero), int(carnet), rang, str(raison))
        for numero, carnet, raison, champ in rangees
        if campagne is None or numero == campagne
        for rang in ((0,) if champ == TOUS else rangs(champ))
    )
