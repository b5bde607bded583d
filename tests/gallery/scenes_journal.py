"""The journal, help from afar, and the files that nobody has come for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.visite import garder
from passdesk.ui.chiffres import PageChiffres
from passdesk.ui.conservation import PageConservation
from passdesk.ui.journal import PageJournal, textes
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.journal import CarteJournal
from passdesk.ui.reprise import PageReprise
from tests.builders import visite_accord
from tests.gallery.studio import Photo, Seuil, scene
from tests.ui.guichet import Guichet


@scene("journee")
def journal(g: Guichet, photo: Photo) -> None:
    """From *Réglages*; a day of work, between two dates, nothing found, and what is said before the table."""
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("journal", "")
    g.calme()
    carte = reglages.findChild(CarteJournal)
    assert isinstance(carte, CarteJournal)
    carte.ouvrir.setFocus()
    photo("reglages-journal")
    carte.ouvrir.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageJournal)
    photo("journal")
    page.filtres.tout_montrer()
    g.calme()
    page.liste.setFocus()
    page.liste.setCurrentIndex(page.liste.model().index(page.liste.model().rowCount() - 1, 0))
    photo("journal-fin")
    page.filtres.periode.set_valeur(textes.ENTRE)
    page.filtres.periode.choisi.emit(textes.ENTRE)
    page.filtres.dates[textes.AU].set_texte("31/02/2026")
    page.filtres.dates[textes.AU].quitte.emit()
    g.calme()
    photo("journal-dates")
    page.filtres.champ.setText("personne")
    g.calme()
    photo("journal-introuvable")
    page.filtres.tout_montrer()
    g.calme()
    photo.dialogue("dialogue-journal", page.enregistrer.click)


@scene("journee")
def diagnostic(g: Guichet, photo: Photo) -> None:
    """What the support may be given, from *Réglages*."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("poste", "")
    g.calme()
    page.poste.ouvrir.click()
    page.poste.diagnostic.setFocus()
    photo("reglages-poste-details")
    photo.dialogue("dialogue-diagnostic", page.poste.diagnostic.click, lambda _: None)


@scene(None)
def reprise(s: Seuil, photo: Photo) -> None:
    """After several starts that went wrong."""
    page = PageReprise(s.theme, s.taches, s.dossier, s.horloge)
    s.fenetre.montrer(page)
    page.arriver()
    photo("reprise")
    page.avis.dire("La copie est là\u00a0: passdesk-copie-20261125T084200. Elle s’ouvre avec la phrase du poste.")
    photo("reprise-copie")


@scene("vide")
def conservation(g: Guichet, photo: Photo) -> None:
    """Two years later: the row of *Aujourd'hui*, the list, ticked, what is asked, and nothing left."""
    for nom, prenoms in (("Walbecq", "Odette"), ("Kone", "Awa"), ("Delhaye-Montrésor de la Houssière", "Marie")):
        garder(g.poste, replace(visite_accord(g.poste, nom_naissance=nom, prenoms=prenoms), pieces=()))
    horloge = g.poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    horloge.instant = horloge.instant.replace(year=2029, month=3)
    g.commencer()
    photo("aujourdhui-sans-contact")
    page = PageConservation(g.contexte, g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    g.touche(Qt.Key.Key_Space)
    photo("conservation")
    photo.dialogue("dialogue-conservation", page.effacer.click)
    photo.dialogue("dialogue-conservation-garder", page.garder.click)
    page.tout.click()
    photo.dialogue("dialogue-conservation-plusieurs", page.effacer.click)
    photo.dialogue("dialogue-conservation-garder-plusieurs", page.garder.click)
    with g.poste.base.ecriture() as db:
        db.execute("DELETE FROM brouillon")
    horloge.instant = horloge.instant.replace(year=2026, month=11)
    page.actualiser()
    g.calme()
    photo("conservation-vide")


@scene("journee")
def chiffres(g: Guichet, photo: Photo) -> None:
    """What may be told of a year."""
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    page = PageChiffres(g.contexte)
    g.bureau.ouvrir_page(page)
    g.calme()
    photo("chiffres")
    page.liste.setFocus()
    page.liste.setCurrentIndex(page.liste.model().index(page.liste.model().rowCount() - 1, 0))
    photo("chiffres-communes")
