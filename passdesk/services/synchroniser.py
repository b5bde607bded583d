"""One whole exchange with the Region: drives the pure cycle over the base and the network."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from passdesk import __version__
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue, SaisieRefusee
from passdesk.protocol.confiance import lire_campagne, lire_confiance
from passdesk.protocol.evenements import CampagneOuverte, ConfiancePubliee, LotAttribue, lire_evenement
from passdesk.protocol.messages import (
    Refusal,
    SyncAnswer,
    SyncRequest,
    decode_answer,
    encode_request,
    head_message,
    header_bytes,
)
from passdesk.protocol.operations import HASH_RACINE, Operation
from passdesk.protocol.scellement import Corps, seal_bodies
from passdesk.protocol.signatures import sign_request, verify_answer
from passdesk.services import poste as noms
from passdesk.services.poste import Poste
from passdesk.storage import campagnes, envoi, evenements, lots
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte
from passdesk.storage.appareil import lire_appareil
from passdesk.sync.cycle import Cycle, apres_coupure, apres_refus, apres_reponse
from passdesk.sync.transport import HttpTransport, Transport

Avancement = Callable[[int, int], None]
"""Told (acts sent so far, acts there were to send) after each exchange."""

OPERATIONS_PAR_ENVOI = 500


@dataclass(frozen=True, slots=True)
class BilanEnvoi:
    """How an exchange ended. `fin`: "fini" | "hors_ligne" | "refuse" | "fourche" | "arrete"; `raison`: its code.

    `envoyes`: acts that the Region now holds on disk; `restent`: acts still to send; `recus`: events applied;
    `litiges`: cases opened about acts sent now; `en_attente`: acts that the Region keeps aside.
    """

    fin: str
    raison: str | None
    envoyes: int
    restent: int
    recus: int
    litiges: int
    en_attente: int


@dataclass(frozen=True, slots=True)
class _Region:
    """What this desk knows of its Region, once enrolled."""

    appareil: str
    adresse: str
    racine: bytes
    reponse: Ed25519PublicKey
    scellement: X25519PublicKey
    requete: Ed25519PrivateKey


def synchroniser(
    poste: Poste,
    relier: Callable[[], Transport] = HttpTransport,
    *,
    avancement: Avancement | None = None,
    arreter: Callable[[], bool] = lambda: False,
) -> BilanEnvoi:
    """Sends what is not acknowledged and applies what the Region tells, until both are done or the network ends.

    Never raises for a network: that is `fin`. `arreter` is asked between exchanges; what was acknowledged stays so.
    Raises SaisieRefusee("poste_non_enrole"), BaseFermee("cles_appareil_absentes").
    """
    region = _region(poste)
    cycle, recus, litiges, aside = Cycle(), 0, 0, 0
    depart = envoi.reste_a_envoyer(poste.base)
    transport = relier()
    try:
        while cycle.etape == "envoyer" and not arreter():
            debut = time.monotonic()
            try:
                reponse = _echanger(poste, region, transport, cycle)
            except PanneAttendue as panne:
                cycle = apres_coupure(cycle, panne.code)
                continue
            if isinstance(reponse, Refusal):
                cycle = apres_refus(cycle, reponse)
                continue
            duree_ms = int((time.monotonic() - debut) * 1000)
            try:
                _appliquer(poste, region, reponse)
            except SaisieRefusee as refus:
                # Signed, yet it does not hold (a bundle of another root…): nothing of it was kept, and it is told.
                cycle = replace(cycle, etape="refuse", raison=refus.code)
                continue
            recus += len(reponse.events)
            litiges += sum(o.result == "litige" for o in reponse.outcomes)
            aside += sum(o.result == "en_attente" for o in reponse.outcomes)
            restent = envoi.reste_a_envoyer(poste.base)
            if avancement is not None:
                avancement(max(depart - restent, 0), depart)
            cycle = apres_reponse(cycle, reponse, reste=restent > 0, duree_ms=duree_ms)
    finally:
        transport.close()
    restent = envoi.reste_a_envoyer(poste.base)
    fin = "arrete" if cycle.etape == "envoyer" else cycle.etape
    return BilanEnvoi(fin, cycle.raison, max(depart - restent, 0), restent, recus, litiges, aside)


def _region(poste: Poste) -> _Region:
    base = poste.base
    appareil, adresse = identite.lire_texte(base, noms.APPAREIL), identite.lire_texte(base, noms.ADRESSE)
    racine, reponse = identite.lire_octets(base, noms.RACINE), identite.lire_octets(base, noms.CLE_REPONSE)
    scellement = identite.lire_octets(base, noms.CLE_SCELLEMENT)
    secrets = lire_appareil(poste.dossier, poste.cle)
    if appareil and secrets is None:
        raise BaseFermee("cles_appareil_absentes")
    if not (appareil and adresse and racine and reponse and scellement and secrets and secrets.requete):
        raise SaisieRefusee("poste_non_enrole")
    return _Region(
        appareil,
        adresse,
        racine,
        Ed25519PublicKey.from_public_bytes(reponse),
        X25519PublicKey.from_public_bytes(scellement),
        Ed25519PrivateKey.from_private_bytes(secrets.requete),
    )


def _echanger(poste: Poste, region: _Region, transport: Transport, cycle: Cycle) -> SyncAnswer | Refusal:
    """One request and its answer, believed only once its signature holds. Raises PanneAttendue."""
    envoi.relever_compteur(poste.base, cycle.compteur_mini)
    demande = _demande(poste, region, cycle.lot)
    corps = encode_request(demande)
    signee = sign_request(
        region.requete, device=region.appareil, counter=demande.counter, url=f"{region.adresse}/v1/sync", body=corps
    )
    reponse = transport.post(signee.url, signee.headers, signee.body)
    verify_answer(region.reponse, request=signee, status=reponse.status, headers=reponse.headers, body=reponse.body)
    try:
        return decode_answer(reponse.body)
    except KnownError as illisible:
        # Signed by the Region and yet not readable here: a newer Region. Nothing changes; the next program reads it.
        raise PanneAttendue(illisible.code) from None


def _demande(poste: Poste, region: _Region, octets: int) -> SyncRequest:
    base = poste.base
    etat, tete = envoi.etat(base), envoi.tete(base)
    operations = envoi.operations_apres(
        base, etat.acked_epoch, etat.acked_seq, limite=OPERATIONS_PAR_ENVOI, octets=octets
    )
    epoch, head_seq, head_hash = tete.epoch, tete.seq, tete.hash
    if operations and operations[0].entete.epoch != epoch:
        # The rest of an earlier epoch goes first; its head is what is sent.
        dernier = operations[-1].entete
        epoch, head_seq, head_hash = dernier.epoch, dernier.seq, dernier.hash
    premier = operations[0].entete if operations else None
    first_seq = premier.seq if premier else head_seq + 1
    return SyncRequest(
        device=region.appareil,
        epoch=epoch,
        head_seq=head_seq,
        head_hash=head_hash,
        head_sig=region.requete.sign(head_message(region.appareil, epoch, head_seq, head_hash)),
        cursor=etat.cursor,
        server_epoch=etat.server_epoch or 0,
        counter=envoi.compteur_suivant(base),
        app=__version__,
        first_seq=first_seq,
        prev_hash=premier.prev_hash if premier else (head_hash if head_seq else HASH_RACINE),
        headers=tuple(header_bytes(operation.entete) for operation in operations),
        bodies=seal_bodies(
            [_corps(operation) for operation in operations],
            region.scellement,
            device=region.appareil,
            epoch=epoch,
            first_seq=first_seq,
        ),
    )


def _corps(operation: Operation) -> Corps | None:
    if operation.sel is None or operation.corps is None:
        return None
    return Corps(operation.sel, operation.corps)


def _appliquer(poste: Poste, region: _Region, reponse: SyncAnswer) -> None:
    """Acknowledgement, outcomes and events in one transaction: the cursor never passes an event not applied."""
    base = poste.base
    with base.acte(poste.agent_id) as acte:
        envoi.noter_serveur(base, reponse.server_epoch)
        for issue in reponse.outcomes:
            envoi.noter_issue(base, envoi.Issue(reponse.have.epoch, issue.seq, issue.result, issue.litige))
        for evenement in reponse.events:
            lu = lire_evenement(evenement.type, evenement.payload)
            if isinstance(lu, ConfiancePubliee):
                lire_confiance(lu.octets, region.racine)
            if not evenements.appliquer(base, evenement.srv_seq, lu):
                _agir(poste, region, acte, lu)
        envoi.noter_acquit(base, reponse.have.epoch, reponse.have.seq)
        envoi.noter_curseur(base, reponse.cursor)
        envoi.noter_contact(base)


def _agir(poste: Poste, region: _Region, acte: Acte, evenement: object) -> None:
    """The events that are more than a row: a lot becomes an act of this desk, a campaign is checked first."""
    if isinstance(evenement, LotAttribue):
        connu = lots.get(poste.base, evenement.lot)
        if connu is None or connu.lot.bail_jusqu_au != evenement.bail_jusqu_au:
            acte.inscrire(
                "lot.recevoir",
                evenement.lot,
                {
                    "lot": evenement.lot,
                    "campagne": evenement.campagne,
                    "pot": evenement.pot,
                    "taille": evenement.taille,
                    "premier": evenement.premier,
                    "dernier": evenement.dernier,
                    "bail_jusqu_au": evenement.bail_jusqu_au.isoformat(),
                    "kid": evenement.kid,
                },
            )
    elif isinstance(evenement, CampagneOuverte):
        signee = lire_campagne(evenement.carte, evenement.signature, region.racine)
        campagnes.enregistrer(poste.base, signee.campagne, signee.octets)
