"""What comes once a day, once a year, or only when it is asked for.

Where the desk is, the last weeks of a campaign, the summary of a visit, the places named to somebody refused, a search
that leads elsewhere, visits left half-way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt

from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services.lieu_du_jour import choisir_lieu, regler_itinerant
from passdesk.services.lieux import regler_position
from passdesk.services.sauvegarde import sauvegarder_au_poste
from passdesk.services.visite import attribuer, noter, ouvrir_visite
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.personnes import PagePersonnes
from tests.builders import visite_accord
from tests.gallery.mondes import JOUR
from tests.gallery.scenes_lieux import prendre
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import CTRL, Guichet, communes

FIN = datetime(2027, 12, 31, 9, 30, tzinfo=UTC)


@scene("vide", rapide=True)
def endroit_premier_jour(g: Guichet, photo: Photo) -> None:
    """A desk that moves, before it ever said where; then a place that nobody knows."""
    regler_itinerant(g.poste, True)
    sauvegarder_au_poste(g.poste)
    page = _aujourdhui(g)
    photo("endroit-premier-jour")
    page.endroit.commune.saisie.setText("Ailleurs-sur-Rien")
    page.endroit.bouton.click()
    g.calme()
    photo("endroit-inconnu")


@scene("vide", rapide=True)
def endroit_habituel(g: Guichet, photo: Photo) -> None:
    """The days after, the last place is proposed; then it is said."""
    regler_itinerant(g.poste, True)
    for rang, commune in enumerate(("59036", "59249", "59139")):
        _au(g, JOUR + timedelta(days=rang))
        choisir_lieu(g.poste, commune, communes())
    _au(g, JOUR + timedelta(days=5))
    sauvegarder_au_poste(g.poste)
    page = _aujourdhui(g)
    photo("endroit-habituel")
    page.endroit.bouton.click()
    g.calme()
    photo("endroit-dit")


@scene("vide", rapide=True)
def fin_de_campagne(g: Guichet, photo: Photo) -> None:
    """Thirty days before the end of the pass, fifteen, then after: *Aujourd'hui*, and the right of a visit."""
    for avant in (30, 15, 14, -3):
        _au(g, FIN - timedelta(days=avant))
        sauvegarder_au_poste(g.poste)
        if avant == 30:
            attribuer(g.poste, _recent(g))
            g.contexte.signaler("carnets")
        _aujourdhui(g)
        photo(f"campagne-{avant}" if avant > 0 else "campagne-finie")
        if avant in (30, 14):
            page = g.visite(replace(_recent(g), brouillon_id=f"fin-{avant}", prenoms="Rose", naissance="01/02/1980"))
            photo(f"campagne-visite-{avant}")
            g.bureau.fermer_page(page)
            g.calme()


@scene("vide", rapide=True)
def resume_de_la_visite(g: Guichet, photo: Photo) -> None:
    """Ctrl+P before anything is recorded."""
    g.visite(visite_accord(g.poste))
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    photo("visite-resume", ecran=g.papier())
    g.fermer_papier()


@scene("vide", rapide=True)
def refus_et_lieux(g: Guichet, photo: Photo) -> None:
    """Refused, and the desk knows the nearest places."""
    prendre(g)
    regler_position(g.poste, "50,12 ; 3,93")
    page = g.visite(visite_accord(g.poste, commune="75056"))
    if page._en_barre:  # what is told stands under the form then
        page.barre.lien.click()
        g.calme()
    photo("visite-refus-lieux")


@scene("journee", rapide=True)
def chercher(g: Guichet, photo: Photo) -> None:
    """Ctrl+K from *Aujourd'hui*: nobody, but a place of the program."""
    g.touche(Qt.Key.Key_K, CTRL)
    g.calme()
    page = g.page
    assert isinstance(page, PagePersonnes)
    page.champ.setText("réglag")
    g.calme()
    g.attendre(lambda: not page._attente.isActive())
    g.calme()
    photo("chercher-ailleurs")


@scene("journee", rapide=True)
def visites_a_mi_chemin(g: Guichet, photo: Photo) -> None:
    """Drafts of every kind, all unfolded: with a name, without, without anything else."""
    for champs in ({"prenoms": "Jeanne"}, {"telephone": "06 39 98 00 44"}, {"nom_naissance": "Nguyễn"}):
        noter(g.poste, replace(ouvrir_visite(g.poste), **champs))
    page = _aujourdhui(g)
    page._suite.bouton.click()
    g.calme()
    photo("aujourdhui-tout-deplie")


def _au(g: Guichet, instant: datetime) -> None:
    assert isinstance(g.poste.horloge, HorlogeFixe)
    g.poste.horloge.instant = instant


def _aujourdhui(g: Guichet) -> PageAujourdhui:
    g.bureau.montrer_lieu("personnes")
    page = g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    assert isinstance(page, PageAujourdhui)
    return page


def _recent(g: Guichet) -> Brouillon:
    """A visit whose papers are fresh on that day."""
    date = f"{g.poste.horloge.aujourdhui() - timedelta(days=20):%d/%m/%Y}"
    dates = (PieceSaisie(t, vue=True, date=date) for t in ("justificatif_domicile", "attestation_france_travail"))
    return visite_accord(g.poste, pieces=(PieceSaisie("piece_identite", vue=True), *dates))
