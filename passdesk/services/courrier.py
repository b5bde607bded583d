"""A desk without a network hands its acts over on a stick, and reads the Region's answer the same way (protocol §5).

The requests and answers are those of an exchange over the network; only the way differs, and the days it takes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from passdesk.domain.erreurs import KnownError, PanneAttendue, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.courrier import MESSAGES_MAX, OCTETS_MAX, Lettre, ecrire_courrier, lire_reponse
from passdesk.protocol.messages import Refusal, SyncAnswer, SyncRequest, decode_answer, encode_request
from passdesk.protocol.signatures import SignedRequest, sign_request, verify_answer
from passdesk.services.lien import noter_refus
from passdesk.services.poste import CLE_REPONSE, COURRIER_ATTENDU, Poste
from passdesk.services.reglements import reprendre
from passdesk.services.synchroniser import (
    BilanEnvoi,
    RegionDuPoste,
    appliquer,
    former_demande,
    noter_recul,
    region_du_poste,
)
from passdesk.storage import acquit, envoi, evenements
from passdesk.storage import poste as identite
from passdesk.storage.fichiers import ecrire_ou_l_on_dit
from passdesk.sync.cycle import LOT_MAX, Cycle

SUFFIXE, SUFFIXE_REPONSE = ".courrier", ".reponse"
ATTENTE = timedelta(days=3)
"""Without an answer for so long, a courier is worth the trip."""


@dataclass(frozen=True, slots=True)
class CourrierPrepare:
    """What was written. `actes`: how many it carries; `restent`: those that wait for another one."""

    chemin: Path
    actes: int
    restent: int


@dataclass(frozen=True, slots=True)
class EtatCourrier:
    """`utile`: this desk is linked, and nobody at the Region has answered for `ATTENTE`; `prepare_le` (UTC): when the
    courier whose answer is awaited was made, None without one. `a_envoyer`: acts that wait."""

    utile: bool
    prepare_le: datetime | None
    a_envoyer: int


def etat_courrier(poste: Poste) -> EtatCourrier:
    """Whether a courier would help, and whether one is out."""
    attendu, contact = _lire(poste), envoi.etat(poste.base).contact
    quand = datetime.fromtimestamp(attendu["prepare_ms"] / 1000, UTC) if attendu else None
    relie = identite.lire_octets(poste.base, CLE_REPONSE) is not None
    seul = contact is None or poste.horloge.maintenant() - contact >= ATTENTE
    return EtatCourrier(relie and seul, quand, envoi.reste_a_envoyer(poste.base))


def preparer(poste: Poste, chemin: Path) -> CourrierPrepare:
    """Writes all that the Region has not acknowledged into a file that it alone opens; the acts stay here too.

    A courier prepared before may still be brought: what it carries counts once. Its answer is not read any more, once
    this one is written.
    Raises SaisieRefusee("poste_non_enrole" | "courrier_existe" | "courrier_dossier_absent"),
    BaseFermee("cles_appareil_absentes"), PanneAttendue of the base and of the disk.
    """
    region = region_du_poste(poste)
    if chemin.exists() or chemin.is_symlink():
        raise SaisieRefusee("courrier_existe", fichier=chemin.name)
    if not chemin.parent.is_dir():
        raise SaisieRefusee("courrier_dossier_absent")
    reprendre(poste)
    evenements.reentendre_les_inconnus(poste.base)
    # Nobody says on the way whether the Region has another log: what is left of an earlier epoch goes whole.
    cycle = Cycle(lot=LOT_MAX, entier=True, sans_etat=True, fourche=True)
    demandes = [former_demande(poste, region, cycle)]
    lettres = [_signer(region, demandes[0])]
    while demandes[-1].headers and len(lettres) < MESSAGES_MAX:
        demande = former_demande(poste, region, cycle, (demandes[-1].epoch, demandes[-1].last_seq))
        if not demande.headers:
            break
        demandes.append(demande)
        lettres.append(_signer(region, demande))
    actes = sum(len(demande.headers) for demande in demandes)
    attendu = {
        "prepare_ms": int(poste.horloge.maintenant().timestamp() * 1000),
        "cursor": demandes[0].cursor,
        "server_epoch": demandes[0].server_epoch,
        "demandes": [
            [dict(lettre.headers), demande.epoch, demande.first_seq, demande.counter]
            for lettre, demande in zip(lettres, demandes, strict=True)
        ],
    }
    ecrire_ou_l_on_dit(chemin, ecrire_courrier(lettres, region.scellement))
    try:
        # Once the file is there: a courier that could not be written leaves the answer to the one before it awaited.
        identite.ecrire_octets(poste.base, COURRIER_ATTENDU, canonique.encode(attendu))
    except KnownError:
        with suppress(OSError):
            chemin.unlink()
        raise
    return CourrierPrepare(chemin, actes, envoi.reste_a_envoyer(poste.base) - actes)


def recevoir_fichier(poste: Poste, chemin: Path) -> BilanEnvoi:
    """`recevoir`, from the stick. Raises SaisieRefusee("courrier_non_lu") too."""
    try:
        if chemin.stat().st_size > OCTETS_MAX:
            raise SaisieRefusee("courrier_illisible")
        octets = chemin.read_bytes()
    except OSError:
        raise SaisieRefusee("courrier_non_lu") from None
    return recevoir(poste, octets)


def recevoir(poste: Poste, octets: bytes) -> BilanEnvoi:
    """Applies what the Region answered to the last courier prepared; nothing of it is believed before its signature.

    "fini" with acts that remain, or more to come: another courier, or the network, brings the rest. Raises
    SaisieRefusee: "poste_non_enrole", "courrier_non_attendu" (none is out, or the network came first),
    "courrier_illisible" (damaged, or another desk's), "courrier_autre" (the answer to another courier),
    "courrier_recent", "courrier_aller"; BaseFermee, PanneAttendue as `synchroniser`.
    """
    region = region_du_poste(poste)
    lettres = lire_reponse(octets, region.requete, region.appareil)
    attendu = _lire(poste)
    etat = envoi.etat(poste.base)
    if attendu is None or (attendu["cursor"], attendu["server_epoch"]) != (etat.cursor, etat.server_epoch):
        raise SaisieRefusee("courrier_non_attendu")
    demandes = [_demande(region, attendu, rangee) for rangee in attendu["demandes"]]
    recues = _verifier(region, attendu, lettres)
    bilan = BilanEnvoi("fini", None, 0, 0, 0, 0, 0)
    for demande, recue in zip(demandes, recues, strict=True):
        if not envoi.suit_l_acquit(poste.base, demande.epoch, demande.first_seq):
            # What the request before it carried was not taken: to acknowledge this one would pass over it for ever.
            break
        bilan = _prendre(poste, region, demande, recue, bilan)
        if bilan.fin == "refuse":
            break
    identite.ecrire_octets(poste.base, COURRIER_ATTENDU, None)
    poste.base.refaire_copie()
    restent = envoi.reste_a_envoyer(poste.base)
    # What came back may be acts of this desk in their turn: a lot received waits to be told.
    partis = envoi.compter_apres(poste.base, etat.acked_epoch, etat.acked_seq) - restent
    return replace(bilan, envoyes=max(partis, 0), restent=restent)


def _prendre(
    poste: Poste, region: RegionDuPoste, demande: SyncRequest, recue: acquit.Reponse, bilan: BilanEnvoi
) -> BilanEnvoi:
    try:
        reponse = decode_answer(recue.body)
        if isinstance(reponse, Refusal):
            noter_refus(poste.base, reponse.code)
            if reponse.code != "compteur_depasse":
                return replace(bilan, fin="refuse", raison=reponse.code)
            # Brought twice, or after the network: nothing to take from it, unless another copy of this base spoke.
            recul = noter_recul(poste, reponse.n)
            return replace(bilan, fin="fourche", raison="fourche") if recul else bilan
        fourche = appliquer(poste, region, demande, reponse, recue, en_direct=False)
    except SaisieRefusee as refus:
        # Signed, yet it does not hold: nothing of it was kept.
        return replace(bilan, fin="refuse", raison=refus.code)
    return _ajouter(bilan, reponse, fourche)


def _ajouter(bilan: BilanEnvoi, reponse: SyncAnswer, fourche: bool) -> BilanEnvoi:
    resultats = [issue.result for issue in reponse.outcomes]
    fin, raison = ("fourche", "fourche") if fourche else (bilan.fin, bilan.raison)
    return replace(
        bilan,
        fin=fin,
        raison=raison,
        recus=bilan.recus + len(reponse.events),
        litiges=bilan.litiges + resultats.count("litige"),
        en_attente=bilan.en_attente + resultats.count("en_attente"),
    )


def _signer(region: RegionDuPoste, demande: SyncRequest) -> Lettre:
    corps, url = encode_request(demande), f"{region.adresse}/v1/sync"
    signee = sign_request(region.requete, device=region.appareil, counter=demande.counter, url=url, body=corps)
    return Lettre(signee.headers, signee.body)


def _verifier(
    region: RegionDuPoste, attendu: dict[str, Any], lettres: tuple[Lettre, ...]
) -> tuple[acquit.Reponse, ...]:
    """All of them, before any is applied."""
    if len(lettres) != len(attendu["demandes"]):
        raise SaisieRefusee("courrier_autre")
    recues = []
    for (headers, *_), lettre in zip(attendu["demandes"], lettres, strict=True):
        signee = SignedRequest("POST", f"{region.adresse}/v1/sync", headers, b"")
        try:
            verify_answer(
                region.reponse, request=signee, status=lettre.status, headers=lettre.headers, body=lettre.body
            )
        except PanneAttendue:
            raise SaisieRefusee("courrier_autre") from None
        recues.append(acquit.Reponse(signee, lettre.status, lettre.headers, lettre.body))
    return tuple(recues)


def _demande(region: RegionDuPoste, attendu: dict[str, Any], rangee: list[Any]) -> SyncRequest:
    """What is to be known of a request once it is gone."""
    _, epoch, first_seq, counter = rangee
    return SyncRequest(
        device=region.appareil,
        epoch=epoch,
        head_seq=0,
        head_hash=b"",
        head_sig=b"",
        cursor=attendu["cursor"],
        server_epoch=attendu["server_epoch"],
        counter=counter,
        app="",
        first_seq=first_seq,
    )


def _lire(poste: Poste) -> dict[str, Any] | None:
    lu = identite.lire_octets(poste.base, COURRIER_ATTENDU)
    valeur = canonique.decode(lu) if lu is not None else None
    return valeur if isinstance(valeur, dict) else None
