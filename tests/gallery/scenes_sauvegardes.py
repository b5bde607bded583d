"""The backups: in *Réglages*, and what *Aujourd'hui* says of the records at risk."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import visite
from passdesk.services.sauvegarde import choisir_dossier, sauvegarder, sauvegarder_au_poste
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.restauration import PageRestauration
from tests.builders import PHRASE, visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("vide", rapide=True)
def sauvegardes(g: Guichet, photo: Photo) -> None:
    """None yet, the last one and its copy, a stick that is not there, a week without any."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("sauvegardes", "")
    g.calme()
    page.sauvegardes.choisir.setFocus()
    g.calme()
    photo("sauvegardes-aucune")
    cle = g.poste.dossier.parent / "CLE-USB"
    cle.mkdir()
    choisir_dossier(g.poste, cle)
    sauvegarder_au_poste(g.poste)
    page.actualiser()
    g.calme()
    page.sauvegardes.oublier.setFocus()
    g.calme()
    photo("sauvegardes-copie")
    for fichier in cle.iterdir():
        fichier.unlink()
    cle.rmdir()
    sauvegarder_au_poste(g.poste)
    page.actualiser()
    g.calme()
    page.sauvegardes.oublier.setFocus()
    g.calme()
    photo("sauvegardes-cle-absente")
    assert isinstance(g.poste.horloge, HorlogeFixe)
    assert visite.garder(g.poste, visite_accord(g.poste, pieces=())) is not None
    g.poste.horloge.instant += timedelta(days=9)
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    photo("sauvegardes-en-retard")


@scene("vide")
def restauration(g: Guichet, photo: Photo) -> None:
    """The passphrase, refused, then what would come back."""
    fichier = sauvegarder(g.poste, g.poste.dossier.parent / "maubeuge-1.sauvegarde").chemin
    assert visite.garder(g.poste, visite_accord(g.poste, pieces=())) is not None
    page = PageRestauration(g.contexte, fichier, g.bureau.montrer_lieu("reglages"))
    g.bureau.ouvrir_page(page)
    g.calme()
    g.frapper("une autre phrase que la bonne")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    photo("restauration-refusee")
    page.phrase.set_texte(PHRASE)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.revenir.isVisible()
    photo("restauration-apercu")
    fichier.unlink()
