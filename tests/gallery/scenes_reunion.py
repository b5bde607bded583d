"""Two records of one person: seen side by side, made one, two again, and what keeps them together."""

from __future__ import annotations

from dataclasses import replace

from passdesk.protocol.evenements import CarnetBloque
from passdesk.services.fiche import modifier
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import fiche
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import evenements, litiges, personnes
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.separation import PageSeparation
from tests.builders import visite_accord
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("vide")
def reunir(g: Guichet, photo: Photo) -> None:
    poste = g.poste
    ids = [servie(poste, nom)[0] for nom in ("Walbecq", "Valbeck")]
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


@scene("vide")
def reunion_defaite(g: Guichet, photo: Photo) -> None:
    """The case of two records that are two again."""
    poste = g.poste
    ids, numeros = zip(*(servie(poste, nom) for nom in ("Walbecq", "Valbeck")), strict=True)
    fusionner(poste, *ids)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 900, CarnetBloque(127, numeros[1], tuple(range(1, 11)), "litige"))
        litiges.ouvrir(
            poste.base, srv_seq=901, litige_id="L000901", sujet=ids[1], campagne=127, carnets=numeros, excedent=10,
            postes=(),
        )  # fmt: skip
    defaire(poste, fusions_de(poste, ids[0])[0].acte, ids[0])
    page = g.bureau.montrer_lieu("a-verifier")
    assert isinstance(page, PageAVerifier)
    g.calme()
    page.panneau.ouvrir()
    g.calme()
    photo("a-verifier-separees")


def servie(poste: Poste, nom: str) -> tuple[str, int]:
    """A person who was given a carnet of 10; its number."""
    attribue = attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms="Henri"))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    return attribue.personne.personne_id, attribue.carnet.numero


def _separer(g: Guichet, personne_id: str) -> PageSeparation:
    lue = fiche(g.poste, personne_id)
    assert lue is not None
    page = PageSeparation(g.contexte, lue.personne, lue.fusions[0], g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    return page
