"""Those who have spent nothing of their carnet: the row of *Aujourd'hui*, the list, what a call gave."""

from __future__ import annotations

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.rappels import a_appeler, noter_appel
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.ui.rappels import PageRappels
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet

GENS = (
    ("Walbecq", "Odette", "06 39 98 00 12"),
    ("Kone", "Awa", "03 53 01 22 40"),
    ("Delhaye-Montrésor de la Houssière", "Marie-Antoinette", "06 39 98 00 27"),
    ("Obin", "Rémi", ""),
)


@scene("vide", rapide=True)
def rappels(g: Guichet, photo: Photo) -> None:
    """Two months after the hand-overs; one call in vain a week ago; one noted; nobody left."""
    for nom, prenoms, telephone in GENS:
        visite = visite_accord(g.poste, nom_naissance=nom, prenoms=prenoms, telephone=telephone)
        carnet = attribuer(g.poste, visite).carnet
        numero = carnet.campagne, carnet.numero
        lancer_impression(g.poste, *numero)
        repondre(g.poste, *numero, "tout")
        remettre(g.poste, *numero, g.poste.horloge.aujourdhui())
    horloge = g.poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    depart = horloge.instant
    horloge.instant = depart.replace(year=2027, month=1, day=12)
    noter_appel(g.poste, a_appeler(g.poste).rappels[1], "sans_reponse")
    horloge.instant = depart.replace(year=2027, month=1, day=19)
    g.commencer()
    photo("aujourdhui-rappels")
    page = PageRappels(g.contexte, g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    photo("rappels")
    page.actes["jointe"].click()
    g.calme()
    photo("rappels-note")
    while page.liste.rangees:
        g.attendre(lambda: page.pret)
        page.actes["servi"].click()
        g.calme()
    photo("rappels-vide")
