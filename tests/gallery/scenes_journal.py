"""The journal, and help from afar."""

from __future__ import annotations

from passdesk.ui.journal import PageJournal, textes
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reprise import PageReprise
from tests.gallery.studio import Photo, Seuil, scene
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
