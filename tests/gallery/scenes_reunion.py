"""Two records of one person: seen side by side, made one, two again, and what keeps them together."""

from __future__ import annotations

from dataclasses import replace

from passdesk.services.fiche import modifier
from passdesk.services.fusion import fusionner
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import fiche
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import personnes
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.separation import PageSeparation
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("vide")
def reunir(g: Guichet, photo: Photo) -> None:
    poste, ids = g.poste, []
    for nom in ("Walbecq", "Valbeck"):
        attribue = attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms="Henri"))
        numero = attribue.carnet.campagne, attribue.carnet.numero
        lancer_impression(poste, *numero)
        repondre(poste, *numero, "tout")
        remettre(poste, *numero, poste.horloge.aujourdhui())
        ids.append(attribue.personne.personne_id)
    garde, autre = (personnes.get(poste.base, personne_id) for personne_id in ids)
    assert garde is not None and autre is not None
    modifier(poste, replace(autre, adresse="14 rue des Peupliers", code_postal="59610", note="Vient le mardi.\nSourd."))
    garde = modifier(poste, replace(garde, telephone="", langue="picard"))
    page = PageFusion(g.contexte, garde, g.page)
    g.bureau.ouvrir_page(page)
    g.attendre(lambda: page.vu is not None)
    page.panneau.ouvrir()
    g.calme()
    photo("reunir-repris")
    g.bureau.fermer_page(page)
    fusionner(poste, *ids)
    page_separation = _separer(g, ids[0])
    photo("separer")
    sql = "SELECT demande_id FROM demande WHERE origine = ?"
    (demande,) = poste.base.db.execute(sql, [ids[1]]).fetchone()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("demande.completer", ids[0], {"demande": demande, "prescripteur": None})
    page_separation.bouton.click()
    g.calme()
    photo("separer-impossible")


def _separer(g: Guichet, personne_id: str) -> PageSeparation:
    lue = fiche(g.poste, personne_id)
    assert lue is not None
    page = PageSeparation(g.contexte, lue.personne, lue.fusions[0], g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    return page
