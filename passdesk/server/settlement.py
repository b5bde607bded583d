"""The cap of 10 settled in the order of the world: the later award is in excess, its highest ranks are blocked.

Block, case and events are one transaction with the operation (protocol §5, anchors: sync §2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.protocol.evenements import CarnetBloque, IndexAjout
from passdesk.server.diffusion import diffuser
from passdesk.server.index_region import version_index
from passdesk.server.litiges import Concerne, annuler_entier, excedent_admis, ouvrir_litige
from passdesk.server.magasin import Transaction
from passdesk.server.nullite import DE_SON_LOT, annuler, bits, raison_de, rangs

PLAFOND = 10
"""Pass a person may hold in all (délibération, 1er tiret)."""

_RENDUS = ("annule", "gache")
"""Exits before hand-over: the person never had the paper, it does not count."""


@dataclass(frozen=True, slots=True)
class _Rang:
    """A carnet that counts towards the cap. `bloques`: bit field of the ranks already blocked by a case; `tenu`: its
    number is the desk's to award. No place takes any other: there is nothing of it to count, nor to block."""

    campagne: int
    carnet: int
    device: str
    sujet: str
    taille: int
    etat: str
    bloques: int
    homonyme: str
    remplace: int | None
    tenu: bool

    @property
    def compte(self) -> int:
        """Pass that count."""
        return self.taille - self.bloques.bit_count() if self.tenu else 0


def regler_plafond(tx: Transaction, maintenant: int, cle: bytes, *, homonyme: str = "") -> str | None:
    """Blocks the highest ranks of the latest awards of this key until 10 remain, in one case. None within the cap.

    `maintenant`: ms UTC. `homonyme`: reason's code of the award just recorded; its first one opens a case, within the
    cap too (protocol §6).
    """
    rangees = _a_compter(tx, cle)
    excedent = sum(rang.compte for rang in rangees) - PLAFOND - excedent_admis(tx, cle)
    if excedent <= 0 and (not homonyme or _deja_examine(tx, cle)):
        return None
    restant = max(excedent, 0)
    concernes: list[Concerne] = []
    for rang in reversed(rangees):
        bloques = _bloquer(tx, rang, restant) if restant and rang.tenu and rang.etat == "en_vigueur" else 0
        restant -= bloques.bit_count()
        concernes.insert(0, Concerne(rang.campagne, rang.carnet, rang.device, rang.sujet, bloques))
    return ouvrir_litige(
        tx,
        "plafond",
        concernes,
        campagne=rangees[-1].campagne,
        excedent=max(excedent, 0),
        maintenant=maintenant,
        cle=cle,
        homonyme=homonyme or next((rang.homonyme for rang in reversed(rangees) if rang.homonyme), ""),
    )


def entendre_les_dits(tx: Transaction, device: str, campagne: int, premier: int, fin: int, maintenant: int) -> None:
    """What a device said of numbers before they were known as its own: they are void, and they count, from now on.

    A Region put back to a backup may hear of a lot after its awards; and a hostile desk awards ahead.
    """
    dits = tx.toutes(
        "SELECT carnet, etat, cle FROM attribution WHERE campagne = ? AND carnet BETWEEN ? AND ? AND device = ? "
        "ORDER BY srv_seq, carnet",
        campagne,
        premier,
        fin,
        device,
    )
    for carnet, etat, _ in dits:
        if etat != "en_vigueur":
            annuler(tx, campagne, int(carnet), raison_de(str(etat)))
    fraudes = tx.toutes(
        "SELECT c.litige, c.carnet, coalesce(max(a.taille), 10) FROM litige_carnet c "
        "JOIN litige l ON l.litige = c.litige AND l.decision = 'fraude' AND l.genre <> 'plafond' "
        "LEFT JOIN attribution a ON a.campagne = c.campagne AND a.carnet = c.carnet AND a.device = c.device "
        "WHERE c.campagne = ? AND c.carnet BETWEEN ? AND ? AND c.device = ? GROUP BY c.litige, c.carnet "
        "ORDER BY c.litige, c.carnet",
        campagne,
        premier,
        fin,
        device,
    )
    for litige, carnet, taille in fraudes:
        # Decided while these numbers were nobody's: the paper would be good from now on.
        annuler_entier(tx, str(litige), campagne, int(carnet), device, int(taille))
    for cle in dict.fromkeys(bytes(cle) for _, _, cle in dits):
        regler_plafond(tx, maintenant, cle)


def _a_compter(tx: Transaction, cle: bytes) -> list[_Rang]:
    """The carnets of this key that count, in the order of the world; a replacement stands where the first one stood."""
    rangees = [
        _Rang(campagne, carnet, device, sujet, taille, etat, int(bloques), dit, remplace, bool(tenu))
        for campagne, carnet, device, sujet, taille, etat, remis, bloques, dit, remplace, tenu in tx.toutes(
            "SELECT a.campagne, a.carnet, a.device, a.sujet, a.taille, a.etat, a.remis, coalesce(n.rangs, 0), "  # noqa: S608
            f"a.homonyme, a.remplace, CASE WHEN {DE_SON_LOT} THEN 1 ELSE 0 END "
            "FROM attribution a LEFT JOIN nul n ON n.campagne = a.campagne "
            "AND n.carnet = a.carnet AND n.raison = 'litige' WHERE a.cle = ? ORDER BY a.srv_seq, a.campagne, a.carnet",
            cle,
        )
        if compte(etat, remis)
    ]
    rang_de = {(rang.campagne, rang.carnet): place for place, rang in enumerate(rangees)}
    places: list[_Rang | None] = [*rangees]
    for place, rang in reversed([*enumerate(rangees)]):
        # The last replacement climbs the chain of those it replaces, one place at a time.
        ancienne = rang_de.get((rang.campagne, rang.remplace)) if rang.remplace is not None else None
        if ancienne is not None:
            places[ancienne], places[place] = places[place], None
    return [rang for rang in places if rang is not None]


def compte(etat: str, remis: int) -> bool:
    """True when a carnet in this state counts towards the cap."""
    return etat not in _RENDUS and (etat != "retourne" or bool(remis))


def indexer(tx: Transaction, cle: bytes, passes: int, le: date, device: str) -> None:
    """Tells every desk that pass were awarded to this key, or taken back (a negative number)."""
    # A person without identity has no key that another desk could recognise.
    if len(cle) == 16:
        diffuser(tx, IndexAjout(cle, passes, le, device, version_index(tx)))


def _deja_examine(tx: Transaction, cle: bytes) -> bool:
    """A case, open or closed, already told people that two persons share this key, and the word still stands."""
    sql = "SELECT 1 FROM litige WHERE cle = ? AND homonyme <> '' AND homonyme_retire = '' LIMIT 1"
    return tx.une(sql, cle) is not None


def _bloquer(tx: Transaction, rang: _Rang, nombre: int) -> int:
    """Blocks at most `nombre` more ranks of a carnet, the highest; those just blocked, as a bit field."""
    libres = bits([r for r in range(rang.taille, 0, -1) if not rang.bloques >> (r - 1) & 1][:nombre])
    if libres:
        annuler(tx, rang.campagne, rang.carnet, "litige", libres)
        tous = rangs(rang.bloques | libres)
        diffuser(tx, CarnetBloque(rang.campagne, rang.carnet, tous, "litige"), device=rang.device)
    return libres
