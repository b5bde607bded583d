"""What this desk is: named values (device id, name, kid, root key, index secret, trust bundle); texts or bytes."""

from __future__ import annotations

from passdesk.storage.engine import Base
from passdesk.storage.lecture import ligne, lignes

CLE_CHANGEE, CLE_D_AVANT = "cle_changee_le", "cle_d_avant"
"""The day the data key was last changed; set while a former one is back."""
FEUILLE_FAITE, FEUILLE_EMPLOYEE = "secours_fait_le", "secours_employe_le"
DU_TROUSSEAU = (CLE_CHANGEE, CLE_D_AVANT, FEUILLE_FAITE, FEUILLE_EMPLOYEE)
"""What is said of the key file that is here, and not of what was recorded."""


def _lire(base: Base, nom: str, colonne: str) -> object:
    trouvee = ligne(base, "SELECT texte, octets FROM poste WHERE nom = ?", [nom])
    return trouvee[colonne] if trouvee else None


def lire_texte(base: Base, nom: str) -> str | None:
    """The text kept under this name, or None."""
    valeur = _lire(base, nom, "texte")
    return valeur if isinstance(valeur, str) else None


def lire_octets(base: Base, nom: str) -> bytes | None:
    """The bytes kept under this name, or None."""
    valeur = _lire(base, nom, "octets")
    return valeur if isinstance(valeur, bytes) else None


def octets_nommes(base: Base, debut: str) -> tuple[bytes, ...]:
    """The bytes kept under the names that begin so, by name."""
    sql = "SELECT octets FROM poste WHERE substr(nom, 1, ?) = ? AND octets IS NOT NULL ORDER BY nom"
    return tuple(trouvee["octets"] for trouvee in lignes(base, sql, [len(debut), debut]))


def ecrire_texte(base: Base, nom: str, valeur: str | None) -> None:
    """Keeps a text under this name (None: nothing any more)."""
    _ecrire(base, nom, valeur, None)


def ecrire_octets(base: Base, nom: str, valeur: bytes | None) -> None:
    """Keeps bytes under this name (None: nothing any more)."""
    _ecrire(base, nom, None, valeur)


def _ecrire(base: Base, nom: str, texte: str | None, octets: bytes | None) -> None:
    with base.ecriture() as db:
        # Some five at each exchange. Not by `Table.upsert`, twenty times as long: it reads the schema anew each time,
        # and has each connection make a table, then drop it, to see whether SQLite knows these words.
        db.execute(
            "INSERT INTO poste (nom, texte, octets) VALUES (?, ?, ?) "
            "ON CONFLICT (nom) DO UPDATE SET texte = excluded.texte, octets = excluded.octets",
            [nom, texte, octets],
        )
