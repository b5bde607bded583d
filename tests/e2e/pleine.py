"""Somebody with every field there is, and all that can happen to a file: what an erasure and an export must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from passdesk.domain.accompagnement import Accompagnement
from passdesk.protocol.evenements import LitigeOuvert
from passdesk.services import fiche, visite
from passdesk.services.accompagnements import noter
from passdesk.services.impression import ImprimanteFichier, lancer_impression, mettre_sur_papier, repondre
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.litiges import noter_vu
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.storage import evenements, personnes
from passdesk.ui.visite import saisies
from tests.builders import visite_accord
from tests.e2e.canaris import identites

MOTS = ("Xylokanari", "Quetzalville")
NOTE_DU_CAS = "Appelé Xylokanari à Quetzalville"
TEMOIN = {
    "nom_naissance": "Temoinard", "prenoms": "Oswald", "naissance": "03/02/1991", "commune": "59183",
    "telephone": "06 39 98 00 77",
}  # fmt: skip
"""Somebody else, who stays."""


def personne_pleine() -> dict[str, str]:
    """Somebody with every field there is."""
    dufresnoy, nguyen = (next(p for p in identites() if p["nom_naissance"] == nom) for nom in ("Dufresnoy", "Nguyễn"))
    return {**nguyen, **dufresnoy}


def servir(poste: Poste, dossier: Path, identite: Mapping[str, str], *, tout: bool) -> str:
    """A whole visit, handed over; `tout`: a scan, an accompaniment, a case noted, a correction and a visit begun.

    Returns the person's id.
    """
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
