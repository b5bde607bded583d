"""Many carnets in a row: the pile, what is under way, the question and each answer."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt

from passdesk.domain.dessin import Papier
from passdesk.domain.gabarit import Support
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.fournee import PageFournee
from passdesk.ui.papier.habitudes import Habitude, save_habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.tirages import PageTirages
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import CTRL, Guichet

GENS = (
    ("Walbecq", "Odette", "01/02/1960"),
    ("Obin", "Rémi", "14/02/1990"),
    ("Delhaye-Montrésor de la Houssière", "Marie-Antoinette, Joséphine", "14/07/1949"),
    ("Kone", "Awa", "30/09/1985"),
    ("Nguyễn", "Hạnh", "21/03/1991"),
    ("Dufresnoy", "Maëlle", "12/04/1987"),
)


def servir(poste: Poste) -> None:
    """Six carnets to print, one of them in large print."""
    for nom, prenoms, naissance in GENS:
        besoins = ("gros_caracteres",) if nom == "Walbecq" else ()
        attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance, besoins=besoins))


def ouvrir(g: Guichet) -> PageFournee:
    """From *Carnets*."""
    carnets = g.bureau.montrer_lieu("carnets")
    assert isinstance(carnets, PageCarnets)
    g.calme()
    carnets.plusieurs.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageFournee)
    return page


@scene("vide", imprimantes=("Accueil", "Étage"))
def fournee(g: Guichet, photo: Photo) -> None:
    """Nothing to print, the pile, then the question and its answers, and what is left to do."""
    page = ouvrir(g)
    photo("fournee-vide")
    servir(g.poste)
    g.contexte.signaler("carnets")
    g.calme()
    photo("fournee-choix")
    if page.etroite:
        page.autre.click()
        g.calme()
        photo("fournee-imprimante")
        page.autre.click()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("fournee-une-de-moins")
    g.touche(Qt.Key.Key_Space)
    g.valider()
    photo("fournee-question")
    for rang, nom in enumerate(("tout", "arrete", "rien", "illisible"), 1):
        g.touche(Qt.Key(Qt.Key.Key_0 + rang))
        g.calme()
        photo(f"fournee-{nom}")
    g.aller_a(page.liste.accessibleName())
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("fournee-un-illisible")
    page.demande.carnet.set_valeur(3)
    page.demande.carnet.choisi.emit(3)
    page.demande.feuille.set_valeur(2)
    page.demande.feuille.choisi.emit(2)
    page.demande.tuiles["tout"].radio.setFocus()
    g.touche(Qt.Key.Key_2)
    g.calme()
    photo("fournee-arrete-au-milieu")
    carnets = g.bureau.montrer_lieu("carnets")
    g.calme()
    assert isinstance(carnets, PageCarnets)
    photo("carnets-fournee-a-dire")
    carnets.dire.click()
    g.calme()
    page.bouton.click()
    g.calme()
    photo("fournee-reste")
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    photo("fournee-finie")


@scene("vide", imprimantes=("Accueil", "Étage"))
def fournee_papier(g: Guichet, photo: Photo) -> None:
    """Strips too narrow for large print, and a printer that does not answer."""
    save_habitude(g.poste.dossier, "Accueil", Habitude(support=Support.BANDES_74))
    servir(g.poste)
    page = ouvrir(g)
    photo("fournee-bandes-etroites")
    page.choix.liste.set_valeur("Étage")
    page.choix.liste.choisi.emit("Étage")
    g.valider()
    photo("fournee-muette")


@scene("vide")
def fournee_fichier(g: Guichet, photo: Photo) -> None:
    """Without any printer: one file."""
    servir(g.poste)
    ouvrir(g)
    g.valider()
    photo("fournee-fichier")
    g.valider()
    photo("fournee-fichier-ouvert")


@scene("vide", imprimantes=("Accueil", "Étage"))
def fournee_en_cours(g: Guichet, photo: Photo) -> None:
    """While it prints, the third carnet under way; then stopped there."""
    servir(g.poste)
    page = ouvrir(g)
    imprimante = g.contexte.imprimante
    assert isinstance(imprimante, ImprimanteSysteme)
    sortir, partis, suite = imprimante.sortir, [], threading.Event()

    def sortir_lentement(papier: Papier, nom: str) -> Path | None:
        partis.append(nom)
        if len(partis) == 3:
            suite.wait()
        return sortir(papier, nom)

    imprimante.sortir = sortir_lentement  # type: ignore[method-assign]
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: len(partis) == 3)
    photo("fournee-en-cours")
    g.touche(Qt.Key.Key_Space)
    photo("fournee-arret-demande")
    suite.set()
    g.calme()
    assert page.question is not None
    photo("fournee-arretee")


@scene("journee", rapide=True)
def tirages(g: Guichet, photo: Photo) -> None:
    """What was printed, day by day; found, and not found."""
    carnets = g.bureau.montrer_lieu("carnets")
    assert isinstance(carnets, PageCarnets)
    g.calme()
    carnets.imprimes.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageTirages)
    photo("tirages")
    page.liste.setFocus()
    photo("tirages-liste")
    page.champ.setFocus()
    page.sorties.set_valeur("a_dire")
    page.sorties.choisi.emit("a_dire")
    g.calme()
    photo("tirages-a-dire")
    page.champ.setText("personne")
    g.calme()
    photo("tirages-introuvable")


@scene("vide")
def tirages_vides(g: Guichet, photo: Photo) -> None:
    """Before the first one."""
    carnets = g.bureau.montrer_lieu("carnets")
    assert isinstance(carnets, PageCarnets)
    g.calme()
    carnets.imprimes.click()
    g.calme()
    assert isinstance(g.page, PageTirages)
    g.page.tout.click()
    g.calme()
    photo("tirages-vides")
