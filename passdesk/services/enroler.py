"""Linking this desk to the Region: ask with a one-time code, compare six words, wait for the Region's yes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from passdesk import __version__
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.protocol import enrolement
from passdesk.protocol.certificat import certificat_des_octets
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.confiance import lire_campagne, lire_confiance
from passdesk.protocol.messages import REFUSAL_STATUS, Refusal, decode_answer
from passdesk.protocol.scellement import open_secret
from passdesk.protocol.signatures import SignedRequest, sign_request, verify_answer
from passdesk.ressources import chemin
from passdesk.services import lien
from passdesk.services import poste as noms
from passdesk.services.connexion import ouvrir_chemin
from passdesk.services.poste import Poste
from passdesk.services.verification import depassee
from passdesk.storage import acquit, campagnes, cle_pass, envoi, journal, nouvelles
from passdesk.storage import poste as identite
from passdesk.storage.appareil import SecretsAppareil, ecrire_appareil, lire_appareil
from passdesk.storage.engine import Base
from passdesk.sync.transport import Reponse, Transport, verifier_adresse

_TICKET = "enrolement_ticket"
_REPONSE = "enrolement_cle_reponse"
_CODE = "enrolement_code"
_RACINE = "enrolement_racine"
DE_L_APPAREIL = (noms.APPAREIL, noms.KID, noms.CERTIFICAT, noms.CLE_REPONSE, noms.CLE_SCELLEMENT)
"""What the Region gave to one computer."""

Relier = Callable[[], Transport]
T = TypeVar("T")


def demander(poste: Poste, adresse: str, code: str, relier: Relier | None = None) -> tuple[str, ...]:
    """Asks the Region at `adresse` to enrol this desk; returns the six words to compare by telephone.

    Asking again with the same code shows the same keys: a code serves once, and the answer to it may have been lost on
    its way. A fresh code starts over. A desk that the Region refuses for good, or whose keys are lost or damaged here,
    is linked again: it leaves its lots, and sends what is not acknowledged once it is accepted (decision 0090).

    Raises SaisieRefusee (address, code, "deja_enrole", "region_inattendue": somebody else answered) and PanneAttendue
    (no network, a foreign page).
    """
    avant = None
    with suppress(BaseFermee):
        avant = lire_appareil(poste.dossier, poste.cle)
    relie = identite.lire_texte(poste.base, noms.APPAREIL) is not None
    if relie and avant is not None and identite.lire_texte(poste.base, lien.A_RELIER) is None:
        raise SaisieRefusee("deja_enrole")
    adresse, code = verifier_adresse(adresse), enrolement.read_code(code)
    log = _journal(poste)
    try:
        return _demander(poste, adresse, code, relier, avant, log)
    except SaisieRefusee as refus:
        if refus.code != "version_recente" or lien.appareil_de(poste.base) is not None:
            raise
    # A Region of before decision 0090 knows no log to go on with; a desk that was never linked has none there.
    return _demander(poste, adresse, code, relier, avant, None)


def _journal(poste: Poste) -> tuple[str, bytes, bytes] | None:
    """What this desk says of the log that it goes on with: its id of before, hash and salt of the first act."""
    with poste.base.lecture() as db:
        premier = next(journal.operations(db, limite=1), None)
    if premier is None or premier.sel is None:
        return None
    return lien.appareil_de(poste.base) or "", premier.entete.hash, premier.sel


def _demander(
    poste: Poste,
    adresse: str,
    code: str,
    relier: Relier | None,
    avant: SecretsAppareil | None,
    log: tuple[str, bytes, bytes] | None,
) -> tuple[str, ...]:
    tenus = avant or SecretsAppareil()
    requete, passe, boite = _cles_pour(tenus, code)
    essai = (code, requete.private_bytes_raw(), passe.private_bytes_raw(), boite.private_bytes_raw())
    if essai != tenus.essai and (avant is not None or identite.lire_texte(poste.base, noms.APPAREIL) is None):
        # On the disk before the Region hears of them. But a linked desk whose keys are lost goes on saying so, and a
        # file that does not read is not written over for a try.
        ecrire_appareil(poste.dossier, poste.cle, replace(tenus, essai=essai))
    secrets = replace(
        tenus,
        requete=requete.private_bytes_raw(),
        passe=passe.private_bytes_raw(),
        enrolement=boite.private_bytes_raw(),
        kid=None,
        anciennes=_anciennes(avant),
        attendues=(),
        essai=essai,
    )
    corps = enrolement.build_request(code, requete, passe, boite.public_key().public_bytes_raw(), __version__, log=log)
    signee = _signer(poste, requete, f"{adresse}/v1/enrolement", corps)
    reponse = _poster(poste, relier, signee)
    en_attente = _lire(reponse, enrolement.decode_pending)
    enrolement.verify_region_keys(en_attente.region, code)
    _verifier(en_attente.region.answer, signee, reponse)
    # Only now do the new keys replace those of an earlier request: that one may still be accepted.
    ecrire_appareil(poste.dossier, poste.cle, secrets)
    with poste.base.acte(poste.agent_id) as acte:
        if identite.lire_texte(poste.base, noms.APPAREIL) is not None:
            # The numbers that it holds may be void, and the keys that it had sign nothing any more.
            oublier_appareil(poste.base)
            noms.changer_epoque(poste.base, acte, envoi.tete(poste.base).epoch + 1)
        identite.ecrire_texte(poste.base, noms.ADRESSE, adresse)
        identite.ecrire_texte(poste.base, _CODE, code)
        identite.ecrire_octets(poste.base, _TICKET, en_attente.ticket)
        identite.ecrire_octets(poste.base, _REPONSE, en_attente.region.answer)
        identite.ecrire_octets(poste.base, _RACINE, en_attente.region.root)
    return enrolement.six_words(enrolement.transcript(code, en_attente.region, _cles(secrets)), mots())


def terminer(poste: Poste, relier: Relier | None = None) -> bool:
    """True once the Region has accepted and everything it gave is checked and kept; False while it has not answered.

    Raises SaisieRefusee("enrolement_non_demande" | "enrolement_refuse" | "region_inattendue") and PanneAttendue.
    """
    base = poste.base
    if identite.lire_texte(base, noms.APPAREIL) is not None:
        return True
    ticket, reponse_region = identite.lire_octets(base, _TICKET), identite.lire_octets(base, _REPONSE)
    adresse, code = identite.lire_texte(base, noms.ADRESSE), identite.lire_texte(base, _CODE)
    secrets = lire_appareil(poste.dossier, poste.cle)
    if ticket is None or reponse_region is None or adresse is None or code is None or secrets is None:
        raise SaisieRefusee("enrolement_non_demande")
    requete = Ed25519PrivateKey.from_private_bytes(secrets.requete or b"")
    corps = enrolement.encode_poll(enrolement.EnrolmentPoll(ticket))
    signee = _signer(poste, requete, f"{adresse}/v1/enrolement/etat", corps)
    reponse = _poster(poste, relier, signee)
    _verifier(reponse_region, signee, reponse)
    etat = _lire(reponse, enrolement.decode_state)
    if etat.etat == "refuse":
        raise SaisieRefusee("enrolement_refuse")
    if etat.enrolled is None:
        return False
    _installer(poste, etat.enrolled, code, secrets)
    return True


def en_attente(poste: Poste) -> bool:
    """True between a request and the Region's answer."""
    attend = identite.lire_octets(poste.base, _TICKET) is not None
    return attend and identite.lire_texte(poste.base, noms.APPAREIL) is None


