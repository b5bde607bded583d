"""The server's keys, in one file beside the database (mode 0600), never inside it (protocol §1)."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.proprietaire import reserver
from passdesk.protocol import canonique
from passdesk.protocol.certificat import LienPublication, LienServeur, signer_publication, signer_serveur
from passdesk.protocol.champs import Champs
from passdesk.protocol.enrolement import RegionKeys
from passdesk.protocol.pass_token import numero_du_jour
from passdesk.server.racine import Racine

NOM = "serveur.cles"
JOURS_PUBLICATION = 90
"""Days during which the root lets a publication key sign (protocol §1)."""

# O_BINARY exists on Windows alone, where its absence would change bytes.
_CREATION = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class ClesServeur:
    """All keys of the server. `racine`: the root's public key; `corps`: the key of bodies at rest, 32 bytes."""

    publication: Ed25519PrivateKey = field(repr=False)
    reponse: Ed25519PrivateKey = field(repr=False)
    scellement: X25519PrivateKey = field(repr=False)
    index_secret: bytes = field(repr=False)
    index_version: int
    corps: bytes = field(repr=False)
    racine: bytes
    lien_publication: LienPublication
    lien_serveur: LienServeur

    @property
    def publiques(self) -> RegionKeys:
        """What desks are told."""
        return RegionKeys(
            root=self.racine,
            publication=self.lien_publication.cle,
            publication_last=numero_du_jour(self.lien_publication.dernier_jour),
            root_sig=self.lien_publication.signature,
            answer=self.lien_serveur.reponse,
            sealing=self.lien_serveur.scellement,
            server_sig=self.lien_serveur.signature,
        )

    def code_mac(self, code: str) -> bytes:
        """The trace of an enrolment code that the database may hold: a guess needs this file too."""
        return hmac.digest(self.corps, b"PassDesk-code/1\0" + code.encode(), "sha256")


def creer_cles(racine: Racine, aujourdhui: date) -> ClesServeur:
    """New keys, the publication key signed by the root for 90 days."""
    publication, reponse, scellement = (
        Ed25519PrivateKey.generate(),
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
    )
    lien = signer_publication(
        racine.cle, publication.public_key().public_bytes_raw(), aujourdhui + timedelta(days=JOURS_PUBLICATION)
    )
    lien_serveur = signer_serveur(
        publication,
        reponse=reponse.public_key().public_bytes_raw(),
        scellement=scellement.public_key().public_bytes_raw(),
    )
    return ClesServeur(
        publication=publication,
        reponse=reponse,
        scellement=scellement,
        index_secret=secrets.token_bytes(32),
        index_version=1,
        corps=secrets.token_bytes(32),
        racine=racine.publique,
        lien_publication=lien,
        lien_serveur=lien_serveur,
    )


def renouveler(cles: ClesServeur, racine: Racine, aujourdhui: date) -> ClesServeur:
    """The same keys, the publication key signed for 90 more days. Raises SaisieRefusee(racine_etrangere)."""
    if racine.publique != cles.racine:
        raise SaisieRefusee("racine_etrangere")
    jour = aujourdhui + timedelta(days=JOURS_PUBLICATION)
    return replace(cles, lien_publication=signer_publication(racine.cle, cles.lien_publication.cle, jour))


def garder_cles(fichier: Path, cles: ClesServeur, *, sans_valeur: bool = False) -> None:
    """Writes the key file, readable by its owner alone; those of a demonstration (`sans_valeur`) go anywhere.

    Raises SaisieRefusee(region_deja_initialisee), PanneAttendue as `ecrire_secret` does.
    """
    ecrire_secret(fichier, _octets(cles), "region_deja_initialisee", partout=sans_valeur)


def remplacer_cles(fichier: Path, cles: ClesServeur) -> None:
    """Puts a new key file in place of the old one, at once. Raises PanneAttendue(region_disque, region_cles_a_tous)."""
    provisoire = fichier.with_name(fichier.name + ".neuf")
    try:
        provisoire.unlink(missing_ok=True)
        ecrire_secret(provisoire, _octets(cles), "region_disque")
        provisoire.replace(fichier)
    except OSError:
        raise PanneAttendue("region_disque") from None


def memes_cles(unes: ClesServeur, autres: ClesServeur) -> bool:
    """True when nothing differs but up to when the root lets the publication key sign."""
    return hmac.compare_digest(_durables(unes), _durables(autres))


