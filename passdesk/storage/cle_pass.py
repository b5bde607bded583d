"""The pass key of this desk, one an epoch: made and announced here, used once the Region certified it (protocol §1).

The private keys are in the device key file, which is always ahead of the base: a key is on the disk before the act that
announces it, and before the certificate that lets it serve. Both are written inside a write transaction of the base, so
that the window and a command never overwrite each other's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import BaseFermee
from passdesk.protocol import canonique
from passdesk.protocol.certificat import Certificat, certificat_des_octets
from passdesk.protocol.cle_epoque import VERSION_EPOQUE, annonce
from passdesk.protocol.operations import TypeOperation
from passdesk.storage import poste
from passdesk.storage.appareil import SecretsAppareil, ecrire_appareil, lire_appareil
from passdesk.storage.engine import Base
from passdesk.storage.lecture import ligne, nombre

APPAREIL = "appareil"
KID = "kid"
CERTIFICAT = "certificat"
_ANCIEN = "certificat/"
"""Before the number of a former key: its carnets are printed again with the cover that they had."""


def annoncer(base: Base, dossier: Path, cle: bytes, epoch: int) -> dict[str, bytes]:
    """A pass key for this epoch, on the disk of `dossier`, and what `poste.epoque` says of it.

    Nothing on a desk that is not linked to the Region, or whose keys are not here. Asked again for an epoch that a cut
    kept from beginning, it is the same key. Raises PanneAttendue of the disk.
    """
    device = poste.lire_texte(base, APPAREIL)
    try:
        secrets = lire_appareil(dossier, cle)
    except BaseFermee:
        secrets = None
    if device is None or secrets is None or secrets.kid is None:
        return {}
    attendues = dict(secrets.attendues)
    if epoch not in attendues:
        attendues[epoch] = Ed25519PrivateKey.generate().private_bytes_raw()
        ecrire_appareil(dossier, cle, replace(secrets, attendues=tuple(attendues.items())))
    return annonce(Ed25519PrivateKey.from_private_bytes(attendues[epoch]), device, epoch)


def cle_annoncee(base: Base) -> bytes | None:
    """The public key (32 bytes) that the present epoch began with; None when it announced none."""
    trouvee = ligne(
        base,
        "SELECT octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE epoch = (SELECT max(epoch) FROM operation) AND seq = 1 AND type = ? AND v = ?",
        [str(TypeOperation.POSTE_EPOQUE), VERSION_EPOQUE],
    )
    return canonique.decode(trouvee["octets"])["cle"] if trouvee else None


def cle_a_refaire(base: Base, secrets: SecretsAppareil) -> bool:
    """True when this computer, linked, cannot sign as this base says: the lots to come would be for nobody.

    The key that the present epoch began with is not here: its acts were taken again from the copy beside a base that
    was put back with its keys. Or the base is of before the desk was linked again, and its certificate is for the key
    of then.
    """
    presente = _presente(base)
    if poste.lire_texte(base, APPAREIL) is None or secrets.kid is None or presente is None:
        return False
    annoncee = cle_annoncee(base)
    if annoncee is not None and secrets.privee(annoncee) is None:
        return True
    return not en_attente(base) and presente.poste.cle != _publique(secrets.passe)


def deja_annoncee(base: Base) -> bool:
    """True when an epoch of this log, whichever, began with a key: heard by the Region, it becomes this desk's."""
    sql = "SELECT count(*) FROM operation WHERE type = ? AND v = ?"
    return nombre(base, sql, [str(TypeOperation.POSTE_EPOQUE), VERSION_EPOQUE]) > 0


def en_attente(base: Base) -> bool:
    """True from a new epoch until the Region certified its key: nothing is awarded meanwhile.

    Never with a Region of before this version, which said that it does not know such an announcement: the key it knows
    goes on.
    """
    annoncee = cle_annoncee(base)
    presente = _presente(base)
    if annoncee is None or (presente is not None and presente.poste.cle == annoncee):
        return False
    ignoree = (
        "SELECT count(*) FROM issue WHERE epoch = (SELECT max(epoch) FROM operation) AND seq = 1 "
        "AND raison = 'version_recente'"
    )
    return nombre(base, ignoree) == 0


def signe_ce_lot(base: Base, kid: int) -> bool:
    """True when a lot to be signed with this key is for this computer, as it is today.

    Any other is for a copy of this desk, or was granted before the last epoch: its numbers may be on paper elsewhere.
    """
    return not en_attente(base) and poste.lire_texte(base, KID) == str(kid)


def recevoir(base: Base, dossier: Path, cle: bytes, certificat: Certificat) -> None:
    """The Region certified a key, and the caller checked its word. One that is not here is another computer's.

    Told again, it changes nothing; a key numbered anew by a Region put back from a copy keeps both numbers.
    """
    secrets = lire_appareil(dossier, cle)
    kid, publique = certificat.poste.kid, certificat.poste.cle
    privee = secrets.privee(publique) if secrets is not None else None
    if secrets is None or privee is None:
        return
    sert = publique == (cle_annoncee(base) or _publique(secrets.passe))
    ranges = secrets.numeroter(kid, privee, sert=sert)
    if ranges != secrets:
        ecrire_appareil(dossier, cle, ranges)
    if sert:
        poser(base, certificat)
    else:
        poste.ecrire_octets(base, f"{_ANCIEN}{kid}", certificat.octets)


def poser(base: Base, certificat: Certificat) -> None:
    """This certificate is the desk's from now on; the one before stays, for the carnets that it covers."""
    avant = _presente(base)
    if avant is not None and avant.poste.kid != certificat.poste.kid:
        ranger(base)
    poste.ecrire_octets(base, CERTIFICAT, certificat.octets)
    poste.ecrire_texte(base, KID, str(certificat.poste.kid))


def ranger(base: Base) -> None:
    """The present certificate is one of before from now on: the carnets that it covers keep it."""
    avant = _presente(base)
    if avant is not None:
        poste.ecrire_octets(base, f"{_ANCIEN}{avant.poste.kid}", avant.octets)


def certificat_de(base: Base, kid: int) -> bytes | None:
    """The certificate for the cover of a carnet that this key signs; the desk's own when that one is not known."""
    octets = poste.lire_octets(base, CERTIFICAT)
    presente = _presente(base)
    if presente is not None and presente.poste.kid == kid:
        return octets
    return poste.lire_octets(base, f"{_ANCIEN}{kid}") or octets


def certificats(base: Base) -> tuple[Certificat, ...]:
    """Every certificate that this desk had: what it printed can be checked without any list."""
    lus = (certificat_des_octets(octets) for octets in poste.octets_nommes(base, CERTIFICAT))
    return tuple(certificat for certificat in lus if certificat is not None)


def _presente(base: Base) -> Certificat | None:
    octets = poste.lire_octets(base, CERTIFICAT)
    return certificat_des_octets(octets) if octets is not None else None


def _publique(privee: bytes | None) -> bytes | None:
    if privee is None:
        return None
    return Ed25519PrivateKey.from_private_bytes(privee).public_key().public_bytes_raw()
