"""Makes a base of the day: run once, before a commit that adds a migration, with that day's program.

`python tests/storage/bases/fabriquer.py NOM PERSONNES` from the root of a checkout writes NOM.db.xz beside this file:
the base of a desk that has sent nothing yet, people invented, in the clear (encrypted pages do not compress; the test
encrypts it). Nothing here may lean on what a later program adds: the file runs under each of them.
"""

from __future__ import annotations

import importlib
import importlib.util
import lzma
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon
from passdesk.storage import brouillons
from passdesk.storage.engine import FICHIER, Base
from tests.storage import gestes

DEBUT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NOMS = ("Lefèvre", "D’Hondt", "N’Guyen", "Van den Berghe", "Œuvrard", "Müller", "Delattre", "Ben Saïd")
PRENOMS = ("Éloïse", "Jean-Luc", "Aïcha", "Zoé", "Kévin", "Anne Marie", "Noël")
COMMUNES = ("59392", "59350", "62041", "80021", "02691")


def remplir(base: Base, personnes: int) -> None:
    """A lot of each size, then the people one after another, each left at another step of the visit."""
    with base.acte(gestes.AGENT) as acte:
        gestes.recevoir_lot(acte, premier=1, dernier=400)
    for rang in range(personnes):
        base.horloge = HorlogeFixe(DEBUT + timedelta(minutes=rang))
        _servir(base, rang)
    brouillons.enregistrer(base, Brouillon("brouillon-1", nom_naissance="Inachevé", prenoms="Léa"))
    if importlib.util.find_spec("passdesk.storage.numerisations"):
        numerisations = importlib.import_module("passdesk.storage.numerisations")
        numerisations.enregistrer(base, "d-p000", (b"\xff\xd8 page une", b"\xff\xd8 page deux"))


def _servir(base: Base, rang: int) -> None:
    personne, demande = f"p{rang:03}", f"d-p{rang:03}"
    identite = {
        "nom_naissance": NOMS[rang % len(NOMS)], "prenoms": PRENOMS[rang % len(PRENOMS)],
        "naissance": (date(1950, 1, 1) + timedelta(days=rang * 97)).isoformat(), "commune": COMMUNES[rang % 5],
        "telephone": f"06 12 34 {rang // 100:02} {rang % 100:02}", "cle": rang.to_bytes(16, "big"),
    }  # fmt: skip
    with base.acte(gestes.AGENT) as acte:
        gestes.enregistrer(acte, personne, **identite)
        if rang % 9 == 8:
            acte.inscrire("personne.modifier", personne, {**gestes.IDENTITE, **identite, "nom_usage": "Modifié"})
        gestes.deposer(acte, personne, demande, commune=identite["commune"], naissance=identite["naissance"])
        piece = {"demande": demande, "type": "piece_identite", "date": None, "vu_le": "2026-11-20"}
        acte.inscrire("justificatif.constater", personne, piece)
    if rang % 5 == 4:
        return
    numero = rang + 1
    with base.acte(gestes.AGENT) as acte:
        gestes.accorder(acte, gestes.carnet(numero), personne_id=personne, attribution=f"a-{personne}", demande=demande)
    suites = (("impression_lancee", {}), ("impression_faite", {}), ("remettre", {"le": "2026-11-20"}))
    for geste, faits in suites[: rang % 4]:
        with base.acte(gestes.AGENT) as acte:
            gestes.sur_carnet(acte, geste, numero, personne, **faits)
    if rang % 20 == 18:
        with base.acte(gestes.AGENT) as acte:
            acte.inscrire("personne.effacer", personne, {})


def main(nom: str, personnes: int) -> None:
    """Writes the compressed base, and says what it holds."""
    with tempfile.TemporaryDirectory() as dossier:
        base = Base.ouvrir(Path(dossier), gestes.CLE, HorlogeFixe(DEBUT), creer=True)
        remplir(base, personnes)
        actes = base.db.execute("SELECT count(*) FROM operation").fetchone()[0]
        clair = Path(dossier) / "clair.db"
        base.db.execute("ATTACH DATABASE ? AS clair KEY ''", [str(clair)])
        base.db.execute("SELECT sqlcipher_export('clair')")
        base.db.execute("DETACH DATABASE clair")
        base.fermer()
        octets = lzma.compress(clair.read_bytes(), preset=9)
        Path(__file__).with_name(f"{nom}.db.xz").write_bytes(octets)
        print(f"{nom} : {actes} actes, {len(octets)} octets ({(Path(dossier) / FICHIER).stat().st_size} chiffrés)")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
