"""The places: none yet, a list taken, one corrected, what the covers carry, the cover of one carnet."""

from __future__ import annotations

from pathlib import Path

from passdesk.ressources import chemin
from passdesk.services.lieux import regler_position
from passdesk.services.lieux_importer import enregistrer, preparer_analyse
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.ui.composants import amener
from passdesk.ui.impression import PageImpression
from passdesk.ui.lieux import PageLieux
from passdesk.ui.lieux.couverture import DetailCouverture
from passdesk.ui.lieux.detail import DetailLieu
from passdesk.ui.lieux.importer import PageListe
from passdesk.ui.reglages import PageReglages
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.services.listes_lieux import france_services
from tests.ui.guichet import Guichet, communes

PERDU = dict.fromkeys(("adresse", "insee_com", "code_postal", "lib_com", "latitude", "longitude"), "")
LISTE = france_services(
    {"lib_fs": "France services du Modèle"},
    {"id_fs": "2", "lib_fs": "France services de l’Exemple", "code_postal": "59530"},
    {"id_fs": "3", "lib_fs": "Bus France services intercommunal de la vallée du Modèle et de ses environs",
     "h_lundi": "09:00 - 16:30 / 13:30 - 16:30", "h_mardi": "09:00 - 16:30 / 13:30 - 16:30", "telephone": "03 53"},
    {"id_fs": "4", "lib_fs": "Nulle part", **PERDU},
)  # fmt: skip


@scene("vide", rapide=True)
def lieux(g: Guichet, photo: Photo) -> None:
    """From nothing to a cover."""
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("lieux", "")
    g.calme()
    reglages.lieux.position.saisie.setFocus()
    reglages.lieux.position.set_texte("ici")
    reglages.lieux.garder()
    g.calme()
    amener(reglages.lieux.ouvrir)
    g.calme()
    photo("lieux-reglages")
    reglages.lieux.ouvrir.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageLieux)
    photo("lieux-aucun")
    prendre(g)
    page.actualiser()
    g.calme()
    photo("lieux-sans-position")
    regler_position(g.poste, "50,12 ; 3,93")
    page.actualiser()
    g.calme()
    photo("lieux")
    page.liste.avancer(1)
    g.calme()
    page.ouvrir()
    g.calme()
    photo("lieux-un")
    detail = page.detail
    assert isinstance(detail, DetailLieu)
    detail.ouvrir_horaires.click()
    detail.jours[0].set_texte("le matin")
    detail.jours[0].quitte.emit()
    detail.telephone.set_texte("03 53")
    detail.telephone.quitte.emit()
    g.calme()
    photo("lieux-correction")
    page.panneau.fermer()
    page.champ.setText("villetemoin")
    g.calme()
    photo("lieux-recherche")
    page.champ.setText("ailleurs")
    g.calme()
    photo("lieux-introuvable")


@scene("vide")
def lieux_couverture(g: Guichet, photo: Photo) -> None:
    """What the covers carry, chosen by hand, and when no place fits."""
    prendre(g)
    regler_position(g.poste, "50,12 ; 3,93")
    page = g.bureau.montrer_lieu("lieux")
    assert isinstance(page, PageLieux)
    g.calme()
    page.ouvrir()
    detail = page.detail
    assert isinstance(detail, DetailCouverture)
    detail.cases["itinerant"].click()
    detail.cases["accessible"].click()
    g.calme()
    photo("lieux-couverture-rien")
    detail.a_la_main.click()
    g.calme()
    detail.trois.listes[0].setCurrentIndex(3)
    detail.trois.listes[0].choisi.emit(detail.trois.listes[0].valeur())
    g.calme()
    photo("lieux-couverture-choisis")


@scene("vide", rapide=True)
def lieux_liste(g: Guichet, photo: Photo) -> None:
    """Taking a list: the file, what becomes of each row, the end."""
    g.bureau.ouvrir_page(PageListe(g.contexte))
    g.calme()
    page = g.page
    assert isinstance(page, PageListe)
    photo("liste-fichier")
    page.ouvrir(_fichier(g, "a;b\n1;2\n"))
    g.calme()
    photo("liste-inconnue")
    page.ouvrir(_fichier(g, LISTE))
    g.calme()
    page.filtre.set_valeur("")
    page.filtre.choisi.emit("")
    photo("liste-lignes")
    page._montrer_avancement()
    photo("liste-en-cours")
    page._finir()
    page.bouton.click()
    g.calme()
    photo("liste-faite")
    page._rapport_ecrit(None)
    g.calme()
    photo("liste-reponses-enregistrees")


@scene("vide")
def lieux_carnet(g: Guichet, photo: Photo) -> None:
    """Other places for one person, before printing and once the sheets are out."""
    prendre(g)
    regler_position(g.poste, "50,12 ; 3,93")
    attribuer(g.poste, visite_accord(g.poste))
    (ligne,) = visites_ouvertes(g.poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    photo("lieux-carnet")
    page.lieux.autres.click()
    page.lieux.trois.listes[2].setCurrentIndex(5)
    page.lieux.trois.listes[2].choisi.emit(page.lieux.trois.listes[2].valeur())
    g.calme()
    photo("lieux-carnet-autres")
    g.valider()
    g.calme()
    page.lieux.trois.listes[0].setCurrentIndex(4)
    page.lieux.trois.listes[0].choisi.emit(page.lieux.trois.listes[0].valeur())
    page.question.tuiles["tout"].radio.click()
    g.calme()
    photo("lieux-carnet-refaire")


def prendre(g: Guichet) -> None:
    """The made-up places of the demonstration."""
    analyse = preparer_analyse(g.poste, chemin("demo", "lieux.csv"), communes())
    while not analyse.avancer():
        pass
    enregistrer(g.poste, analyse)


def _fichier(g: Guichet, texte: str) -> Path:
    fichier = g.poste.dossier.parent / "liste-lieux.csv"
    fichier.write_text(texte, encoding="utf-8")
    return fichier
