"""Nobody who reads the Region's files or its logs learns a name, a birth date or a telephone number."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from passdesk.server.publication import publier
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

CANARIS = ("Zyxwéniaville", "Qwertzuiop", "1931-02-03", "0699887766", "une note très personnelle", "tache de café")


def test_no_canary_in_the_files_nor_in_the_logs(
    region: Region,
    dotes: tuple[PosteFactice, PosteFactice],
    tmp_path: Path,
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
    assert {"region.db", "serveur.cles"} <= {fichier.name for fichier in fichiers}
    ecrit = b"".join(fichier.read_bytes() for fichier in fichiers)
    sortie = capfd.readouterr()
    dit = "\n".join([*(str(record.__dict__) for record in caplog.records), sortie.out, sortie.err])
    for canari in CANARIS:
        for encodage in ("utf-8", "utf-16-le", "latin-1"):
            assert canari.encode(encodage) not in ecrit
        assert canari not in dit
