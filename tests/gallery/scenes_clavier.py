"""Where the keyboard stands at each step of a visit, and the scans of a proof in each state."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt

from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.visite import attribuer
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite.homonyme import BOUTON, DialogueHomonyme
from passdesk.ui.visite.textes import AUTRE_PERSONNE
from tests.builders import visite_accord
from tests.gallery.scenes_guichet import DOMICILE, IDENTITE
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet

ARRETS = {
    "prescripteur": ("Prescripteur",),
    "courrier": ("Autres cas",),
    "piece": ("Pièce d’identité",),
    "date": ("Justificatif de domicile, daté du",),
    "scan": ("Autres papiers",),
    "suite": ("Attribuer et imprimer",),
}
"""Picture → the name that assistive tools read there."""


@scene("vide")
def clavier(g: Guichet, photo: Photo) -> None:
    """Tab through a visit, then what each key of the way opens."""
    g.visite(visite_accord(g.poste))
    for nom, noms in ARRETS.items():
        g.aller_a(*noms)
        photo(f"clavier-{nom}")
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    page = g.page
    assert isinstance(page, PageRemise)
    g.aller_a("Remis le")
    photo("clavier-remise")


@scene("vide")
def papiers_pas_vus(g: Guichet, photo: Photo) -> None:
    """Nothing was looked at yet: the keyboard is on the first paper, and the filled button leads there."""
    g.visite(visite_accord(g.poste, pieces=()))
    photo("visite-papiers-a-voir")


@scene("vide")
def homonyme_note(g: Guichet, photo: Photo) -> None:
    """Whether it is the same person is asked first, alone; the reason of a homonym once it is chosen."""
    attribuer(g.poste, visite_accord(g.poste))
    page = g.visite(visite_accord(g.poste))
    g.aller_a("C’est la même personne")
    photo("clavier-meme-personne")
    g.aller_a(AUTRE_PERSONNE)
    g.touche(Qt.Key.Key_Space)
    g.calme()

    def noter(boite: object) -> None:
        assert isinstance(boite, DialogueHomonyme)
        boite.motif.setCurrentIndex(2)

    g.aller_a(BOUTON)
    photo.dialogue("dialogue-homonyme-raison", page.personne.homonyme.bouton.click, noter)


@scene("vide")
def scans(g: Guichet, photo: Photo) -> None:
    """The way in, a file being read, joined, looked at, taken away."""
    page = g.visite(visite_accord(g.poste, pieces=(IDENTITE, replace(DOMICILE, date="18/10/2026"))))
    bloc = page.justificatifs.scans
    g.choisir_acte("Autres papiers", "Joindre un scan ou une photo…")
    photo("scan-choix")
    bloc.fichier.setFocus()
    bloc._occuper(True)
    photo("scan-lecture")
    bloc._occuper(False)
    bloc.prendre(_facture(g), "justificatif_domicile")
    g.attendre(bloc.a_des_scans)
    g.calme()
    g.aller_a("Voir\u00a0: Justificatif de domicile")
    photo("scan-joint")
    porte = threading.Event()
    g.taches.lancer("rendu", porte.wait)
    g.touche(Qt.Key.Key_Space)
    photo("scan-attendu")
    porte.set()
    g.calme()
    photo("scan-vu")
    demande_id, octets = page.en_cours.brouillon.brouillon_id, numeriser(_facture(g))[0]
    bloc.vue.ouvrir("Justificatif de domicile", demande_id, joindre(g.poste, demande_id, (b"?", octets[:-2])))
    g.calme()
    photo("scan-illisible")
    g.touche(Qt.Key.Key_Escape)
    bloc.vue.fermer()
    g.aller_a("Retirer\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("scan-retire")


def _facture(g: Guichet) -> Path:
    image = g.poste.dossier / "facture.png"
    Image.new("L", (900, 1270), 235).save(image)
    return image
