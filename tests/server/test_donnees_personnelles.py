"""Nobody who reads the Region's files or its logs learns a name, a birth date or a telephone number."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from passdesk.server.adresse import Adresse, AdressePostgres
from passdesk.server.publication import publier
from passdesk.server.region import Region
from tests.server.grappe import Grappe
from tests.server.poste_factice import PosteFactice

CANARIS = ("Zyxwéniaville", "Qwertzuiop", "1931-02-03", "0699887766", "une note très personnelle", "tache de café")


def test_no_canary_in_the_files_nor_in_the_logs(
    region: Region,
    dotes: tuple[PosteFactice, PosteFactice],
    adresse: Adresse,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    un, deux = dotes
    identite = {
        "nom_naissance": CANARIS[0],
        "prenoms": CANARIS[1],
        "naissance": CANARIS[2],
        "telephone": CANARIS[3],
        "cle": b"k" * 16,
    }
    for poste, numero in ((un, 1), (deux, 11)):
        poste.ecrire("personne.enregistrer", "p1", identite)
        poste.ecrire("accompagnement.noter", "p1", {"note": CANARIS[4]})
        poste.accorder("p1", numero, 10)
        poste.ecrire("personne.modifier", "p1", {**identite, "cle": "pas une clé"})
        poste.ecrire("type.inconnu", "p1", identite)
        poste.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 4000, "motif": CANARIS[5]})
        poste.synchroniser()
    # The other branch of a fork, an unreadable message and a stranger's one are kept, and say no more.
    del un.log[1:]
    un.ecrire("demande.deposer", "p1", {"demande": "d1", "naissance": CANARIS[2], "note": CANARIS[4]})
    assert un.synchroniser().fork
    un.envoyer(un.preparer(un.log, head_hash=b"x" * 32))
    publier(region)
    fichiers = [fichier for fichier in tmp_path.rglob("*") if fichier.is_file()]
    if isinstance(adresse, AdressePostgres):
        grappe: Grappe = request.getfixturevalue("grappe")
        grappe.administrer("CHECKPOINT")
        fichiers += [grappe.journal, *(f for f in (grappe.dossier / "data").rglob("*") if f.is_file())]
        # What PostgreSQL compresses on disk is read through it as well.
        lignes = [rangee for table in _tables(region) for rangee in _rangees(region, table)]
    else:
        lignes = []
        assert {"region.db", "serveur.cles"} <= {fichier.name for fichier in fichiers}
    ecrit = b"".join([*(fichier.read_bytes() for fichier in fichiers), *map(_octets, lignes)])
    assert b"Maison France services de Lens" in ecrit
    sortie = capfd.readouterr()
    dit = "\n".join([*(str(record.__dict__) for record in caplog.records), sortie.out, sortie.err])
    for canari in CANARIS:
        for encodage in ("utf-8", "utf-16-le", "latin-1"):
            assert canari.encode(encodage) not in ecrit
        assert canari not in dit


def _tables(region: Region) -> list[str]:
    with region.magasin.lire() as tx:
        tables = [nom for (nom,) in tx.toutes("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    assert len(tables) > 15
    return tables


def _rangees(region: Region, table: str) -> list[tuple[object, ...]]:
    with region.magasin.lire() as tx:
        return tx.toutes(f"SELECT * FROM {table}")


def _octets(rangee: tuple[object, ...]) -> bytes:
    return b"\n".join(valeur if isinstance(valeur, bytes) else str(valeur).encode() for valeur in rangee)
