"""Acts kept aside, taken up again: a Region that has learned a type applies what it could only keep, in its place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from passdesk.protocol.evenements import ActeRepris
from passdesk.protocol.messages import Outcome
from passdesk.protocol.operations import HASH_RACINE, Entete, TypeOperation
from passdesk.server.contexte import Piece
from passdesk.server.corps import lire_corps
from passdesk.server.diffusion import diffuser
from passdesk.server.effets import VERSIONS_CONNUES
from passdesk.server.lots import crediter, reprendre_valeur
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage
from passdesk.server.reception import entete_de, juger
from passdesk.server.region import Region
from passdesk.server.restauration import lots_dits

_REGLAGE = "reprise"
_REMPLACABLES = frozenset(
    {TypeOperation.PERSONNE_ENREGISTRER, TypeOperation.PERSONNE_MODIFIER, TypeOperation.POSTE_EPOQUE}
)
"""Acts that say how things stand: one of the same subject that was applied since says it better."""


@dataclass(frozen=True, slots=True)
class EnSuspens:
    """An act that the Region holds without applying it. `type`: "" when even its header is of a newer program.

    `raison`: entete_inconnu, type_inconnu, version_recente, bloc_illisible, engagement, corps_illisible, inapplicable.
    `recu_le`: ms UTC.
    """

    device: str
    poste: str
    epoch: int
    seq: int
    type: str
    raison: str
    recu_le: int

    @property
    def cle(self) -> tuple[str, int, int]:
        """Device, epoch and seq: which act of all."""
        return self.device, self.epoch, self.seq


def en_suspens(region: Region) -> tuple[EnSuspens, ...]:
    """Every act kept aside, in the order of the world."""
    with region.magasin.lire() as tx:
        return _suspens(tx)


def reprendre(region: Region) -> Counter[str]:
    """Tries every act kept aside once more, each in its own transaction, and tells its desk what changed.

    How many, by what became of them: appliquee, litige, en_attente.
    """
    issues = _essayer(region, en_suspens(region))
    with region.magasin.ecrire() as tx:
        ecrire_reglage(tx, _REGLAGE, _savoir())
    return issues


def reprendre_les_lots(region: Region) -> None:
    """The same of the lots that active desks say they were granted before this Region was put back to a backup, and of
    their return: there may be room for them now. Nothing when none waits."""
    with region.magasin.lire() as tx:
        dits = {(lot.device, lot.epoch, lot.seq) for lot in lots_dits(tx, region.cles.corps)}
        attendent = _suspens(tx) if dits else ()
    postes = {device for device, _, _ in dits}
    _essayer(
        region,
        [
            acte
            for acte in attendent
            if acte.cle in dits or (acte.type == TypeOperation.LOT_RENDRE and acte.device in postes)
        ],
    )


def _essayer(region: Region, actes: Iterable[EnSuspens]) -> Counter[str]:
    issues: Counter[str] = Counter()
    for acte in actes:
        with region.magasin.ecrire() as tx:
            issues[_reprendre(region, tx, acte)] += 1
    return issues


def reprendre_si_neuf(region: Region) -> Counter[str]:
    """The same, when this program knows other acts than the one that did it last; nothing otherwise."""
    with region.magasin.lire() as tx:
        deja = lire_reglage(tx, _REGLAGE) == _savoir()
    return Counter() if deja else reprendre(region)


def _savoir() -> bytes:
    """What this program can apply, in short."""
    connus = [*sorted(TypeOperation), *sorted(f"{genre} {v}" for genre, v in VERSIONS_CONNUES.items())]
    return hashlib.sha256("\n".join(connus).encode()).digest()


def _suspens(tx: Transaction) -> tuple[EnSuspens, ...]:
    rangees = tx.toutes(
        "SELECT o.device, p.nom, o.epoch, o.seq, coalesce(o.type, ''), o.raison, o.recu_le FROM operation o "
        "JOIN poste p ON p.device = o.device WHERE o.resultat = 'en_attente' ORDER BY o.srv_seq"
    )
    return tuple(EnSuspens(*rangee) for rangee in rangees)


def _reprendre(region: Region, tx: Transaction, acte: EnSuspens) -> str:
    """What became of one act; nothing is written when that is what it was."""
    rangee = tx.une(
        "SELECT srv_seq, hash, entete, raison FROM operation "
        "WHERE device = ? AND epoch = ? AND seq = ? AND resultat = 'en_attente'",
        acte.device,
        acte.epoch,
        acte.seq,
    )
    corps = lire_corps(tx, region.cles.corps, acte.device, acte.epoch, acte.seq)
    if rangee is None or (rangee[3] == "bloc_illisible" and corps is None):
        # Settled meanwhile; or its body never came, which is not the same as erased.
        return "en_attente"
    srv_seq, hash_, header, raison = int(rangee[0]), bytes(rangee[1]), bytes(rangee[2]), str(rangee[3])
    avant = tx.une(
        "SELECT hash FROM operation WHERE device = ? AND epoch = ? AND seq = ?", acte.device, acte.epoch, acte.seq - 1
    )
    prev_hash = bytes(avant[0]) if avant else HASH_RACINE
    piece = Piece(acte.seq, header, prev_hash, hash_, corps)
    entete = entete_de(piece)
    if entete is not None and _depasse(tx, acte, entete):
        outcome = Outcome(acte.seq, "appliquee")
    else:
        outcome = juger(tx, region.cles.corps, acte.device, srv_seq, piece, entete, region.maintenant())
    if (outcome.result, outcome.raison) == ("en_attente", raison):
        return "en_attente"
    tx.faire(
        "UPDATE operation SET resultat = ?, litige = ?, raison = ?, type = ?, sujet = ? "
        "WHERE device = ? AND epoch = ? AND seq = ?",
        outcome.result,
        outcome.litige,
        outcome.raison,
        entete.type if entete else None,
        entete.subject_id if entete else None,
        acte.device,
        acte.epoch,
        acte.seq,
    )
    issue = ActeRepris(acte.epoch, acte.seq, outcome.result, outcome.litige, outcome.raison)
    diffuser(tx, issue, device=acte.device)
    # The value of a lot may have waited for this act alone.
    crediter(tx, acte.device)
    if outcome.result == "litige":
        reprendre_valeur(tx, acte.device)
    return outcome.result


def _depasse(tx: Transaction, acte: EnSuspens, entete: Entete) -> bool:
    """True for an act on how things stood, when a later one of its desk was applied."""
    if entete.type not in _REMPLACABLES:
        return False
    famille = entete.type.split(".")[0]
    sujet = "" if famille == "poste" else "AND sujet = ?"
    apres = tx.une(
        "SELECT 1 FROM operation WHERE device = ? AND (epoch > ? OR (epoch = ? AND seq > ?)) "  # noqa: S608
        f"AND type LIKE ? AND resultat <> 'en_attente' {sujet} LIMIT 1",
        acte.device,
        acte.epoch,
        acte.epoch,
        acte.seq,
        f"{famille}.%",
        *([entete.subject_id] if sujet else []),
    )
    return apres is not None
