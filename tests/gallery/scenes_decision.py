"""The answer recorded and printed from the visit, then explained: each issue, and what is left after an erasure."""

from __future__ import annotations

from passdesk.services.decision import decision_du_carnet, derniere_decision
from passdesk.services.visite import attribuer, garder
from passdesk.storage import carnets
from passdesk.ui.decision.page import PageDecision
from passdesk.ui.personnes import PagePersonnes
from tests.builders import visite_accord
from tests.gallery.scenes_guichet import DOMICILE, IDENTITE, PERIMEE
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet

INCOMPLET = {
    "nom_naissance": "Carlier-Bray", "prenoms": "Théo", "naissance": "09/11/2003", "public": "jeune_insertion",
    "prescripteur": "mission_locale", "pieces": (IDENTITE, DOMICILE.__class__("justificatif_domicile", True, PERIMEE)),
}  # fmt: skip


@scene("vide", rapide=True)
def repondre(g: Guichet, photo: Photo) -> None:
    """Incomplete, then refused: the letter shown over the visit, and the visit once it is closed."""
    for nom, champs in (("incomplet", INCOMPLET), ("refus", {"commune": "75056"})):
        page = g.visite(visite_accord(g.poste, **champs))
        acte = page.primaire()
        assert acte is not None
        photo.dialogue(f"lettre-{nom}", acte.click, lambda _: g.calme())
        g.calme()
        photo(f"visite-{nom}-enregistre")
        g.bureau.fermer_page(page)
        g.calme()


@scene("vide", rapide=True)
def expliquer(g: Guichet, photo: Photo) -> None:
    """The page of each answer."""
    accord = attribuer(g.poste, visite_accord(g.poste))
    refus = visite_accord(g.poste, nom_naissance="Refusard", commune="75056", public="senior", pieces=())
    garder(g.poste, refus)
    garde = garder(g.poste, visite_accord(g.poste, **INCOMPLET))
    assert garde is not None and garde.demande_id is not None
    decisions = {
        "accord": decision_du_carnet(g.poste, accord.carnet.campagne, accord.carnet.numero),
        "refus": derniere_decision(g.poste, refus.brouillon_id),
        "incomplet": derniere_decision(g.poste, garde.demande_id),
    }
    for nom, decision_id in decisions.items():
        _expliquer(g, decision_id)
        photo(f"decision-{nom}")
        page = g.page
        assert isinstance(page, PageDecision)
        page.revenir.click()
        g.calme()
    with g.poste.base.acte(g.poste.agent_id) as acte:
        acte.inscrire("personne.effacer", accord.personne.personne_id, {"cle": None})
    _expliquer(g, decisions["accord"])
    photo("decision-effacee")


@scene("vide")
def expliquer_depuis_la_fiche(g: Guichet, photo: Photo) -> None:
    attribuer(g.poste, visite_accord(g.poste))
    assert carnets.en_attente_de_papier(g.poste.base)
    page = g.bureau.montrer_lieu("personnes")
    assert isinstance(page, PagePersonnes)
    g.calme()
    page.ouvrir()
    g.calme()
    photo("personnes-decision-a-expliquer")


def _expliquer(g: Guichet, decision_id: str) -> None:
    g.bureau.expliquer(decision_id, g.page)
    g.calme()
