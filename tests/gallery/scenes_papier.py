"""From the award to the receipt, and the carnets afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from passdesk.domain.gabarit import Support
from passdesk.protocol.evenements import CarnetBloque
from passdesk.services.fiche import modifier
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import evenements, personnes
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.impression import PageImpression
from passdesk.ui.impression.textes import AUTREMENT
from passdesk.ui.papier.habitudes import Habitude, save_habitude
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.mesures import PageMesures
from passdesk.ui.remise import PageRemise
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("vide", rapide=True)
def impression(g: Guichet, photo: Photo) -> None:
    """Ready to print, then what came out: each answer."""
    attribuer(g.poste, visite_accord(g.poste))
    page = _papier(g)
    photo("impression-prete")
    g.valider()
    g.calme()
    photo("impression-question")
    g.valider()
    photo("impression-fichier-ouvert")
    for rang, nom in enumerate(("tout", "arrete", "rien", "illisible"), 1):
        g.touche(Qt.Key(Qt.Key.Key_0 + rang))
        g.calme()
        photo(f"impression-{nom}")
    page.question.tuiles["tout"].radio.setFocus()
    g.arrete_a(3)
    g.calme()
    photo("impression-arrete-a-la-3")
    g.valider()
    g.calme()
    assert page is g.page
    photo("impression-feuille-refaite")


@scene("vide")
def impression_gros(g: Guichet, photo: Photo) -> None:
    """Large print: chosen beforehand, then its five sheets in the question."""
    attribuer(g.poste, visite_accord(g.poste, besoins=("gros_caracteres",)))
    _papier(g)
    photo("impression-gros-prete")
    g.valider()
    g.arrete_a(3)
    g.calme()
    photo("impression-gros-arrete")
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    (ligne,) = visites_ouvertes(g.poste)
    g.bureau.reprendre(replace(ligne, etape="a_imprimer"))
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    photo("impression-gros-encore")


@scene("vide")
def impression_nom(g: Guichet, photo: Photo) -> None:
    """The name ticked before printing, then its file, which the agent saves."""
    attribuer(g.poste, visite_accord(g.poste))
    page = _papier(g)
    page.couverture.nom.case.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("impression-nom")
    g.valider()
    photo("impression-nom-fichier")


@scene("vide")
def impression_nom_corrige(g: Guichet, photo: Photo) -> None:
    """A name mended once it is on the cover: told at the hand-over, and the cover alone goes again."""
    carnet = attribuer(g.poste, visite_accord(g.poste)).carnet
    lancer_impression(g.poste, carnet.campagne, carnet.numero, nom=True)
    repondre(g.poste, carnet.campagne, carnet.numero, "tout")
    personne = personnes.get(g.poste.base, carnet.personne_id)
    assert personne is not None
    modifier(g.poste, replace(personne, nom_naissance="Dufrênoy"))
    (ligne,) = visites_ouvertes(g.poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageRemise))
    g.calme()
    remise = g.page
    assert isinstance(remise, PageRemise)
    photo("remise-nom-corrige")
    remise.recouvrir.click()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    photo("impression-couverture-seule")


@scene("vide")
def remise_un_autre_jour(g: Guichet, photo: Photo) -> None:
    """Signed one day, taken up again three days later, half of it blocked meanwhile."""
    numero = attribuer(g.poste, visite_accord(g.poste)).carnet.numero
    lancer_impression(g.poste, 127, numero)
    repondre(g.poste, 127, numero, "tout")
    g.bureau.reprendre(visites_ouvertes(g.poste)[0])
    g.attendre(lambda: isinstance(g.page, PageRemise))
    g.calme()
    page = g.page
    assert isinstance(page, PageRemise)
    page.jour.signer(g.poste.horloge.aujourdhui() - timedelta(days=3))
    evenements.appliquer(g.poste.base, 900, CarnetBloque(127, numero, (6, 7, 8, 9, 10), "litige"))
    g.contexte.signaler("litiges")
    g.calme()
    photo("remise-un-autre-jour")


@scene("vide")
def impression_nom_a_la_main(g: Guichet, photo: Photo) -> None:
    """A name that the paper would write wrong: told, without a tick; its receipt leaves a line."""
    attribuer(g.poste, visite_accord(g.poste, prenoms="محمد", nom_naissance="الخوارزمي"))
    _papier(g)
    photo("impression-nom-a-la-main")
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    remise = g.page
    assert isinstance(remise, PageRemise)
    photo.dialogue("recepisse-nom-a-la-main", remise.recepisse.click)


@scene("vide", imprimantes=("Accueil", "Étage"))
def imprimantes(g: Guichet, photo: Photo) -> None:
    """A printer to choose, one that is stopped, then one that is not; the receipt too."""
    attribuer(g.poste, visite_accord(g.poste))
    page = _papier(g)
    photo("imprimante-choix")
    page.choix.liste.set_valeur("Étage")
    page.choix.liste.choisi.emit("Étage")
    g.valider()
    photo("imprimante-arretee")
    page.choix.liste.set_valeur("Accueil")
    page.choix.liste.choisi.emit("Accueil")
    g.touche(Qt.Key.Key_3)
    g.valider()
    photo("imprimante-question")
    for rang, nom in enumerate(("tout", "arrete", "rien", "illisible"), 1):
        g.touche(Qt.Key(Qt.Key.Key_0 + rang))
        g.calme()
        photo(f"imprimante-{nom}")
    page.question.tuiles["tout"].radio.setFocus()
    g.arrete_a(2)
    g.calme()
    photo("imprimante-arrete-a-la-2")
    g.aller_a(AUTREMENT)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    photo("imprimante-autrement")
    page.question.tuiles["tout"].radio.setFocus()
    g.touche(Qt.Key.Key_1)
    g.valider()
    remise = g.page
    assert isinstance(remise, PageRemise)
    photo.dialogue("imprimante-recepisse", remise.recepisse.click, lambda _: g.calme())


@scene("vide", imprimantes=("Accueil", "Étage"))
def papier_predecoupe(g: Guichet, photo: Photo) -> None:
    """Strips of 74.25 mm, too narrow for large letters; then out on the wrong paper, to be printed on another."""
    save_habitude(g.poste.dossier, "Accueil", Habitude(support=Support.BANDES_74))
    attribuer(g.poste, visite_accord(g.poste, besoins=("gros_caracteres",)))
    page = _papier(g)
    photo("papier-trop-etroit")
    page.preparation.ecritures.checkedButton().setFocus()
    g.touche(Qt.Key.Key_Up)
    g.calme()
    photo("papier-predecoupe")
    g.valider()
    g.touche(Qt.Key.Key_4)
    g.calme()
    photo("papier-autre")


@scene("vide", imprimantes=("HP LaserJet Pro M404dn du premier étage", "Étage"))
def reglage_imprimante(g: Guichet, photo: Photo) -> None:
    """A printer never measured, its page, good measures then bad ones, and a carnet that may not go there."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("imprimante", "")
    g.calme()
    page.imprimante.bouton.setFocus()
    photo("reglages-imprimante")
    page.imprimante.bouton.click()
    g.calme()
    mesures = g.page
    assert isinstance(mesures, PageMesures)
    mesures.imprimer.click()
    g.calme()
    for cle, saisie in (("couche", "100"), ("debout", "99,5"), ("gauche", "81,5"), ("haut", "114,2")):
        mesures.champs[cle].saisie.setFocus()
        g.frapper(saisie)
    photo("mesures-bonnes")
    mesures.champs["couche"].set_texte("")
    mesures.champs["couche"].saisie.setFocus()
    g.frapper("96,6")
    photo("mesures-hors-echelle")
    g.valider()
    page.imprimante.bouton.setFocus()
    photo("reglages-imprimante-hors-echelle")
    attribuer(g.poste, visite_accord(g.poste))
    _papier(g)
    photo("impression-hors-echelle")


