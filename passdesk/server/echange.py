"""One HTTP exchange as values: who speaks, is it fresh, what to answer; every answer is signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.abrege import completer
from passdesk.protocol.messages import (
    ENTETE_VERSION,
    REFUSAL_STATUS,
    REQUEST_MAX,
    TYPE_CONTENU,
    VERSION,
    VERSION_REPONSE,
    Have,
    Refusal,
    SyncAnswer,
    SyncRequest,
    decode_request,
    encode_answer,
    head_message,
)
from passdesk.protocol.operations import HASH_RACINE, TypeOperation
from passdesk.protocol.pass_token import signature_bonne
from passdesk.protocol.scellement import Corps
from passdesk.protocol.signatures import declared_sender, sign_answer, verify_request
from passdesk.server.cles_poste import certifier, cle_d_une_suite, reprendre_la_cle
from passdesk.server.corps import ouvrir_envoi, volume
from passdesk.server.diffusion import evenements_apres
from passdesk.server.etat import etat_a
from passdesk.server.gardes import garder_refusee, mettre_a_part, ouvrir_message
from passdesk.server.index_region import dire_index
from passdesk.server.magasin import Transaction, dernier, lire_reglage
from passdesk.server.menage import A_FAIRE
from passdesk.server.ordinaires import EnsembleRefuseError
from passdesk.server.postes import Poste, trouver_poste
from passdesk.server.quarantaine import REVOQUE, Ouverte, garder_message, oublier_les_connus
from passdesk.server.reception import Lue, lire_envoi, recevoir, seules
from passdesk.server.recharge import entretenir
from passdesk.server.region import Region, server_epoch
from passdesk.server.restauration import deja_cru, dit_un_oubli, reconnaitre
from passdesk.server.suite import cle_quittee

VOLUME_JOUR = 128 * 1024 * 1024
"""Bytes of one desk in a day (UTC), headers and bodies as they are once opened: a first load of 100 000 acts. Beyond,
they wait at the desk: whoever holds a desk fills no disk."""
_JOUR_MS = 86_400_000
_VIDE = Have(1, 0, HASH_RACINE)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as received; only the path of `url` counts."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer to send, signed. `faits`: what may be told of it in a log, ids and numbers that were verified.

    `menage`: something was erased, which is to be done away with once the answer is sent (`menage.faire_le_menage`).
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    faits: Mapping[str, str | int] = field(default_factory=dict)
    menage: bool = False


def repondre(
    region: Region, http: HttpRequest, body: bytes, status: int = 200, faits: Mapping[str, str | int] | None = None
) -> HttpAnswer:
    """The answer signed by the answer key, bound to the request."""
    headers = sign_answer(
        region.cles.reponse,
        status=status,
        body=body,
        request_method=http.method,
        request_url=http.url,
        request_headers=http.headers,
    )
    entetes = {"content-type": TYPE_CONTENU, ENTETE_VERSION: str(VERSION), **headers}
    return HttpAnswer(status, entetes, body, faits or {})


def refuser(region: Region, http: HttpRequest, code: str, n: int = 0) -> HttpAnswer:
    """A signed refusal."""
    refus = encode_answer(Refusal(code, n, region.maintenant()))
    return repondre(region, http, refus, REFUSAL_STATUS[code], {"refus": code})


def traiter_sync(
    region: Region,
    http: HttpRequest,
    permis: Callable[[str], bool] = lambda _: True,
    juger: Callable[[Region, HttpRequest, Poste, int], HttpAnswer] | None = None,
) -> HttpAnswer:
    """`POST /v1/sync`: `have` is said only once the transaction is on disk.

    `permis`: whether this device, known by its signature, may be served now; if not it comes back later. `juger`: what
    does the rest, `traiter_verifie` without it.
    """
    try:
        device, _ = declared_sender(http.headers)
    except SaisieRefusee as refus:
        return refuser(region, http, refus.code)
    poste = region.magasin.regarder(lambda tx: trouver_poste(tx, device))
    if poste is None:
        return refuser(region, http, "appareil_inconnu")
    try:
        cle = Ed25519PublicKey.from_public_bytes(poste.cle_requete)
        _, counter = verify_request(cle, method=http.method, url=http.url, headers=http.headers, body=http.body)
    except SaisieRefusee as refus:
        quittee = cle_quittee(region, device, http.method, http.url, http.headers, http.body)
        if quittee is None:
            return refuser(region, http, refus.code)
        sienne, deja = quittee
        # In its own name: it takes nothing of what the desk may ask.
        if not permis(f"{device} quitte"):
            return refuser(region, http, "region_indisponible")
        if deja > VOLUME_JOUR:
            return _trop(region, http)
        ouverte, travail = ouvrir_message(region, device, (sienne,), http.body)
        mettre_a_part(region, device, sienne, http.body, ouverte, travail)
        return refuser(region, http, "appareil_revoque")
    if not permis(device):
        answer = refuser(region, http, "region_indisponible")
        return replace(answer, faits={**answer.faits, "appareil": device, "limite": "appareil"})
    if poste.octets > VOLUME_JOUR and poste.octets_jour == region.maintenant() // _JOUR_MS:
        # Before any of it is opened, which takes longer than to keep it.
        answer = _trop(region, http)
        return replace(answer, faits={**answer.faits, "appareil": device})
    answer = (juger or traiter_verifie)(region, http, poste, counter)
    return replace(answer, faits={**answer.faits, "appareil": device})


def traiter_verifie(region: Region, http: HttpRequest, poste: Poste, counter: int) -> HttpAnswer:
    """The request is this device's. What it holds is read before the lock, and kept whatever it is."""
    request, illisible = _lire(http, poste, counter)
    corps = None if request is None else _ouvrir(region, request)
    if request is not None and request.entieres is not None:
        request, illisible = _completer(request, corps)
    lues = () if request is None else lire_envoi(region.cles.corps, request, corps)
    recue = _Recue(request, illisible, corps, lues)
    try:
        return _garder(region, http, poste, counter, recue)
    except EnsembleRefuseError:
        # Nothing of that transaction is kept.
        return _garder(region, http, poste, counter, replace(recue, lues=seules(lues)))


