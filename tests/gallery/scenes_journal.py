"""The journal."""

from __future__ import annotations

from passdesk.ui.journal import PageJournal, textes
from passdesk.ui.reglages import PageReglages
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("journee")
def journal(g: Guichet, photo: Photo) -> None:
    """From *Réglages*; a day of work, between two dates, nothing found, and what is said before the table."""
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("journal", "")
    g.calme()
    reglages.journal.ouvrir.setFocus()
    photo("reglages-journal")
    reglages.journal.ouvrir.click()
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
    photo.dialogue("dialogue-journal", page.enregistrer.click)
