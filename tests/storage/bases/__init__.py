"""Bases as earlier programs left them: one before each migration, and one with 500 unsent acts (`fabriquer.py`)."""

from __future__ import annotations

import lzma
from pathlib import Path

from passdesk.storage.engine import FICHIER
from passdesk.storage.pilote import connecter

ICI = Path(__file__).parent
SCHEMAS = {
    "schema-1": 1, "schema-5": 5, "schema-6": 6, "schema-7": 7, "schema-8": 8, "schema-9": 9, "schema-10": 10,
    "schema-11": 11, "schema-12": 12,
}  # fmt: skip
"""Each base, and how many migrations it has had; the second to the fourth came in one day, and no desk had them."""

FIN_ETAPE_2 = "fin-etape-2"


def poser(nom: str, dossier: Path, cle: bytes) -> Path:
    """Writes this base, encrypted under the key, as the base of the desk of this folder; returns its file."""
    dossier.mkdir(parents=True, exist_ok=True)
    clair = dossier / "clair.db"
    clair.write_bytes(lzma.decompress((ICI / f"{nom}.db.xz").read_bytes()))
    db = connecter(str(clair), None)
    db.execute(f"ATTACH DATABASE ? AS chiffre KEY \"x'{cle.hex()}'\"", [str(dossier / FICHIER)])
    db.execute("SELECT sqlcipher_export('chiffre')")
    db.execute("DETACH DATABASE chiffre")
    db.conn.close()
    clair.unlink()
    return dossier / FICHIER