@dataclass(frozen=True, slots=True)
class _Recue:
    """A request read: None with the code of what is wrong with it; its bodies, None when their block is closed."""

    request: SyncRequest | None
    illisible: str | None
    corps: tuple[Corps | None, ...] | None = field(repr=False)
    lues: tuple[Lue, ...] = field(repr=False)

    @property
    def ouverte(self) -> Ouverte | None:
        """All of it, when all of it reads."""
        return None if self.request is None or self.corps is None else (self.request, self.corps)


def _garder(region: Region, http: HttpRequest, poste: Poste, counter: int, recue: _Recue) -> HttpAnswer:
    """Raises EnsembleRefuseError."""
    request, illisible, corps, lues = recue.request, recue.illisible, recue.corps, recue.lues
    octets = volume(http.body, request, corps)
    with region.magasin.ecrire() as tx:
        la = _compter(tx, poste, counter, region.maintenant(), octets, request)
        if la.vu is not None and not la.quitte:
            return refuser(region, http, "compteur_depasse", la.vu)
        if la.octets > VOLUME_JOUR:
            return _trop(region, http)
        raison = REVOQUE if la.quitte or la.etat != "actif" else illisible
        if raison is None and request is not None and _redit(region, tx, request):
            refus = refuser(region, http, "region_indisponible")
            return replace(refus, faits={**refus.faits, "limite": "vie"})
        if raison is None and request is not None and corps is None:
            garder_message(tx, region.cles.corps, poste.device, http.body, "bloc_illisible", region.maintenant())
        if raison is not None or request is None:
            if raison != REVOQUE:
                illisible = raison or "message_illisible"
                garder_message(tx, region.cles.corps, poste.device, http.body, illisible, region.maintenant())
            answer = None
        else:
            answer = _prendre(region, tx, poste, la, request, lues)
        menage = bool(lire_reglage(tx, A_FAIRE))
    if la.quitte:
        mettre_a_part(region, poste.device, poste.cle_requete, http.body, recue.ouverte, octets)
    elif raison == REVOQUE:
        garder_refusee(region, poste.device, http.body, recue.ouverte)
    if answer is None:
        return refuser(region, http, raison or "message_illisible")
    issues = Counter(outcome.result for outcome in answer.outcomes)
    faits = {
        "operations": len(answer.outcomes),
        "en_attente": issues["en_attente"],
        "litiges": issues["litige"],
        "evenements": len(answer.events),
    }
    return replace(repondre(region, http, encode_answer(answer), faits=faits), menage=menage)


def _lire(http: HttpRequest, poste: Poste, counter: int) -> tuple[SyncRequest | None, str | None]:
    """The message, or the code of what is wrong with it."""
    if len(http.body) > REQUEST_MAX:
        return None, "message_illisible"
    try:
        request = decode_request(http.body)
    except SaisieRefusee as refus:
        return None, refus.code
    tete = head_message(request.device, request.epoch, request.head_seq, request.head_hash)
    coherente = (request.device, request.counter) == (poste.device, counter) and signature_bonne(
        poste.cle_requete, request.head_sig, tete
    )
    return (request, None) if coherente else (None, "message_illisible")


def _completer(request: SyncRequest, corps: tuple[Corps | None, ...] | None) -> tuple[SyncRequest | None, str | None]:
    """The message with its headers whole, or the code of what is wrong: then the desk sends them whole."""
    if corps is None:
        return None, "bloc_illisible"
    try:
        return completer(request, corps), None
    except SaisieRefusee as refus:
        return None, refus.code


def _ouvrir(region: Region, request: SyncRequest) -> tuple[Corps | None, ...] | None:
    """The bodies, None when the sealed block cannot be opened."""
    try:
        return ouvrir_envoi(region.cles.scellement, request)
    except SaisieRefusee:
        return None