def empreinte(fichier: Path) -> bytes:
    """Of the keys in a file, the same when the root prolongs one of them; empty when they cannot be read."""
    try:
        return hashlib.sha256(_durables(ouvrir_cles(fichier))).digest()
    except BaseFermee:
        return b""


def _durables(cles: ClesServeur) -> bytes:
    return _octets(replace(cles, lien_publication=LienPublication(cles.lien_publication.cle, date.min, b"")))


def _octets(cles: ClesServeur) -> bytes:
    contenu = {
        "v": 1,
        "publication": cles.publication.private_bytes_raw(),
        "reponse": cles.reponse.private_bytes_raw(),
        "scellement": cles.scellement.private_bytes_raw(),
        "index_secret": cles.index_secret,
        "index_version": cles.index_version,
        "corps": cles.corps,
        "racine": cles.racine,
        "dernier_jour": cles.lien_publication.dernier_jour.isoformat(),
        "signature_racine": cles.lien_publication.signature,
        "signature_serveur": cles.lien_serveur.signature,
    }
    # Signatures vouch for the public keys alone: a bit lost in the index secret or the body key would go unseen.
    return canonique.encode({**contenu, "empreinte": hashlib.sha256(canonique.encode(contenu)).digest()})


def ecrire_secret(fichier: Path, octets: bytes, code_existant: str, *, partout: bool = False) -> None:
    """Creates a file for its owner alone (mode 0600, and on Windows its rights), durable on return.

    `partout`: also where that cannot be, on a stick for one: a passphrase closes it, or it is worth nothing.
    Raises SaisieRefusee(code_existant), PanneAttendue(region_disque, region_cles_a_tous).
    """
    try:
        descripteur = os.open(fichier, _CREATION, 0o600)
    except FileExistsError:
        raise SaisieRefusee(code_existant) from None
    except OSError:
        raise PanneAttendue("region_disque") from None
    try:
        with os.fdopen(descripteur, "wb") as flux:
            try:
                # Before there is anything to read in it.
                reserver(fichier)
            except OSError:
                if not partout:
                    raise PanneAttendue("region_cles_a_tous") from None
            flux.write(octets)
            flux.flush()
            os.fsync(flux.fileno())
    except (OSError, PanneAttendue) as trouble:
        # Half a key opens nothing, and would stand in the way of the next attempt.
        fichier.unlink(missing_ok=True)
        raise trouble if isinstance(trouble, PanneAttendue) else PanneAttendue("region_disque") from None


def ouvrir_cles(fichier: Path) -> ClesServeur:
    """Reads the key file. Raises BaseFermee(region_absente, region_cles_illisibles)."""
    try:
        octets = fichier.read_bytes()
    except FileNotFoundError:
        raise BaseFermee("region_absente") from None
    except OSError:
        raise BaseFermee("region_cles_illisibles") from None
    try:
        cles = _lire(Champs(canonique.decode(octets)))
    except (SaisieRefusee, ValueError):
        raise BaseFermee("region_cles_illisibles") from None
    if _octets(cles) != octets:
        raise BaseFermee("region_cles_illisibles")
    return cles


def _lire(champs: Champs) -> ClesServeur:
    champs.entier("v", 1, 1)
    publication = Ed25519PrivateKey.from_private_bytes(champs.octets("publication", 32))
    reponse = Ed25519PrivateKey.from_private_bytes(champs.octets("reponse", 32))
    scellement = X25519PrivateKey.from_private_bytes(champs.octets("scellement", 32))
    racine = champs.octets("racine", 32)
    lien = LienPublication(
        publication.public_key().public_bytes_raw(), champs.jour("dernier_jour"), champs.octets("signature_racine", 64)
    )
    lien_serveur = LienServeur(
        reponse.public_key().public_bytes_raw(),
        scellement.public_key().public_bytes_raw(),
        champs.octets("signature_serveur", 64),
    )
    if not (lien.verifier(racine) and lien_serveur.verifier(lien.cle)):
        raise SaisieRefusee("message_illisible")
    cles = ClesServeur(
        publication=publication,
        reponse=reponse,
        scellement=scellement,
        index_secret=champs.octets("index_secret", 32),
        index_version=champs.entier("index_version", 1, 65535),
        corps=champs.octets("corps", 32),
        racine=racine,
        lien_publication=lien,
        lien_serveur=lien_serveur,
    )
    champs.octets("empreinte", 32)
    champs.fin()
    return cles
