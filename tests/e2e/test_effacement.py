"""A person is erased: no byte of them stays, desk or Region, even for who holds the keys (protocol §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from passdesk.server.corps import decrypt
from passdesk.services.effacement import apercu_effacement, effacer_personne
from passdesk.services.litiges import a_verifier
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import personnes
from passdesk.storage.engine import FICHIER
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import Terrain, terrain
from tests.e2e.canaris import canaris, fichiers, motif_binaire
from tests.e2e.pleine import MOTS, TEMOIN, personne_pleine, servir
from tests.storage.pages import pages_en_clair


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _scan(poste: Poste) -> bytes:
    """A piece of the middle of each page kept: what a JPEG says nowhere else."""
    lus = poste.base.db.execute("SELECT octets FROM numerisation").fetchall()
    return bytes(lus[0][0][700:760]) if lus else b""


def _ce_que_lit_la_region(lieu: Terrain) -> bytes:
    """Every body that the Region keeps, opened with its own keys."""
    cle = lieu.region.cles.corps
    with lieu.region.magasin.lire() as tx:
        scelles = tx.toutes("SELECT device, epoch, seq, scelle FROM corps")
        scelles += tx.toutes("SELECT device, epoch, seq, scelle FROM quarantaine")
    return b"\n".join(decrypt(cle, bytes(s), str(d), int(e), int(q)) for d, e, q, s in scelles)


def test_une_personne_effacee_ne_se_lit_plus_nulle_part(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    identite = personne_pleine()
    temoin = servir(poste, tmp_path, TEMOIN, tout=False)
    effacee = servir(poste, tmp_path, identite, tout=True)
    assert synchroniser(poste).restent == 0
    cherche = motif_binaire(canaris([identite]) | set(MOTS))
    # What is looked for is really there, in the pages of the base and in what the Region keeps.
    avant = b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle))
    assert {"Dufresnoy", "dufresnoy", *MOTS} <= {
        vu.group().decode("utf-8", "replace") for vu in cherche.finditer(avant)
    }
    assert cherche.search(_ce_que_lit_la_region(lieu))
    scan = _scan(poste)
    assert scan and scan in avant

    vu = apercu_effacement(poste, effacee)
    assert vu is not None and vu.obstacle is None
    parts = vu.parts
    assert (parts.fiches, parts.demandes, parts.justificatifs, parts.pages) == (1, 1, 3, 1)
    assert (parts.accompagnements, parts.saisies, parts.notes) == (1, 2, 1)
    assert (vu.passes, vu.valables, vu.ailleurs, vu.relie) == (10, 10, 0, True)
    assert vu.cle_jusqu_au == date(2027, 12, 31)
    assert effacer_personne(poste, effacee)
    assert synchroniser(poste).restent == 0

    for page in pages_en_clair(poste.dossier / FICHIER, poste.cle):
        assert cherche.findall(page) == [] and scan not in page
    assert cherche.findall(_ce_que_lit_la_region(lieu)) == []
    for fichier in fichiers(tmp_path):
        assert cherche.findall(fichier.read_bytes()) == [], fichier.name
    # The other person is whole, the log and the tables are sound, and the case is still seen.
    assert re.search(b"Temoinard", b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle)))
    assert personnes.get(poste.base, temoin) is not None
    assert b"Temoinard" in _ce_que_lit_la_region(lieu)
    assert verifier_base(poste.base) == ()
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    (cas,) = a_verifier(poste).vus
    assert (cas.personne, [note.texte for note in cas.notes]) == (None, [""])
