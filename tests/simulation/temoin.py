"""The witness: what was said recorded, granted and erased, noted apart from the program that is being watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from passdesk.protocol import canonique
from passdesk.protocol.messages import chain_hash

SANS_IDENTITE = (
    "attribution.",
    "carnet.",
    "lot.",
    "agent.",
    "poste.",
    "litige.",
    "personne.fusionner",
    "personne.effacer",
)
"""Beginnings of the types whose bodies name nobody (protocol §4): an erasure leaves them."""


_SUIVIS = (
    *("attribution.accorder", "attribution.annuler", "carnet.gacher", "carnet.retourner", "carnet.remettre"),
    *("lot.rendre", "lot.recevoir"),
)


class Violation(Exception):
    """An invariant does not hold. `regle`: which; the text: what was seen."""

    def __init__(self, regle: str, constat: str) -> None:
        super().__init__(f"{regle}: {constat}")
        self.regle = regle


@dataclass(frozen=True, slots=True)
class Acte:
    """An act that a desk said recorded. `numeros`: (campaign, carnet) that it awards."""

    device: str
    epoch: int
    seq: int
    type: str
    sujet: str
    numeros: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LotAccorde:
    """A lot that the Region gave, whatever it remembers of it."""

    device: str
    campagne: int
    pot: str
    taille: int
    premier: int
    dernier: int


Fermetures = dict[bytes, frozenset[bytes]]
"""The acts that close one lot, each with the acts that award numbers of it on the same branch of the laptop."""


@dataclass(slots=True)
class Temoin:
    """All that the invariants compare with."""

    actes: dict[bytes, Acte] = field(default_factory=dict)
    lots: dict[str, LotAccorde] = field(default_factory=dict)
    oublies: dict[str, LotAccorde] = field(default_factory=dict)
    """Lots that the Region granted and forgot, and that no desk has: an answer on its way, or a copy of a disk, may
    still bring them."""
    numeros: dict[tuple[int, int], list[bytes]] = field(default_factory=dict)
    """The acts that award each number, in the order in which they were recorded."""
    emportes: set[bytes] = field(default_factory=set)
    """Acts that no disk holds any more: put back to an earlier day before anything of them had left."""
    perdus: set[str] = field(default_factory=set)
    """Lots of a revoked laptop whose value went back to its pot, wherever that desk is linked since."""
    rendus: dict[str, Fermetures] = field(default_factory=dict)
    """Lots given back."""
    arretes: dict[str, Fermetures] = field(default_factory=dict)
    """Lots stopped by the Region, until a true lease comes of one that it did not take back."""
    repris: set[str] = field(default_factory=set)
    """Lots that the Region took back, as it remembers."""
    vides: dict[tuple[int, int], list[bytes]] = field(default_factory=dict)
    """The acts that void a number before the person had it."""
    remis: set[tuple[int, int]] = field(default_factory=set)
    """Numbers that were handed over once."""
    attributions: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    effacements: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    """The acts that erase somebody: (device, person)."""
    annules: set[tuple[int, int]] = field(default_factory=set)
    """Numbers that somebody at the Region ever voided."""
    menteur: str = ""
    """The device that says what it likes: its awards bind nobody."""
    vus: Counter[str] = field(default_factory=Counter)
    """How many times each fault, outcome and kind of case was seen."""

    def noter(
        self, hash_: bytes, acte: Acte, octets: bytes | None = None, tenus: Callable[[], set[bytes]] = set
    ) -> bool:
        """An act said recorded, with its body; False when it is known. `tenus`: what the laptop holds by then."""
        if acte.type == "lot.recevoir" and acte.sujet in self.oublies:
            self.lots[acte.sujet] = self.oublies.pop(acte.sujet)
        # A copy of the disk may bring back what no disk held any more.
        self.emportes.discard(hash_)
        if hash_ in self.actes:
            return False
        self.actes[hash_] = acte
        for numero in acte.numeros:
            self.numeros.setdefault(numero, []).append(hash_)
        if acte.type == "personne.effacer":
            self.effacements[hash_] = (acte.device, acte.sujet)
        if octets is not None and acte.type in _SUIVIS:
            self._suivre(hash_, acte, canonique.decode(octets), tenus)
        return True

    def effaces(self) -> list[tuple[str, str]]:
        """(device, person) of everybody whose erasure is still somewhere."""
        return sorted({qui for hash_, qui in self.effacements.items() if hash_ not in self.emportes})

    def _suivre(self, hash_: bytes, acte: Acte, contenu: dict[str, Any], tenus: Callable[[], set[bytes]]) -> None:
        """What becomes of numbers: handed over, or void before that."""
        numero = (contenu.get("campagne", 0), contenu.get("numero", 0))
        if acte.type == "attribution.accorder":
            self.attributions[contenu["attribution"]] = acte.numeros
        elif acte.type == "carnet.remettre":
            self.remis.add(numero)
        elif acte.type == "lot.rendre":
            self._fermer(self.rendus, contenu["lot"], hash_, tenus())
        elif acte.type == "lot.recevoir":
            # A lease that was over before any clock: stopped, until a true one comes.
            if contenu["lot"] not in self.repris:
                self.arretes.pop(contenu["lot"], None)
            if contenu["bail_jusqu_au"] < "1970":
                self._fermer(self.arretes, contenu["lot"], hash_, tenus())
        else:
            vides = self.attributions.get(contenu.get("attribution", ""), (numero,))
            for vide in vides:
                if acte.type != "carnet.retourner" or vide not in self.remis:
                    self.vides.setdefault(vide, []).append(hash_)

    def noter_lot(self, lot_id: str, lot: LotAccorde) -> None:
        """The Region gave these numbers. Raises Violation when it gave one of them before."""
        if lot_id in self.lots:
            return
        for autre_id, autre in (*self.lots.items(), *self.oublies.items()):
            memes = autre.campagne == lot.campagne and autre.premier <= lot.dernier and lot.premier <= autre.dernier
            if memes and autre_id != lot_id:
                raise Violation("lots_qui_se_chevauchent", f"{lot} after {autre}")
        self.lots[lot_id] = lot

    def oublier_les_lots(self, connus: set[str]) -> None:
        """`connus`: the lots that the Region knows. Another that no disk holds an act of is nobody's."""
        recus = {a.sujet for h, a in self.actes.items() if a.type == "lot.recevoir" and h not in self.emportes}
        for lot in sorted(set(self.lots) - connus - recus):
            self.oublies[lot] = self.lots.pop(lot)

    def ferme(self, lot_id: str, entendus: Mapping[bytes, int]) -> frozenset[tuple[int, int]] | None:
        """What is engaged of a lot that was given back, or stopped, by the first of these acts that the Region heard;
        None while it may be used. `entendus`: the acts that it ever took in a log, each with its rank.

        That is what its own laptop had awarded, and what the Region knew to be, of that desk alone: the number of
        another is worth nothing on its paper. Another copy, or the same put back to an earlier day, may have awarded
        more, which a case names once it is heard. A laptop put back closes a lot twice: the value went back the first
        time.
        """
        fermetures = {**self.rendus.get(lot_id, {}), **self.arretes.get(lot_id, {})}
        connues = [
            frozenset(
                numero
                for numero in self._numeros_du_lot(lot_id)
                if any(
                    h in siens or (self.actes[h].device == self.lots[lot_id].device and entendus.get(h, rang) < rang)
                    for h in self.numeros[numero]
                )
            )
            for hash_, siens in fermetures.items()
            if (rang := entendus.get(hash_)) is not None
        ]
        return frozenset.intersection(*connues) if connues else None

    def _numeros_du_lot(self, lot_id: str) -> list[tuple[int, int]]:
        """The numbers of it that were awarded, by whoever."""
        lot = self.lots[lot_id]
        tous = ((lot.campagne, numero) for numero in range(lot.premier, lot.dernier + 1))
        return [numero for numero in tous if numero in self.numeros]

    def _fermer(self, lots: dict[str, Fermetures], lot_id: str, hash_: bytes, tenus: set[bytes]) -> None:
        if lot_id in self.lots:
            accords = {h for numero in self._numeros_du_lot(lot_id) for h in self.numeros[numero]}
            lots.setdefault(lot_id, {})[hash_] = frozenset(accords & tenus)

    def lot_de(self, numero: tuple[int, int]) -> tuple[tuple[str, LotAccorde], ...]:
        """The lots that hold this number, with their ids: one, unless the Region gave it twice."""
        return tuple(
            (lot_id, lot)
            for lot_id, lot in self.lots.items()
            if lot.campagne == numero[0] and lot.premier <= numero[1] <= lot.dernier
        )


def numeros_accordes(type_: str, octets: bytes | None) -> tuple[dict[str, int | str], ...]:
    """The carnets of an award, as its body says; none for another act or an erased body."""
    if type_ != "attribution.accorder" or octets is None:
        return ()
    return tuple(canonique.decode(octets)["carnets"])


def suit(prev_hash: bytes, entete: bytes, hash_: bytes) -> bool:
    """True when this header, after that hash, gives this one."""
    return chain_hash(prev_hash, entete) == hash_


def nomme(type_: str | None) -> bool:
    """True when bodies of this type may name somebody."""
    return type_ is None or not type_.startswith(SANS_IDENTITE)
