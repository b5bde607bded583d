"""Two records of one person made one; two persons of one identity, in the visit and in *À vérifier*."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from passdesk.services.homonyme import declarer_homonyme
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer, noter
from passdesk.storage import litiges
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.visite.textes import AUTRE_PERSONNE
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet

HENRI = {"prenoms": "Henri", "naissance": "17/08/1954", "telephone": "03 53 01 00 47"}


@scene("vide")
def deux_fiches(g: Guichet, photo: Photo) -> None:
    """Seen side by side, one that cannot be made yet, then made from the other side."""
    for nom, champs in (("Walbecq", HENRI), ("Valbeck", {**HENRI, "naissance": "18/07/1954"})):
        carnet = attribuer(g.poste, visite_accord(g.poste, nom_naissance=nom, **champs)).carnet
        numero = carnet.campagne, carnet.numero
        lancer_impression(g.poste, *numero)
        repondre(g.poste, *numero, "tout")
        remettre(g.poste, *numero, g.poste.horloge.aujourdhui())
    page = _vers_la_fusion(g)
    photo("reunir-apercu")
    autre = page.liste.cle()
    commencee = replace(visite_accord(g.poste, nom_naissance="Valbeck", **HENRI), personne_id=str(autre))
    noter(g.poste, commencee)
    g.bureau.fermer_page(page)
    page = _vers_la_fusion(g)
    photo("reunir-obstacle")
    page.vu.changer.click()  # type: ignore[union-attr]
    g.calme()
    page.vu.bouton.click()  # type: ignore[union-attr]
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    g.calme()
    personnes = g.page
    assert isinstance(personnes, PagePersonnes)
    personnes.champ.setText("walbecq")
    g.calme()
    personnes.champ.setText("valbeck")
    g.attendre(lambda: personnes.fiche is not None and bool(personnes.fiche.fiche.fusions))
    assert personnes.fiche is not None
    personnes.ouvrir()
    g.calme()
    photo("reunir-fait")


@scene("vide")
def homonyme(g: Guichet, photo: Photo) -> None:
    """Nobody else's pass: the question, the dialog, what is noted, then the case of the Region."""
    carnet = attribuer(g.poste, visite_accord(g.poste)).carnet
    page = g.visite(visite_accord(g.poste))
    g.aller_a(AUTRE_PERSONNE)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("homonyme-question")
    photo.dialogue("homonyme-dialogue", page.personne.homonyme.bouton.click)
    g.bureau.fermer_page(page)
    note = declarer_homonyme(g.poste, visite_accord(g.poste), "identite_differente", "née à Lille, pas à Creil")
    page = g.visite(note)
    photo("homonyme-note")
    second = attribuer(g.poste, note).carnet
    with g.poste.base.ecriture():
        litiges.ouvrir(
            g.poste.base, srv_seq=900, litige_id="L000900", sujet=second.personne_id, campagne=127,
            carnets=(carnet.numero, second.numero), excedent=10, postes=("Maison de Trélon",),
        )  # fmt: skip
    g.bureau.montrer_lieu("a-verifier")
    g.calme()
    cas = g.page
    cas.ouvrir()  # type: ignore[attr-defined]
    g.calme()
    photo("a-verifier-homonyme")


def _vers_la_fusion(g: Guichet) -> PageFusion:
    page = g.bureau.montrer_lieu("personnes")
    assert isinstance(page, PagePersonnes)
    page.champ.setText("walbecq")
    g.calme()
    g.attendre(lambda: page.fiche is not None)
    assert page.fiche is not None
    page.fiche.reunir.trigger()
    g.attendre(lambda: isinstance(g.page, PageFusion) and g.page.vu is not None)
    fusion = g.page
    assert isinstance(fusion, PageFusion)
    fusion._ouvrir()
    g.calme()
    return fusion
