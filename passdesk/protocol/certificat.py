"""The signed links of the trust chain, and the certificate printed on a carnet's cover (protocol §1 and §2).

Days are u16 counted from 2025-01-01, integers big endian, public keys raw (32 bytes).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol import base45
from passdesk.protocol.pass_token import KID_ESSAI, KID_MAX, jour_du_numero, numero_du_jour, signature_bonne

MAGIE = "802"
TAILLE = 200
_FORMAT = struct.Struct(">32sH64sHHH32s64s")


def _cle_publique(cle: bytes) -> bytes:
    if len(cle) != 32:
        raise ValueError("a public key has 32 bytes")
    return cle


@dataclass(frozen=True, slots=True)
class LienPublication:
    """Root → publication key. `dernier_jour`: last day on which this key may sign (90 days by default)."""

    cle: bytes
    dernier_jour: date
    signature: bytes = field(repr=False)

    def verifier(self, racine: bytes) -> bool:
        """True when this root signed it."""
        return signature_bonne(racine, self.signature, _message_publication(self.cle, self.dernier_jour))


@dataclass(frozen=True, slots=True)
class LienPoste:
    """Publication key → desk key `kid`, which may sign pass from `premier_jour` to `dernier_jour` (both included)."""

    kid: int
    premier_jour: date
    dernier_jour: date
    cle: bytes
    signature: bytes = field(repr=False)

    def verifier(self, publication: bytes) -> bool:
        """True when this publication key signed it."""
        message = _message_poste(self.kid, self.premier_jour, self.dernier_jour, self.cle)
        return signature_bonne(publication, self.signature, message)


@dataclass(frozen=True, slots=True)
class LienServeur:
    """Publication key → the server's answer key (Ed25519) and sealing key (X25519)."""

    reponse: bytes
    scellement: bytes
    signature: bytes = field(repr=False)

    def verifier(self, publication: bytes) -> bool:
        """True when this publication key signed it."""
        return signature_bonne(publication, self.signature, _message_serveur(self.reponse, self.scellement))


def _message_publication(cle: bytes, dernier_jour: date) -> bytes:
    return b"PassDesk-publication/1\0" + _cle_publique(cle) + struct.pack(">H", numero_du_jour(dernier_jour))


def _message_poste(kid: int, premier_jour: date, dernier_jour: date, cle: bytes) -> bytes:
    if not KID_ESSAI < kid <= KID_MAX or premier_jour > dernier_jour:
        raise ValueError("kid or dates out of range")
    jours = struct.pack(">HHH", kid, numero_du_jour(premier_jour), numero_du_jour(dernier_jour))
    return b"PassDesk-poste/1\0" + jours + _cle_publique(cle)


def _message_serveur(reponse: bytes, scellement: bytes) -> bytes:
    return b"PassDesk-serveur/1\0" + _cle_publique(reponse) + _cle_publique(scellement)


def signer_publication(racine: Ed25519PrivateKey, cle: bytes, dernier_jour: date) -> LienPublication:
    """The root signs a publication key until `dernier_jour`. Raises ValueError on a key or a day without room."""
    return LienPublication(cle, dernier_jour, racine.sign(_message_publication(cle, dernier_jour)))


def signer_poste(
    publication: Ed25519PrivateKey, *, kid: int, cle: bytes, premier_jour: date, dernier_jour: date
) -> LienPoste:
    """The publication key signs a desk key and its dates. Raises ValueError when a number has no room."""
    signature = publication.sign(_message_poste(kid, premier_jour, dernier_jour, cle))
    return LienPoste(kid, premier_jour, dernier_jour, cle, signature)


def signer_serveur(publication: Ed25519PrivateKey, *, reponse: bytes, scellement: bytes) -> LienServeur:
    """The publication key signs the server's two keys. Raises ValueError unless both have 32 bytes."""
    return LienServeur(reponse, scellement, publication.sign(_message_serveur(reponse, scellement)))


@dataclass(frozen=True, slots=True)
class Certificat:
    """Both links from the root to a desk key, as printed on the cover: enough to check a carnet with the root alone."""

    publication: LienPublication
    poste: LienPoste

    @property
    def octets(self) -> bytes:
        """The 200 bytes of the certificate."""
        return _FORMAT.pack(
            self.publication.cle,
            numero_du_jour(self.publication.dernier_jour),
            self.publication.signature,
            self.poste.kid,
            numero_du_jour(self.poste.premier_jour),
            numero_du_jour(self.poste.dernier_jour),
            self.poste.cle,
            self.poste.signature,
        )

    @property
    def texte(self) -> str:
        """The text of the QR on the cover: "802" and 300 base45 characters."""
        return MAGIE + base45.encode(self.octets)

    def verifier(self, racine: bytes, le: date) -> bool:
        """True when the chain holds up to the root and the desk key has begun to serve on the day `le`.

        Last days bound signing, not reading: a carnet stays good after the publication key that certified its desk
        is retired. The desk key must have begun while that publication key still served.
        """
        return (
            self.publication.verifier(racine)
            and self.poste.verifier(self.publication.cle)
            and self.poste.premier_jour <= self.publication.dernier_jour
            and self.poste.premier_jour <= le
        )


def est_certificat(texte: str) -> bool:
    """True when the text carries the magic of cover certificates, well formed or not."""
    return texte.strip().startswith(MAGIE)


def lire_certificat(texte: str) -> Certificat | None:
    """The certificate in a scanned text, or None when it is not one. Its signatures are not checked here."""
    propre = texte.strip("\r\n\t")
    if not propre.startswith(MAGIE):
        return None
    try:
        octets = base45.decode(propre[len(MAGIE) :])
    except ValueError:
        return None
    return certificat_des_octets(octets)


def certificat_des_octets(octets: bytes) -> Certificat | None:
    """The same from its 200 bytes."""
    if len(octets) != TAILLE:
        return None
    cle, limite, signature, kid, premier, dernier, cle_poste, signature_poste = _FORMAT.unpack(octets)
    if premier > dernier or kid == KID_ESSAI:
        return None
    return Certificat(
        LienPublication(cle, jour_du_numero(limite), signature),
        LienPoste(kid, jour_du_numero(premier), jour_du_numero(dernier), cle_poste, signature_poste),
    )
