"""Agents, passphrases and the recovery sheet: in *Réglages*, at the first start, before the desk is open."""

from __future__ import annotations

from PySide6.QtCore import Qt

from passdesk.services.agents import MEDIATEUR, ajouter_agent
from passdesk.services.poste import creer_poste
from passdesk.services.secours import retenir_feuille, tirer_feuille
from passdesk.storage import poste as identite
from passdesk.ui.agents import PageFeuille, PageOubli
from passdesk.ui.agents.pages import PageAjout, PageCle, PagePhrase
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.reglages import PageReglages
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE
from tests.gallery.studio import Photo, Seuil, scene
from tests.ui.guichet import Guichet

DE_SAM = "violon rouge mardi cascade"


@scene("vide")
def agents(g: Guichet, photo: Photo) -> None:
    """One agent and no sheet; then two, the pages that change something, and what a mediator sees."""
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    g.calme()
    photo("agents-seul")
    reglages.agents.ajouter.click()
    g.calme()
    ajout = g.page
    assert isinstance(ajout, PageAjout)
    photo("agent-ajout")
    ajout.nom.set_texte("Sam Leroy")
    ajout.phrase.phrase.set_texte("motdepasse2026")
    ajout.agir()
    photo("agent-ajout-refuse")
    ajout.phrase.phrase.set_texte(DE_SAM)
    ajout.phrase.encore.set_texte(DE_SAM)
    ajout.agir()
    g.attendre(lambda: g.page is reglages)
    g.calme()
    photo("agents-deux")
    reglages.agents.changer.click()
    g.calme()
    phrase = g.page
    assert isinstance(phrase, PagePhrase)
    photo("agent-phrase")
    phrase.ancienne.set_texte("une autre")
    phrase.phrase.phrase.set_texte("lampe rivage moulin tambour")
    phrase.phrase.encore.set_texte("lampe rivage moulin tambour")
    phrase.agir()
    g.attendre(lambda: bool(phrase.ancienne.message()))
    photo("agent-phrase-refuse")
    phrase.renoncer.click()
    reglages.agents.boutons["Nouvelle phrase", "Sam Leroy"].click()
    g.calme()
    photo("agent-phrase-collegue")
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    reglages.agents.cle.click()
    g.calme()
    cle = g.page
    assert isinstance(cle, PageCle)
    photo("cle-du-poste")
    cle.phrase.set_texte("une autre phrase que la bonne")
    cle.agir()
    g.attendre(lambda: bool(cle.phrase.message()))
    photo("cle-du-poste-refuse")
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    identite.ecrire_texte(g.poste.base, identite.CLE_D_AVANT, "1")
    reglages.agents.actualiser()
    g.calme()
    photo("agents-cle-revenue")


@scene("vide")
def feuille_de_secours(g: Guichet, photo: Photo) -> None:
    """Made, read back, and made again."""
    retenir_feuille(g.poste, tirer_feuille(g.poste))
    page = PageFeuille(g.contexte, lambda: None)
    g.bureau.ouvrir_page(page)
    g.calme()
    photo("secours")
    photo.dialogue("secours-papier", page.acte.click, lambda _: g.calme())
    g.calme()
    photo("secours-groupe")
    page.groupe.set_texte("????")
    page.agir()
    g.calme()
    photo("secours-groupe-refuse")
    assert page._feuille is not None
    page.groupe.set_texte(page._feuille.cle_de_secours[-4:])
    g.touche(Qt.Key.Key_Return)
    g.calme()
    photo("secours-faite")


@scene("non_relie")
def installation(g: Guichet, photo: Photo) -> None:
    """The last two steps of the first start."""
    g.bureau.installer()
    g.calme()
    photo("depart-secours")
    page = g.page
    assert isinstance(page, PageFeuille)
    page.renoncer.click()
    g.calme()
    assert isinstance(g.page, PageEnrolement)
    photo("depart-relier")


@scene(None)
def oubli(s: Seuil, photo: Photo) -> None:
    """A lost passphrase."""
    poste = creer_poste(
        s.dossier, PHRASE, "Claire Mabille", s.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    ajouter_agent(poste, "Sam Leroy", MEDIATEUR, DE_SAM)
    feuille = tirer_feuille(poste)
    retenir_feuille(poste, feuille)
    poste.fermer()
    page = PageOubli(s.theme, s.taches, s.dossier, s.horloge)
    s.fenetre.montrer(page)
    page.arriver()
    photo("oubli")
    page.cle.set_texte("ABCD-EFGH")
    page.valider()
    s.calme()
    photo("oubli-refuse")
    page.cle.set_texte(feuille.cle_de_secours)
    page.valider()
    s.calme()
    photo("oubli-qui")
    page.valider()
    photo("oubli-qui-refuse")
