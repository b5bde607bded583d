"""Nobody can be recognised in what PassDesk leaves on a disk, on the console or on paper (mission, never 5).

What the demonstration leaves is read in `test_demo`, which has run it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import cbor2
import pytest
from PIL import Image

from passdesk.domain.personne import texte_recherche
from passdesk.services import impression, visite
from passdesk.services.decision import derniere_decision
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.lettre import dessiner_lettre, lettre
from passdesk.services.synchroniser import synchroniser
from passdesk.ui.visite import saisies
from tests.builders import terrain, visite_accord
from tests.e2e.canaris import (
    ENTIERS,
    canaris,
    fichiers,
    identites,
    insee,
    motif_binaire,
    motif_texte,
    postaux,
)


def test_what_is_looked_for_is_really_found(tmp_path: Path) -> None:
    """The search itself: each person written to a file in each way is seen."""
    for personne in identites():
        mots, cherche = canaris([personne]), motif_binaire(canaris([personne]))
        champs = ("nom_naissance", "prenoms", "naissance", "telephone", "nom_usage", *ENTIERS)
        ecrits = [personne.get(champ, "") for champ in champs]
        ecrits += [personne["nom_naissance"].upper(), "-".join(reversed(personne["naissance"].split("/")))]
        for ecrit in ecrits:
            if ecrit and not ecrit.isdigit():
                assert motif_texte(mots).search(f"vu : {ecrit}.")
                for octets in (json.dumps(ecrit, ensure_ascii=False).encode(), ecrit.encode("utf-16-le")):
                    assert cherche.search(b"\x00\x01" + octets + b"\xff"), ecrit
        for nom in (personne["nom_naissance"], personne["prenoms"]):
            for forme in (nom, texte_recherche(nom)):
                assert cherche.search(cbor2.dumps({"prenoms": forme, "note": ""})), forme
    assert len(canaris()) > 300
    assert len(insee()) >= 10
    assert len(postaux()) >= 2
    assert {champ for personne in identites() for champ in ENTIERS if personne.get(champ)} == set(ENTIERS)


@pytest.mark.parametrize("etape", ["brouillon", "incomplet", "attribue", "imprime", "envoye"])
def test_not_even_while_the_base_is_open(tmp_path: Path, etape: str) -> None:
    """The write-ahead log and the index beside it, the Region's too, at each step of a visit."""
    dufresnoy, nguyen = (next(p for p in identites() if p["nom_naissance"] == nom) for nom in ("Dufresnoy", "Nguyễn"))
    # One person with every field there is.
    personne = {**nguyen, **dufresnoy}
    cherche = motif_binaire(canaris([personne]))
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        Image.radial_gradient("L").save(tmp_path / "facture.png")
        pages = numeriser(tmp_path / "facture.png")
        (tmp_path / "facture.png").unlink()
        brouillon = visite_accord(poste, **personne)
        cle = joindre(poste, brouillon.brouillon_id, pages)
        brouillon = saisies.joindre(brouillon, "justificatif_domicile", cle, len(pages), date(2026, 11, 23))
        visite.noter(poste, brouillon)
        if etape == "incomplet":
            # The facts of the answer are in the log and in their table, and its letter is in memory.
            garde = visite.garder(poste, replace(brouillon, pieces=brouillon.pieces[:2]))
            assert garde is not None and garde.demande_id is not None
            assert dessiner_lettre(lettre(poste, derniere_decision(poste, garde.demande_id))).papier.pdf
        elif etape != "brouillon":
            carnet = visite.attribuer(poste, brouillon).carnet
        if etape in ("imprime", "envoye"):
            travail = impression.lancer_impression(poste, carnet.campagne, carnet.numero)
            impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
        if etape == "envoye":
            assert synchroniser(poste).restent == 0
        lus = list(fichiers(tmp_path))
        assert (poste.dossier / "poste.db-wal").stat().st_size > 0
        assert {(f.name, vu.group()) for f in lus for vu in cherche.finditer(f.read_bytes())} == set()
        # Nor a piece of the scan, and no picture is left beside the base.
        assert [f.name for f in lus if pages[0][700:760] in f.read_bytes()] == []
        assert [f.name for f in lus if f.suffix in (".png", ".jpg", ".tmp")] == []
