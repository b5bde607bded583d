"""A person is erased: no byte of them stays, desk or Region, even for who holds the keys (protocol §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from passdesk.domain.accompagnement import Accompagnement
from passdesk.protocol.evenements import LitigeOuvert
from passdesk.server.corps import decrypt
from passdesk.services import fiche, visite
from passdesk.services.accompagnements import noter
from passdesk.services.effacement import apercu_effacement, effacer_personne
from passdesk.services.impression import ImprimanteFichier, lancer_impression, mettre_sur_papier, repondre
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.litiges import a_verifier, noter_vu
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import evenements, personnes
from passdesk.storage.engine import FICHIER
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.ui.visite import saisies
from tests.builders import Terrain, terrain, visite_accord
from tests.e2e.canaris import canaris, fichiers, identites, motif_binaire
from tests.storage.pages import pages_en_clair

NOTE_DU_CAS = "Appelé Xylokanari à Quetzalville"
MOTS = ("Xylokanari", "Quetzalville")
TEMOIN = {
    "nom_naissance": "Temoinard", "prenoms": "Oswald", "naissance": "03/02/1991", "commune": "59183",
    "telephone": "06 39 98 00 77",
}  # fmt: skip
"""Somebody else, who stays."""


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _personne() -> dict[str, str]:
    """Somebody with every field there is."""
    dufresnoy, nguyen = (next(p for p in identites() if p["nom_naissance"] == nom) for nom in ("Dufresnoy", "Nguyễn"))
    return {**nguyen, **dufresnoy}


def _scan(poste: Poste) -> bytes:
    """A piece of the middle of each page kept: what a JPEG says nowhere else."""
    lus = poste.base.db.execute("SELECT octets FROM numerisation").fetchall()
    return bytes(lus[0][0][700:760]) if lus else b""


def _servir(poste: Poste, dossier: Path, identite: dict[str, str], *, tout: bool) -> str:
    """A whole visit, handed over; `tout`: a scan, an accompaniment, a case noted, a correction and a visit begun."""
    brouillon = visite_accord(poste, **identite)
    if tout:
        Image.radial_gradient("L").save(dossier / "facture.png")
        pages = numeriser(dossier / "facture.png")
        (dossier / "facture.png").unlink()
        cle = joindre(poste, brouillon.brouillon_id, pages)
        brouillon = saisies.joindre(brouillon, "justificatif_domicile", cle, len(pages), date(2026, 11, 23))
    visite.noter(poste, brouillon)
    carnet = visite.attribuer(poste, brouillon).carnet
    numero = carnet.campagne, carnet.numero
    mettre_sur_papier(lancer_impression(poste, *numero), ImprimanteFichier(poste.dossier / "papier"))
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    personne = personnes.get(poste.base, carnet.personne_id)
    assert personne is not None
    if tout:
        noter(
            poste, Accompagnement("", carnet.personne_id, poste.horloge.aujourdhui(), 30, "lieu_activite", ("email",))
        )
        fiche.modifier(poste, replace(personne, note=f"{personne.note} {MOTS[0]}", adresse=f"2 rue {MOTS[1]}"))
        correction = fiche.ouvrir(poste, carnet.personne_id)
        assert correction is not None
        fiche.garder(poste, replace(correction.brouillon, note=MOTS[1]))
        neuve = visite.ouvrir_visite(poste, carnet.personne_id)
        visite.noter(poste, replace(neuve, telephone="06 39 98 00 99"))
        with poste.base.ecriture():
            cas = LitigeOuvert("L000042", carnet.personne_id, 127, (carnet.numero,), 5, ("Un autre poste",))
            evenements.appliquer(poste.base, 900, cas)
        noter_vu(poste, "L000042", NOTE_DU_CAS)
    return carnet.personne_id


def _ce_que_lit_la_region(lieu: Terrain) -> bytes:
    """Every body that the Region keeps, opened with its own keys."""
    cle = lieu.region.cles.corps
    with lieu.region.magasin.lire() as tx:
        scelles = tx.toutes("SELECT device, epoch, seq, scelle FROM corps")
        scelles += tx.toutes("SELECT device, epoch, seq, scelle FROM quarantaine")
    return b"\n".join(decrypt(cle, bytes(s), str(d), int(e), int(q)) for d, e, q, s in scelles)


def test_une_personne_effacee_ne_se_lit_plus_nulle_part(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    identite = _personne()
    temoin = _servir(poste, tmp_path, TEMOIN, tout=False)
    effacee = _servir(poste, tmp_path, identite, tout=True)
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
