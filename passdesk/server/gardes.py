"""Messages set aside from a revoked desk, or from a computer that its desk left, applied when a person says so.

They take their place in the log of the device as they would have; a second branch is put aside as any is. What was
taken leaves: an erasure reaches the log (decision 0090).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol.abrege import completer
from passdesk.protocol.messages import Have, SyncRequest, decode_request, head_message
from passdesk.protocol.operations import HASH_RACINE
from passdesk.protocol.pass_token import signature_bonne
from passdesk.server.contexte import pieces
from passdesk.server.corps import decrypt, ouvrir_envoi
from passdesk.server.effets import concernes, effacements
from passdesk.server.lots import crediter
from passdesk.server.magasin import Transaction
from passdesk.server.postes import Poste, trouver_poste
from passdesk.server.quarantaine import (
    REVOQUE,
    Ouverte,
    garder_message,
    garder_ouverte,
    lire_ouverte,
    sans_corps,
)
from passdesk.server.reception import entete_de, lire_envoi, recevoir, seules
from passdesk.server.region import Region
from passdesk.server.sujets import effaces


@dataclass(frozen=True, slots=True)
class MessageGarde:
    """A message set aside. `recu_le`: ms UTC; `epoch`: None when it cannot be read; `premier`: number of its first
    act; `actes`: how many it carries."""

    numero: int
    recu_le: int
    epoch: int | None
    premier: int
    actes: int


@dataclass(frozen=True, slots=True)
class Repris:
    """What was taken up: messages, and what became of their acts by outcome."""

    messages: int
    issues: Counter[str] = field(default_factory=Counter)


def montrer_gardes(region: Region, device: str) -> tuple[MessageGarde, ...]:
    """The messages set aside from this device, as they came. Raises SaisieRefusee(appareil_sans_nom)."""
    with region.magasin.lire() as tx:
        poste = _poste(tx, device)
        return tuple(_montrer(region, tx, poste, numero, recu_le) for numero, recu_le in _numeros(tx, poste.device))


def reprendre_gardes(region: Region, device: str) -> Repris:
    """Applies what these messages carry, each in its own transaction, in the order of the log.

    One that has a hole before it stays, until what is missing comes; so does one that cannot be read.
    Raises SaisieRefusee(appareil_sans_nom).
    """
    issues: Counter[str] = Counter()
    with region.magasin.lire() as tx:
        poste = _poste(tx, device)
        lus = [(_lire(region, tx, poste, numero), numero) for numero, _ in _numeros(tx, poste.device)]
    ordre = sorted(
        ((lu[0].epoch, lu[0].first_seq, numero) for lu, numero in lus if lu is not None),
    )
    pris = 0
    for *_, numero in ordre:
        with region.magasin.ecrire() as tx:
            issue = _reprendre(region, tx, poste, numero)
            if issue is not None:
                tx.faire("DELETE FROM quarantaine WHERE numero = ?", numero)
                issues.update(issue)
                pris += 1
    with region.magasin.ecrire() as tx:
        # The value of a lot may have waited for these.
        crediter(tx, poste.device)
    return Repris(pris, issues)


def garder_refusee(region: Region, tx: Transaction, device: str, octets: bytes, ouverte: Ouverte | None) -> int:
    """Sets aside a message of a revoked desk, or of a computer that its desk left: how many bytes it took.

    `ouverte`: as it reads; one that does not is kept as it came. Nothing is kept of who was erased here before.
    """
    cle, maintenant = region.cles.corps, region.maintenant()
    if ouverte is None:
        return garder_message(tx, cle, device, octets, REVOQUE, maintenant)
    request, corps = ouverte
    entetes = [entete for lue in pieces(request, corps) if (entete := entete_de(lue)) is not None]
    partis = effaces(tx, device, {entete.subject_id for entete in entetes})
    return garder_ouverte(tx, cle, (request, sans_corps(ouverte, concernes(partis, ()))), maintenant)


def ouvrir_message(region: Region, device: str, cle: bytes, octets: bytes) -> Ouverte | None:
    """The message whole, with its bodies; None for one that does not read, or that this key (`cle`) did not sign."""
    try:
        request = decode_request(octets)
        if request.device != device or not _signe(cle, request):
            return None
        corps = ouvrir_envoi(region.cles.scellement, request)
        return (request if request.entieres is None else completer(request, corps)), corps
    except SaisieRefusee:
        return None


def _reprendre(region: Region, tx: Transaction, poste: Poste, numero: int) -> Counter[str] | None:
    """What became of the acts of one message that the log did not have; None when not all of it could be taken."""
    lu = _lire(region, tx, poste, numero)
    if lu is None:
        return None
    request, corps = lu
    quitte = not _signe(poste.cle_requete, request)
    have = _have(tx, poste.device, request.epoch)
    if request.first_seq > have.seq + 1:
        # Nor is it noted that something is to come: nobody may ever send it.
        return None
    corps = sans_corps(lu, effacements(tx, region.cles.corps, poste.device))
    lues = seules(lire_envoi(region.cles.corps, request, corps))
    fourche = tx.une("SELECT fourche FROM poste WHERE device = ?", poste.device)
    deja = int(fourche[0]) if fourche else 0
    recu = recevoir(tx, region.cles.corps, request, lues, have, deja, region.maintenant(), quitte=quitte)
    if len(recu.outcomes) < len(request.headers):
        return None
    return Counter(outcome.result for outcome in recu.outcomes if outcome.seq > have.seq)


def _lire(region: Region, tx: Transaction, poste: Poste, numero: int) -> Ouverte | None:
    """A message whole, with its bodies; None for one that does not read, or that no key of this device signed."""
    rangee = tx.une("SELECT epoch, seq, scelle FROM quarantaine WHERE numero = ?", numero)
    if rangee is None:
        return None
    epoch, seq, scelle = rangee
    try:
        octets = decrypt(region.cles.corps, bytes(scelle), poste.device, epoch, seq)
    except BaseFermee:
        return None
    if epoch:
        ouverte = lire_ouverte(octets)
        return ouverte if any(_signe(cle, ouverte[0]) for cle in _cles(tx, poste)) else None
    lues = (ouvrir_message(region, poste.device, cle, octets) for cle in _cles(tx, poste))
    return next((lue for lue in lues if lue is not None), None)


def _signe(cle: bytes, request: SyncRequest) -> bool:
    tete = head_message(request.device, request.epoch, request.head_seq, request.head_hash)
    return signature_bonne(cle, request.head_sig, tete)


def _cles(tx: Transaction, poste: Poste) -> tuple[bytes, ...]:
    quittees = tx.toutes("SELECT cle_requete FROM ordinateur_quitte WHERE device = ?", poste.device)
    return (poste.cle_requete, *(bytes(cle) for (cle,) in quittees))


def _have(tx: Transaction, device: str, epoch: int) -> Have:
    rangee = tx.une("SELECT seq, hash FROM journal WHERE device = ? AND epoch = ?", device, epoch)
    return Have(epoch, int(rangee[0]), bytes(rangee[1])) if rangee else Have(epoch, 0, HASH_RACINE)


def _montrer(region: Region, tx: Transaction, poste: Poste, numero: int, recu_le: int) -> MessageGarde:
    lu = _lire(region, tx, poste, numero)
    if lu is None:
        return MessageGarde(numero, recu_le, None, 0, 0)
    return MessageGarde(numero, recu_le, lu[0].epoch, lu[0].first_seq, len(lu[0].headers))


def _numeros(tx: Transaction, device: str) -> list[tuple[int, int]]:
    sql = "SELECT numero, recu_le FROM quarantaine WHERE device = ? AND raison = ? ORDER BY numero"
    return [(int(numero), int(recu_le)) for numero, recu_le in tx.toutes(sql, device, REVOQUE)]


def _poste(tx: Transaction, device: str) -> Poste:
    poste = trouver_poste(tx, device.strip().casefold())
    if poste is None:
        raise SaisieRefusee("appareil_sans_nom", appareil=device[:20])
    return poste