def oublier_appareil(base: Base) -> None:
    """This desk has no keys until it is linked again: the Region then says whether it goes on with what it was.

    What was not acknowledged is still to send.
    """
    with base.ecriture():
        cle_pass.ranger(base)
        identite.ecrire_texte(base, lien.APPAREIL_D_AVANT, lien.appareil_de(base))
        # The answer to a courier that is out is for the computer of before.
        for nom in (*DE_L_APPAREIL, acquit.NOM, noms.COURRIER_ATTENDU):
            identite.ecrire_texte(base, nom, None)


@cache
def mots() -> tuple[str, ...]:
    """The list of 256 words, the same on both sides."""
    return tuple(chemin("mots.txt").read_text(encoding="utf-8").split())


def _installer(poste: Poste, donne: enrolement.Enrolled, code: str, secrets: SecretsAppareil) -> None:
    """Checks all that the Region gave, then keeps it in one transaction. Raises SaisieRefusee("region_inattendue")."""
    region, racine = donne.region, donne.region.root
    if racine != identite.lire_octets(poste.base, _RACINE):
        raise SaisieRefusee("region_inattendue")
    enrolement.verify_region_keys(region, code)
    certificat = certificat_des_octets(donne.certificate)
    cles = _cles(secrets)
    if (
        certificat is None
        or certificat.poste.cle != cles.passe
        or certificat.poste.kid != donne.kid
        or not certificat.verifier(racine, certificat.poste.premier_jour)
    ):
        raise SaisieRefusee("region_inattendue")
    boite = X25519PrivateKey.from_private_bytes(secrets.enrolement or b"")
    secret = open_secret(donne.index_secret, boite, contexte=enrolement.transcript(code, region, cles))
    signees = [lire_campagne(c.carte, c.signature, racine) for c in donne.campaigns]
    base = poste.base
    liste = _liste(base, donne.bundle, racine)
    # The box key stays until the base has everything: cut in between, this step can be done again.
    secrets = replace(secrets, kid=donne.kid)
    ecrire_appareil(poste.dossier, poste.cle, secrets)
    with base.acte(poste.agent_id) as acte:
        if donne.device != identite.lire_texte(base, lien.APPAREIL_D_AVANT):
            # The Region holds nothing of this log under that id: all of it is to be sent, and heard.
            envoi.noter_acquit(base, 1, 0)
            envoi.noter_curseur(base, 0)
            nouvelles.oublier(base)
        cle_pass.poser(base, certificat)
        if cle_pass.deja_annoncee(base):
            # What the Region has yet to hear of this log would give this desk back a key of before (decision 0090).
            epoch = envoi.tete(base).epoch + 1
            passe = Ed25519PrivateKey.from_private_bytes(secrets.passe or b"")
            noms.changer_epoque(base, acte, epoch, annonce(passe, donne.device, epoch))
        for nom, texte in (
            (noms.APPAREIL, donne.device),
            (noms.NOM, donne.name),
            (lien.APPAREIL_D_AVANT, None),
            (lien.A_RELIER, None),
            # Those that it is to leave are for keys that it has no more.
            (noms.LOTS_A_LAISSER, None),
        ):
            identite.ecrire_texte(base, nom, texte)
        for nom, octets in (
            (noms.RACINE, racine),
            (noms.CLE_REPONSE, region.answer),
            (noms.CLE_SCELLEMENT, region.sealing),
            (noms.SECRET_INDEX, secret),
            (noms.CONFIANCE, liste),
            (_TICKET, None),
            (_REPONSE, None),
        ):
            identite.ecrire_octets(base, nom, octets)
        identite.ecrire_texte(base, _CODE, None)
        for signee in signees:
            campagnes.enregistrer(base, signee.campagne, signee.octets)
        envoi.noter_contact(base)
    ecrire_appareil(poste.dossier, poste.cle, replace(secrets, enrolement=None, essai=None))


