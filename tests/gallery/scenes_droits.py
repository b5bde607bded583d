"""What a person may ask of the desk: the list, what an erasure takes and leaves, and after it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from passdesk.domain.accompagnement import Accompagnement
from passdesk.services.accompagnements import noter
from passdesk.services.limitation import limiter
from passdesk.services.visite import attribuer
from passdesk.storage import personnes
from passdesk.ui.composants import Dialogue
from passdesk.ui.droits import PageDroits
from passdesk.ui.droits.effacement import PageEffacement
from passdesk.ui.reglages import PageReglages
from tests.builders import visite_accord
from tests.gallery.scenes_reunion import servie
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("vide")
def droits(g: Guichet, photo: Photo) -> None:
    """The rights of one person, and her file before, during and after its erasure."""
    poste = g.poste
    personne_id, _ = servie(poste, "Walbecq")
    page = _droits(g, personne_id)
    photo("droits")
    photo.dialogue("dossier-de-la-personne", page.dossier.click, lambda _: g.calme())
    g.calme()
    photo.dialogue("notice", page.notice.click, lambda _: g.calme())
    g.calme()
    page.remise.click()
    g.calme()
    photo("droits-notice-remise")
    photo.dialogue("limiter", page.limiter.click)
    limiter(poste, personne_id, "exactitude")
    page.arriver()
    g.calme()
    page.limiter.setFocus()
    g.calme()
    photo("droits-limitee")
    page.effacer.click()
    g.calme()
    effacement = g.page
    assert isinstance(effacement, PageEffacement)
    photo("effacer")
    effacement.raison.setCurrentIndex(1)
    effacement.raison.setFocus()
    g.calme()
    photo("effacer-raison")
    photo.dialogue("effacer-question", effacement.bouton.click)
    QTimer.singleShot(0, _accepter)
    effacement.bouton.click()
    g.calme()
    g.attendre(lambda: personnes.get(poste.base, personne_id) is None)
    g.calme()
    photo("effacee")


@scene("vide")
def donnees_des_personnes(g: Guichet, photo: Photo) -> None:
    """The card of the settings, and the page of the register."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("donnees", "")
    g.calme()
    page.donnees.registre.setFocus()
    g.calme()
    photo("reglages-donnees")
    photo.dialogue("registre", page.donnees.registre.click, lambda _: g.calme())


@scene("vide")
def effacement_empeche(g: Guichet, photo: Photo) -> None:
    """A carnet still waits for its paper."""
    attribue = attribuer(g.poste, visite_accord(g.poste))
    _droits(g, attribue.personne.personne_id).effacer.click()
    g.calme()
    photo("effacer-empeche")


def _accepter() -> None:
    boite = QApplication.activeModalWidget()
    if isinstance(boite, Dialogue):
        boite.accept()
    else:
        QTimer.singleShot(20, _accepter)


def _droits(g: Guichet, personne_id: str) -> PageDroits:
    personne = personnes.get(g.poste.base, personne_id)
    assert personne is not None
    noter(g.poste, Accompagnement("", personne_id, g.poste.horloge.aujourdhui(), 30, "lieu_activite", ("email",)))
    page = PageDroits(g.contexte, personne, g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    return page
