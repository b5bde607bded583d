"""DIR/appareil.cles: what makes this computer this desk; under the data key, in no backup (protocol §1)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.storage import noms
from passdesk.storage.fichiers import ecrire_enveloppe, lire_enveloppe

FICHIER = noms.APPAREIL
_MAGIE = b"PassDesk-appareil/1\0"


@dataclass(frozen=True, slots=True)
class SecretsAppareil:
    """Private keys as 32 raw bytes: `requete` and `passe` (Ed25519), `enrolement` (X25519); None until made.

    `kid`: number of the pass key, None until enrolled; `anciennes`: (kid, pass key) of earlier enrolments and epochs,
    which still reprint the carnets they signed; `attendues`: (epoch, pass key) announced, or about to be, and not
    certified yet: they never signed anything. `essai`: the one-time code last shown to the Region and the three keys
    shown with it, until all that the Region gave for them is kept. (`epoch`, `seq`): how far the log was at the last
    award, kept outside the base so that a base put back from a copy shows.
    """

    requete: bytes | None = field(default=None, repr=False)
    passe: bytes | None = field(default=None, repr=False)
    enrolement: bytes | None = field(default=None, repr=False)
    kid: int | None = None
    epoch: int = 1
    seq: int = 0
    anciennes: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    attendues: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    essai: tuple[str, bytes, bytes, bytes] | None = field(default=None, repr=False)

    def privee(self, publique: bytes) -> bytes | None:
        """The private half of a pass key, certified or not; None when this computer does not hold it."""
        tenues = (self.passe, *(octets for _, octets in (*self.anciennes, *self.attendues)))
        for octets in tenues:
            if octets is None:
                continue
            if Ed25519PrivateKey.from_private_bytes(octets).public_key().public_bytes_raw() == publique:
                return octets
        return None

    def numeroter(self, kid: int, privee: bytes, *, sert: bool) -> SecretsAppareil:
        """With a number for this key, which then signs the lots to come (`sert`) or only what it signed.

        What it overtakes is kept when it has a number, and dropped when it has none: nothing was signed with it.
        """
        rang = max((epoch for epoch, octets in self.attendues if octets == privee), default=0)
        attendues = tuple(
            (epoch, octets) for epoch, octets in self.attendues if octets != privee and (epoch > rang or not sert)
        )
        if (kid, privee) == (self.kid, self.passe):
            return replace(self, attendues=attendues)
        if sert:
            anciennes = dict(self.anciennes)
            if self.kid is not None and self.passe is not None:
                anciennes[self.kid] = self.passe
            anciennes.pop(kid, None)
            return replace(self, kid=kid, passe=privee, anciennes=tuple(anciennes.items()), attendues=attendues)
        anciennes = {**dict(self.anciennes), kid: privee}
        return replace(self, anciennes=tuple(anciennes.items()), attendues=attendues)

    def cle_pass(self, kid: int) -> Ed25519PrivateKey | None:
        """The key that signs pass under this number, or None when this computer does not hold it."""
        presente = ((self.kid, self.passe),) if self.kid is not None and self.passe is not None else ()
        octets = dict((*self.anciennes, *presente)).get(kid)
        return Ed25519PrivateKey.from_private_bytes(octets) if octets is not None else None


def _enveloppe(cle: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=_MAGIE).derive(cle))


def lire_appareil(dossier: Path, cle: bytes) -> SecretsAppareil | None:
    """The secrets of this computer under the data key; None when it holds none. Raises BaseFermee("cles_abimees")."""
    try:
        lu = lire_enveloppe(dossier / FICHIER, _MAGIE)
        clair = _enveloppe(cle).decrypt(lu["nonce"], lu["scelle"], _MAGIE)
        contenu = canonique.decode(clair)
    except FileNotFoundError:
        return None
    except (SaisieRefusee, InvalidTag):
        raise BaseFermee("cles_abimees") from None
    for nom in ("anciennes", "attendues"):
        contenu[nom] = tuple((rang, octets) for rang, octets in contenu.get(nom, ()))
    contenu["essai"] = tuple(contenu["essai"]) if contenu.get("essai") else None
    connus = {champ.name for champ in fields(SecretsAppareil)}
    return SecretsAppareil(**{nom: valeur for nom, valeur in contenu.items() if nom in connus})


def ecrire_appareil(
    dossier: Path, cle: bytes, appareil: SecretsAppareil, *, alea: Callable[[int], bytes] = secrets.token_bytes
) -> None:
    """Replaces the secrets of this computer, sealed under the data key."""
    nonce = alea(12)
    scelle = _enveloppe(cle).encrypt(nonce, canonique.encode(asdict(appareil)), _MAGIE)
    ecrire_enveloppe(dossier / FICHIER, _MAGIE, {"nonce": nonce, "scelle": scelle})
