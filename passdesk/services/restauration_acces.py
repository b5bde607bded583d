"""Who opens a backup: with the keys that are here, else with those that it carries (decision 0075)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.domain.secours import lire_cle_de_secours
from passdesk.storage import cles
from passdesk.storage.rechiffrement import mettre_sous_la_cle


@dataclass(frozen=True, slots=True)
class Acces:
    """The data key, and whose passphrase opened it: "" for the recovery sheet, which is nobody's.

    `memes_cles`: the key file that is here did; it knows the agents of today.
    """

    agent_id: str
    cle: bytes = field(repr=False)
    memes_cles: bool


def ouvrir_les_cles(dossier: Path, chantier: Path, secret: str) -> Acces:
    """By an agent's passphrase or the key of the sheet: from the key file of the desk, else from that of the backup.

    `chantier` holds both: its base is then under this key, unless it is another desk's. Raises PanneAttendue of the
    disk, BaseFermee("phrase_inconnue" | "secours_inconnu"), and SaisieRefusee("sauvegarde_autre_feuille"): the backup
    is the only one to ask, and does not know this sheet.
    """
    ici = _par_les_cles_d_ici(dossier, secret)
    if ici is not None:
        _remettre_sous_la_cle(dossier, chantier, ici[1])
        return Acces(*ici, memes_cles=True)
    try:
        return Acces(*_ouvrir_par(chantier, secret), memes_cles=False)
    except BaseFermee as fermee:
        if fermee.code != "secours_inconnu":
            raise
        # Made before this sheet, or after another took its place: a backup of another day may know it.
        raise SaisieRefusee("sauvegarde_autre_feuille") from None


def _par_les_cles_d_ici(dossier: Path, secret: str) -> tuple[str, bytes] | None:
    """None when the key file of the desk is gone or damaged.

    It comes before that of the backup, which knows the passphrases of its own day: since then one may have been
    changed, an agent may have come; one who was taken away does not come back that way.
    """
    try:
        return _ouvrir_par(dossier, secret)
    except BaseFermee as fermee:
        if fermee.code in ("phrase_inconnue", "secours_inconnu"):
            raise
        return None


def _ouvrir_par(dossier: Path, secret: str) -> tuple[str, bytes]:
    try:
        return "", cles.ouvrir_par_secours(dossier, lire_cle_de_secours(secret))
    except SaisieRefusee:
        return cles.ouvrir_trousseau(dossier, secret)


def _remettre_sous_la_cle(dossier: Path, chantier: Path, cle: bytes) -> None:
    """Made before the key of the desk was changed, the backup's base is written again under that of today."""
    with suppress(BaseFermee):
        mettre_sous_la_cle(chantier, cle, cles.cles_d_avant(dossier, cle))