@scene("vide", rapide=True)
def remise(g: Guichet, photo: Photo) -> None:
    attribuer(g.poste, visite_accord(g.poste))
    _papier(g)
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    page = g.page
    assert isinstance(page, PageRemise)
    photo("remise")
    photo.dialogue("remise-recepisse", page.recepisse.click, lambda _: g.calme())
    page.jour.set_texte("31/02/2026")
    page.bouton.click()
    photo("remise-date-fausse")
    page.jour.set_texte("25/11/2026")
    g.valider()
    photo("remise-faite")


@scene("journee", rapide=True)
def carnets(g: Guichet, photo: Photo) -> None:
    """The list, then a carnet in each state."""
    page = g.bureau.montrer_lieu("carnets")
    assert isinstance(page, PageCarnets)
    g.calme()
    photo("carnets")
    for nom, cherche in (
        ("bloque", "lemoine"),
        ("perdu", "vasseur"),
        ("a-imprimer", "obin"),
        ("a-confirmer", "kone"),
        ("a-remettre", "delhaye"),
        ("gache", "mercier"),
        ("remis", "nguyen"),
    ):
        page.champ.setText(cherche)
        g.calme()
        assert page.detail is not None, nom
        page.ouvrir()
        g.calme()
        photo(f"carnets-{nom}")
        if nom == "perdu":
            photo.dialogue("lettre-carnet-perdu", page.detail.actes["Imprimer la lettre"].click, lambda _: g.calme())
        page.panneau.fermer()
    page.champ.setText("999999")
    g.calme()
    photo("carnets-introuvable")
    page.champ.setText("vasseur")
    g.calme()
    assert page.detail is not None
    page.detail.remplacement.emit()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    page = g.bureau.montrer_lieu("carnets")
    assert isinstance(page, PageCarnets)
    page.champ.setText("vasseur")
    g.calme()
    page.ouvrir()
    g.calme()
    photo("carnets-remplacant")


@scene("journee")
def carnets_questions(g: Guichet, photo: Photo) -> None:
    """The questions before what cannot be undone."""
    page = g.bureau.montrer_lieu("carnets")
    assert isinstance(page, PageCarnets)
    for cherche, actes in (
        ("nguyen", ("carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")),
        ("delhaye", ("carnet.gacher", "attribution.annuler")),
    ):
        page.champ.setText(cherche)
        g.calme()
        page.ouvrir()
        for acte in actes:
            assert page.detail is not None
            photo.dialogue(f"dialogue-{acte.split('.')[1].replace('_', '-')}", page.detail.actes[acte].click)


def _papier(g: Guichet) -> PageImpression:
    (ligne,) = visites_ouvertes(g.poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    return page
