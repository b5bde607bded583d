"""Enrolment over HTTP: a desk asks, then polls; both requests are signed by its new key, both answers by the Region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.certificat import Certificat
from passdesk.protocol.enrolement import (
    DEVICE_ENROLEMENT,
    Enrolled,
    EnrolmentState,
    SignedCampaign,
    decode_poll,
    decode_request,
    encode_pending,
    encode_state,
)
from passdesk.protocol.scellement import seal_secret
from passdesk.protocol.signatures import verify_request
from passdesk.server.campagnes import campagnes
from passdesk.server.echange import HttpAnswer, HttpRequest, refuser, repondre
from passdesk.server.enrolement import (
    DemandePoste,
    cle_du_ticket,
    demande_du_ticket,
    demander,
    possede,
    repere_ouvert,
)
from passdesk.server.magasin import Transaction
from passdesk.server.postes import trouver_poste
from passdesk.server.publication import confiance
from passdesk.server.region import Region, server_epoch


def _enrolled(region: Region, tx: Transaction, demande: DemandePoste) -> Enrolled | None:
    """All that an accepted desk needs; None when it is not accepted."""
    poste = trouver_poste(tx, demande.device) if demande.device else None
    if poste is None or poste.etat != "actif" or demande.cles is None or demande.empreinte is None:
        return None
    if poste.cle_requete != demande.cles.request:
        # The desk has left that computer (decision 0090).
        return None
    return Enrolled(
        device=poste.device,
        name=poste.nom,
        kid=poste.kid,
        certificate=Certificat(region.cles.lien_publication, poste.lien).octets,
        region=region.cles.publiques,
        index_version=region.cles.index_version,
        index_secret=seal_secret(
            region.cles.index_secret,
            X25519PublicKey.from_public_bytes(demande.cles.box),
            contexte=demande.empreinte,
        ),
        campaigns=tuple(SignedCampaign(c.octets, c.signature) for c in campagnes(tx, region.cles.racine)),
        bundle=confiance(tx),
        server_epoch=server_epoch(tx),
    )


def traiter_demande(
    region: Region,
    http: HttpRequest,
    cherche: Callable[[], bool] = lambda: True,
    permis: Callable[[str], bool] = lambda _: True,
) -> HttpAnswer:
    """`POST /v1/enrolement`.

    `cherche`: whether one more code may be looked for; `permis`: whether this one, known by its reference, may be shown
    now. Neither is asked for whoever does not hold the keys shown, nor the latter for a reference that is nobody's: who
    has no code takes nothing from who has one.
    """
    try:
        demande = decode_request(http.body)
        _verifier_auteur(http, demande.keys.request)
        if not possede(demande):
            raise SaisieRefusee("code_refuse")
        if not cherche():
            return _trop(region, http)
        repere = region.magasin.regarder(lambda tx: repere_ouvert(tx, demande.code))
        if repere is None:
            raise SaisieRefusee("code_refuse")
        if not permis(repere):
            return _trop(region, http)
        return repondre(region, http, encode_pending(demander(region, demande)))
    except SaisieRefusee as refus:
        return refuser(region, http, refus.code)


def traiter_etat(region: Region, http: HttpRequest, permis: Callable[[str], bool] = lambda _: True) -> HttpAnswer:
    """`POST /v1/enrolement/etat`: only the desk that asked may know. `permis`: whether it may ask now."""
    try:
        poll = decode_poll(http.body)
        cle = region.magasin.regarder(lambda tx: cle_du_ticket(tx, poll.ticket))
        if cle is None:
            raise SaisieRefusee("code_refuse")
        _verifier_auteur(http, cle)
        if not permis(poll.ticket.hex()):
            return _trop(region, http)
        with region.magasin.ecrire() as tx:
            ligne = demande_du_ticket(region, tx, poll.ticket)
            if ligne is None or ligne.cles is None:
                raise SaisieRefusee("code_refuse")
            enrolled = _enrolled(region, tx, ligne)
    except SaisieRefusee as refus:
        return refuser(region, http, refus.code)
    public = "accepte" if enrolled else ("en_attente" if ligne.etat == "en_attente" else "refuse")
    return repondre(region, http, encode_state(EnrolmentState(public, enrolled)))


def _trop(region: Region, http: HttpRequest) -> HttpAnswer:
    answer = refuser(region, http, "region_indisponible")
    return replace(answer, faits={**answer.faits, "limite": "enrolement"})


def _verifier_auteur(http: HttpRequest, cle: bytes) -> None:
    try:
        publique = Ed25519PublicKey.from_public_bytes(cle)
    except ValueError:
        raise SaisieRefusee("signature_refusee") from None
    device, _ = verify_request(publique, method=http.method, url=http.url, headers=http.headers, body=http.body)
    if device != DEVICE_ENROLEMENT:
        raise SaisieRefusee("signature_refusee")