@dataclass(frozen=True, slots=True)
class _La:
    """How the desk stands under the lock, before its request changes anything. `vu`: the last counter seen, when this
    one is not above it (a replay, or a base put back). `annoncee`: a key of its waits to be certified. `octets`: what
    came from it today, this request with it. `have`: how far its log goes here. `quitte`: it is on another computer
    since this request came."""

    etat: str
    vu: int | None = None
    fourche: int = 0
    annoncee: bool = False
    octets: int = 0
    have: Have = _VIDE
    quitte: bool = False


def _trop(region: Region, http: HttpRequest) -> HttpAnswer:
    """It comes back later; the journal and the counters say why."""
    answer = refuser(region, http, "region_indisponible")
    return replace(answer, faits={**answer.faits, "limite": "volume"})


def _compter(
    tx: Transaction, poste: Poste, counter: int, maintenant: int, volume: int, request: SyncRequest | None
) -> _La:
    """Notes the counter, what came today, and how far the desk says that it heard: not what it is about to be told, for
    put back to a backup it has less."""
    jour = maintenant // _JOUR_MS
    cursor = app = None
    epoch = 1
    if request is not None:
        cursor, app, epoch = _entendu(tx, request), request.app.replace("\0", ""), request.epoch
    rangee = tx.une(
        "UPDATE poste SET compteur = ?, vu_le = ?, octets = CASE octets_jour WHEN ? THEN octets ELSE 0 END + ?, "
        "octets_jour = ?, cursor = coalesce(?, cursor), app = coalesce(?, app) WHERE device = ? AND compteur < ? "
        "AND cle_requete = ? RETURNING etat, fourche, cle_annoncee IS NOT NULL, octets, "
        "(SELECT j.seq FROM journal j WHERE j.device = poste.device AND j.epoch = ?), "
        "(SELECT j.hash FROM journal j WHERE j.device = poste.device AND j.epoch = ?)",
        counter,
        maintenant,
        jour,
        volume,
        jour,
        cursor,
        app,
        poste.device,
        counter,
        poste.cle_requete,
        epoch,
        epoch,
    )
    if rangee is not None:
        etat, fourche, annoncee, octets, seq, hash_ = rangee
        have = Have(epoch, 0, HASH_RACINE) if seq is None else Have(epoch, int(seq), bytes(hash_))
        return _La(str(etat), None, int(fourche), bool(annoncee), int(octets), have)
    sql = "SELECT etat, compteur, cle_requete FROM poste WHERE device = ?"
    etat, vu, cle = tx.une(sql, poste.device) or ("revoque", 0, poste.cle_requete)
    return _La(str(etat), int(vu), quitte=bytes(cle) != poste.cle_requete)


def _entendu(tx: Transaction, request: SyncRequest) -> int:
    """The desk's cursor. One of another life of this server means nothing here: the desk hears everything again."""
    cette_vie = request.server_epoch == server_epoch(tx) and request.cursor <= dernier(tx, "srv_seq")
    return request.cursor if cette_vie else 0


def _redit(region: Region, tx: Transaction, request: SyncRequest) -> bool:
    """True for a desk that says once more that this Region forgot what it told."""
    dit = dit_un_oubli(tx, request.server_epoch, request.cursor, region.maintenant())
    return dit and deja_cru(tx, request.device)


def _prendre(
    region: Region, tx: Transaction, poste: Poste, la: _La, request: SyncRequest, lues: tuple[Lue, ...]
) -> SyncAnswer:
    cursor = _entendu(tx, request)
    reconnaitre(tx, request.device, request.server_epoch, request.cursor, region.maintenant())
    epoch = server_epoch(tx)
    recu = recevoir(tx, region.cles.corps, request, lues, la.have, la.fourche, region.maintenant())
    if recu.outcomes:
        # Of a desk that was revoked by mistake, or moved: what was set aside of it meanwhile may be here now.
        oublier_les_connus(tx, request.device)
    dire_index(region, tx, poste)
    # Only an act of its own announces a key.
    annoncee = la.annoncee or any(lue.entete and lue.entete.type == TypeOperation.POSTE_EPOQUE for lue in lues)
    if not lues and request.epoch > 1:
        annoncee |= reprendre_la_cle(tx, region.cles.corps, request.device, request.epoch)
    depassee = not lues and cle_d_une_suite(tx, region.cles.corps, request.device, request.epoch)
    if (not annoncee or certifier(region, tx, request.device)) and not depassee:
        # A lot granted under another key than the one it signs with would be left by the desk.
        entretenir(region, tx, request.device, request.epoch, cursor)
    events, suivant, more = evenements_apres(tx, request.device, cursor)
    return SyncAnswer(
        have=recu.have,
        outcomes=recu.outcomes,
        events=events,
        cursor=suivant,
        more=more,
        server_epoch=epoch,
        server_time=region.maintenant(),
        fork=recu.fork or depassee,
        version=VERSION_REPONSE if request.etat else 1,
        etat=etat_a(tx, request.device, suivant) if request.etat and not more else None,
    )