def _liste(base: Base, donnee: bytes, racine: bytes) -> bytes | None:
    """The trust list to hold: the one given (b"" for none), unless this desk has a newer one of the same root. Put back
    to a backup, a Region gives that of then: what was voided since would be good again. Raises as `lire_confiance`."""
    lue = lire_confiance(donnee, racine) if donnee else None
    if racine == identite.lire_octets(base, noms.RACINE) and (lue is None or depassee(base, lue)):
        return identite.lire_octets(base, noms.CONFIANCE)
    return donnee or None


def _cles_pour(tenus: SecretsAppareil, code: str) -> tuple[Ed25519PrivateKey, Ed25519PrivateKey, X25519PrivateKey]:
    """The keys to show with this code (requests, pass, box): those shown with it already, or new ones."""
    if tenus.essai is None or tenus.essai[0] != code:
        return Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    _, requete, passe, boite = tenus.essai
    return (
        Ed25519PrivateKey.from_private_bytes(requete),
        Ed25519PrivateKey.from_private_bytes(passe),
        X25519PrivateKey.from_private_bytes(boite),
    )


def _anciennes(secrets: SecretsAppareil | None) -> tuple[tuple[int, bytes], ...]:
    """The pass keys of earlier enrolments: the carnets they signed can still be printed again, byte for byte."""
    if secrets is None or secrets.kid is None or secrets.passe is None:
        return secrets.anciennes if secrets else ()
    return (*secrets.anciennes, (secrets.kid, secrets.passe))


def _cles(secrets: SecretsAppareil) -> enrolement.DeviceKeys:
    """The public halves of this computer's keys."""
    requete = Ed25519PrivateKey.from_private_bytes(secrets.requete or b"")
    passe = Ed25519PrivateKey.from_private_bytes(secrets.passe or b"")
    boite = X25519PrivateKey.from_private_bytes(secrets.enrolement or b"")
    return enrolement.DeviceKeys(
        requete.public_key().public_bytes_raw(),
        passe.public_key().public_bytes_raw(),
        boite.public_key().public_bytes_raw(),
    )


def _signer(poste: Poste, requete: Ed25519PrivateKey, url: str, corps: bytes) -> SignedRequest:
    compteur = envoi.compteur_suivant(poste.base)
    return sign_request(requete, device=enrolement.DEVICE_ENROLEMENT, counter=compteur, url=url, body=corps)


def _poster(poste: Poste, relier: Relier | None, signee: SignedRequest) -> Reponse:
    transport = relier() if relier is not None else ouvrir_chemin(poste, adresse=signee.url)
    try:
        return transport.post(signee.url, signee.headers, signee.body)
    finally:
        transport.close()


def _lire(reponse: Reponse, decoder: Callable[[bytes], T]) -> T:
    """What the Region said; its refusal as a sentence; anything else is not the Region speaking."""
    try:
        if reponse.status == 200:
            # What it cannot read, it says with this status too.
            with suppress(SaisieRefusee):
                return decoder(reponse.body)
        refus = decode_answer(reponse.body)
    except SaisieRefusee:
        raise PanneAttendue("reponse_etrangere") from None
    if isinstance(refus, Refusal) and refus.code in REFUSAL_STATUS:
        raise SaisieRefusee(refus.code)
    raise PanneAttendue("reponse_etrangere")


def _verifier(cle: bytes, signee: SignedRequest, reponse: Reponse) -> None:
    verify_answer(
        Ed25519PublicKey.from_public_bytes(cle),
        request=signee,
        status=reponse.status,
        headers=reponse.headers,
        body=reponse.body,
    )
