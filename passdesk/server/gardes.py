"""Messages set aside from a revoked desk, or from a computer that its desk left, applied when a person says so.

They take their place in the log of the device as they would have; a second branch is put aside as any is. What was
taken leaves: an erasure reaches the log (decision 0090).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol.abrege import completer
from passdesk.protocol.messages import REQUEST_MAX, VERSION, Have, SyncRequest, decode_request, head_message
from passdesk.protocol.operations import HASH_RACINE, TAILLE_CORPS_MAX, Entete, verifier_corps
from passdesk.protocol.pass_token import signature_bonne
from passdesk.protocol.scellement import Corps
from passdesk.server.contexte import pieces
from passdesk.server.corps import decrypt, ouvrir_envoi, volume
from passdesk.server.effets import concernes, effacements
from passdesk.server.lots import crediter
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage
from passdesk.server.menage import demander_menage
from passdesk.server.postes import Poste, trouver_poste
from passdesk.server.quarantaine import (
    REVOQUE,
    REVOQUE_MAX,
    Garde,
    Ouverte,
    lire_ouverte,
    oublier_les_connus,
    poser_garde,
    sans_corps,
    sceller_ouverte,
    sceller_telle,
)
from passdesk.server.reception import entete_de, lire_envoi, recevoir, seules
from passdesk.server.region import Region
from passdesk.server.sujets import effaces

OCTETS_QUITTE = 16 * 1024 * 1024
"""Bytes of messages set aside from one computer that its desk left, as they are once opened, ever: acts of months, and
no way to fill a disk."""
_JOUR_MS = 86_400_000
_LUS = "gardes_lus"
"""The newest request that the server which last opened what was set aside reads."""
_ANCIENS_MAX = 4 * REVOQUE_MAX
"""Bytes opened of one device among what was kept closed: more than `REVOQUE_MAX` of them held of acts."""


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
        lus = (_montrer(region, tx, poste, numero, recu_le) for numero, recu_le in _numeros(tx, poste.device))
        ordre = sorted((lu.epoch, lu.premier, lu.numero) for lu in lus if lu.epoch is not None)
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


def mettre_a_part(region: Region, device: str, cle: bytes, octets: bytes, ouverte: Ouverte | None, volume: int) -> None:
    """Keeps a message of a computer that its desk left, as one of a revoked desk is: it may hold the only trace of a
    real award. Never applied by itself; beyond OCTETS_QUITTE it is let go. `ouverte`: as it reads, if it does;
    `volume`: bytes of it that count in its day."""
    jour = region.maintenant() // _JOUR_MS
    with region.magasin.ecrire() as tx:
        tx.faire(
            "UPDATE ordinateur_quitte SET volume = CASE volume_jour WHEN ? THEN volume ELSE 0 END + ?, "
            "volume_jour = ? WHERE device = ? AND cle_requete = ?",
            jour,
            volume,
            jour,
            device,
            cle,
        )
    garder_refusee(region, device, octets, ouverte, cle)


def garder_refusee(
    region: Region, device: str, octets: bytes, ouverte: Ouverte | None, quitte: bytes | None = None
) -> None:
    """Sets aside a message of a revoked desk, or of the computer that its desk left, whose request key is `quitte`.

    `ouverte`: as it reads; one that does not is kept as it came. Nothing is kept of who was erased here before, nor a
    body that is not the one its header tells of. Made ready before the lock, once more if something changed meanwhile.
    """
    pris = None
    while pris is None:
        with region.magasin.lire() as tx:
            prete = _preparer(region, tx, device, octets, ouverte) if _admis(tx, device, quitte) else None
        if prete is None:
            return
        with region.magasin.ecrire() as tx:
            pris = prete.poser(tx, region.maintenant()) if _admis(tx, device, quitte) else 0
            if pris and quitte is not None:
                sql = "UPDATE ordinateur_quitte SET octets = octets + ? WHERE device = ? AND cle_requete = ?"
                tx.faire(sql, pris, device, quitte)


def _admis(tx: Transaction, device: str, quitte: bytes | None) -> bool:
    sql = "SELECT 1 FROM ordinateur_quitte WHERE device = ? AND cle_requete = ? AND octets < ?"
    return quitte is None or tx.une(sql, device, quitte, OCTETS_QUITTE) is not None


@dataclass(frozen=True, slots=True)
class _Prete:
    """A message ready to be set aside, without the bodies of those of `sujets` who were erased by then (`partis`)."""

    garde: Garde
    sujets: frozenset[str] = frozenset()
    partis: frozenset[str] = frozenset()

    def poser(self, tx: Transaction, maintenant: int, *, borne: bool = True) -> int | None:
        """As `poser_garde`; None when somebody was erased meanwhile too."""
        if effaces(tx, self.garde.device, self.sujets) != self.partis:
            return None
        return poser_garde(tx, self.garde, maintenant, borne=borne)


def _preparer(
    region: Region,
    tx: Transaction,
    device: str,
    octets: bytes,
    ouverte: Ouverte | None,
    efface: Callable[[Entete], bool] | None = None,
) -> _Prete | None:
    """None when there is nothing to keep of it. `efface`: the acts that must not come back, with those of `effaces`."""
    cle = region.cles.corps
    if ouverte is None:
        return _Prete(sceller_telle(cle, device, octets))
    entetes = [(entete_de(lue), lue.corps) for lue in pieces(*ouverte)]
    sujets = frozenset(entete.subject_id for entete, _ in entetes if entete is not None)
    partis = frozenset(effaces(tx, device, sujets))
    request, corps = ouverte[0], tuple(lu if _sien(entete, lu) else None for entete, lu in entetes)
    for regle in (concernes(partis, ()), efface):
        corps = corps if regle is None else sans_corps((request, corps), regle)
    garde = sceller_ouverte(tx, cle, (request, corps))
    return None if garde is None else _Prete(garde, sujets, partis)


def _sien(entete: Entete | None, corps: Corps | None) -> bool:
    """False for a body that no program wrote for this act."""
    if corps is None or len(corps.octets) > TAILLE_CORPS_MAX:
        return corps is None
    return entete is None or verifier_corps(entete, corps.sel, corps.octets)


def ouvrir_message(region: Region, device: str, cles: Iterable[bytes], octets: bytes) -> tuple[Ouverte | None, int]:
    """The message whole, with its bodies, None for one that does not read, or that none of these keys (`cles`) signed;
    and its volume in bytes, the most that a message has when its block does not open: that took as long."""
    try:
        request = decode_request(octets)
    except SaisieRefusee:
        return None, len(octets)
    if request.device != device or not any(_signe(cle, request) for cle in cles):
        return None, len(octets)
    try:
        corps = ouvrir_envoi(region.cles.scellement, request)
        request = request if request.entieres is None else completer(request, corps)
    except SaisieRefusee:
        return None, REQUEST_MAX
    return (request, corps), volume(octets, request, corps)


def ouvrir_les_anciens(region: Region, *, noter: bool = False) -> None:
    """Opens what was set aside by a program that kept it as it came, or that could not read it: no erasure reached it.
    What does not open stays, and `noter` keeps it from being tried again before a program that reads more: said by the
    one server of this Region, when none of before can write any more."""
    savoir = str(VERSION).encode()
    with region.magasin.lire() as tx:
        if lire_reglage(tx, _LUS) == savoir:
            return
        sql = (
            "SELECT DISTINCT q.device FROM quarantaine q JOIN poste p ON p.device = q.device "
            "WHERE q.raison = ? AND q.epoch = 0 ORDER BY q.device"
        )
        devices = [str(device) for (device,) in tx.toutes(sql, REVOQUE)]
    for device in devices:
        _ouvrir_les_siens(region, device)
    if noter:
        with region.magasin.ecrire() as tx:
            ecrire_reglage(tx, _LUS, savoir)


def _ouvrir_les_siens(region: Region, device: str) -> None:
    with region.magasin.lire() as tx:
        cles = _cles(tx, _poste(tx, device))
        sql = "SELECT numero, recu_le FROM quarantaine WHERE device = ? AND raison = ? AND epoch = 0 ORDER BY numero"
        fermes = tx.toutes(sql, device, REVOQUE)
    reste = _ANCIENS_MAX
    for numero, recu_le in fermes:
        reste -= _ouvrir_un(region, device, cles, numero, recu_le)
        if reste < 0:
            break
    with region.magasin.ecrire() as tx:
        oublier_les_connus(tx, device)


def _ouvrir_un(region: Region, device: str, cles: tuple[bytes, ...], numero: int, recu_le: int) -> int:
    """How many bytes were opened."""
    pris, travail = None, 0
    while pris is None:
        with region.magasin.lire() as tx:
            rangee = tx.une("SELECT scelle FROM quarantaine WHERE numero = ? AND epoch = 0", numero)
            if rangee is None:
                return travail
            scelle = bytes(rangee[0])
            try:
                octets = decrypt(region.cles.corps, scelle, device, 0, 0)
            except BaseFermee:
                return travail
            ouverte, travail = ouvrir_message(region, device, cles, octets)
            if ouverte is None:
                return travail
            regle = effacements(tx, region.cles.corps, device)
            prete = _preparer(region, tx, device, octets, ouverte, regle)
        with region.magasin.ecrire() as tx:
            # Whatever room is left: it is here already.
            pris = 0 if prete is None else prete.poser(tx, recu_le, borne=False)
            if pris is not None:
                tx.faire("DELETE FROM quarantaine WHERE numero = ? AND epoch = 0", numero)
                demander_menage(tx)
    return travail


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
    if not epoch:
        return None
    try:
        ouverte = lire_ouverte(decrypt(region.cles.corps, bytes(scelle), poste.device, epoch, seq))
    except BaseFermee:
        return None
    return ouverte if any(_signe(cle, ouverte[0]) for cle in _cles(tx, poste)) else None


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
