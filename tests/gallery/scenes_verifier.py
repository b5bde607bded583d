"""*Vérifier un pass*: nothing yet, each kind of verdict, a whole sheet, a list that is old."""

from __future__ import annotations

from datetime import timedelta

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.impression import contenu_imprime, lancer_impression, mettre_sur_papier
from passdesk.services.visite import attribuer
from passdesk.ui.verifier import PageVerifier
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("liste_publiee", rapide=True)
def verifier(g: Guichet, photo: Photo) -> None:
    """From *Carnets*: the page, a good pass, a false one, a number, then a whole carnet in a file."""
    carnet = attribuer(g.poste, visite_accord(g.poste)).carnet
    papier = mettre_sur_papier(lancer_impression(g.poste, carnet.campagne, carnet.numero), g.contexte.imprimante)
    assert papier is not None
    g.bureau.verifier("", g.page)
    g.calme()
    page = g.page
    assert isinstance(page, PageVerifier)
    photo("verifier-vide")
    page.prendre(papier)
    g.calme()
    assert len(page.controles) == 10
    photo("verifier-carnet")
    bon = page.controles[0].verdict.code
    page.venir_de(g.bureau.page, bon[:-1] + str((int(bon[-1]) + 1) % 10))
    g.calme()
    photo("verifier-falsifie")
    page.venir_de(g.bureau.page, "127 0000021 01 " + "00")
    g.calme()
    photo("verifier-illisible")
    un = contenu_imprime(g.poste, carnet).passes[0]
    page.venir_de(g.bureau.page, f"{un.serie} {un.cle} {'00000' if un.code != '00000' else '11111'}")
    g.calme()
    photo("verifier-code-faux")
    page.venir_de(g.bureau.page, f"{un.serie} {un.cle} {un.code}")
    g.calme()
    photo("verifier-code-juste")
    horloge = g.poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    horloge.instant += timedelta(days=45)
    page.venir_de(g.bureau.page, bon)
    g.calme()
    photo("verifier-liste-agee")
    horloge.instant += timedelta(days=50)
    page.venir_de(g.bureau.page, bon)
    g.calme()
    photo("verifier-liste-trop-ancienne")


@scene("vide")
def verifier_sans_liste(g: Guichet, photo: Photo) -> None:
    """A desk that has no list yet: its own paper is good, with reserve."""
    carnet = attribuer(g.poste, visite_accord(g.poste)).carnet
    papier = mettre_sur_papier(lancer_impression(g.poste, carnet.campagne, carnet.numero), g.contexte.imprimante)
    g.bureau.verifier("", g.page)
    g.calme()
    page = g.page
    assert isinstance(page, PageVerifier) and papier is not None
    page.prendre(papier)
    g.calme()
    photo("verifier-sans-liste")


@scene("vide")
def verifier_scan(g: Guichet, photo: Photo) -> None:
    """Ctrl+K and *Carnets* given a pass of nobody here."""
    page = g.bureau.montrer_lieu("carnets")
    g.calme()
    page.champ.setText("012 0001234 03")  # type: ignore[attr-defined]
    g.calme()
    photo("carnets-pass-d-ailleurs")
    page = g.bureau.montrer_lieu("personnes")
    g.calme()
    page.champ.setText("012 0001234 03")  # type: ignore[attr-defined]
    g.calme()
    photo("personnes-pass-d-ailleurs")
