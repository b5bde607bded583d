"""After a bug of ours the page answers again: it says so, and what was pressed can be pressed once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt

from passdesk.domain.carnet import Etat
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import brouillons, carnets
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.composants import Page
from passdesk.ui.conservation import PageConservation
from passdesk.ui.fournee import PageFournee
from passdesk.ui.impression import PageImpression
from passdesk.ui.messages import message
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.rappels import PageRappels
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.conftest import Bilan
from tests.ui.guichet import Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DIT = message("interrompu").quoi


class Bogue:
    """In the place of a function of ours: a bug the first time, then itself."""

    def __init__(self, vraie: Callable[..., Any]) -> None:
        self._vraie, self.fois = vraie, 0

    def __call__(self, *args: object) -> Any:
        self.fois += 1
        if self.fois == 1:
            raise ZeroDivisionError
        return self._vraie(*args)


@dataclass
class Scene:
    """`fonction` of `module` has a bug; `ouvrir` leads to the page, whose filled button is pressed twice."""

    module: str
    fonction: str
    ouvrir: Callable[[Guichet, Poste], Page]
    fait: Callable[[Guichet, Poste], bool]


def _visite(g: Guichet, poste: Poste) -> Page:
    return g.visite(visite_accord(poste))


def _papier(g: Guichet, poste: Poste, *, imprime: bool) -> Page:
    carnet = attribuer(poste, visite_accord(poste)).carnet
    if imprime:
        lancer_impression(poste, carnet.campagne, carnet.numero)
        repondre(poste, carnet.campagne, carnet.numero, "tout")
    (ligne,) = visites_ouvertes(poste)
    g.bureau.reprendre(ligne)
    g.calme()
    return g.page


def _fournee(g: Guichet, poste: Poste) -> Page:
    for nom in ("Walbecq", "Kone"):
        attribuer(poste, visite_accord(poste, nom_naissance=nom))
    page = PageFournee(g.contexte)
    g.bureau.ouvrir_page(page)
    g.calme()
    return page


def _etats(poste: Poste) -> set[Etat]:
    return {suivi.carnet.etat for suivi in carnets.par_etat(poste.base, *Etat)}


SCENES = {
    "visite": Scene(
        "visite.page", "attribuer", _visite,
        lambda g, poste: _etats(poste) != set() and not isinstance(g.page, PageVisite),
    ),
    "impression": Scene(
        "impression.page", "lancer_impression", lambda g, poste: _papier(g, poste, imprime=False),
        lambda _, poste: _etats(poste) == {Etat.A_CONFIRMER_IMPRESSION},
    ),
    "remise": Scene(
        "remise.page", "remettre", lambda g, poste: _papier(g, poste, imprime=True),
        lambda _, poste: _etats(poste) == {Etat.REMIS},
    ),
    "fournee": Scene(
        "fournee.travail", "commencer_fournee", _fournee,
        lambda _, poste: _etats(poste) == {Etat.A_CONFIRMER_IMPRESSION},
    ),
}  # fmt: skip


@pytest.mark.parametrize("nom", SCENES)
def test_the_button_acts_again(
    nom: str, g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = SCENES[nom]
    module = __import__(f"passdesk.ui.{scene.module}", fromlist=["page"])
    bogue = Bogue(getattr(module, scene.fonction))
    monkeypatch.setattr(module, scene.fonction, bogue)
    scene.ouvrir(g, poste)
    g.valider()
    assert [type(trouble) for trouble in bilan.imprevus] == [ZeroDivisionError], "it is reported all the same"
    bilan.imprevus.clear()
    assert any(DIT in texte for texte in g.textes()), "the page says that it stopped"
    g.valider()
    assert bogue.fois == 2 and scene.fait(g, poste)


def test_a_bug_in_showing_an_answer_lets_the_page_go_too(
    g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hand-over is recorded, and its page stumbles in saying so: nothing is frozen, nothing is done twice."""
    page = _papier(g, poste, imprime=True)
    assert isinstance(page, PageRemise)
    monkeypatch.setattr(page, "_placer_actes", Bogue(page._placer_actes))
    g.valider()
    assert [type(trouble) for trouble in bilan.imprevus] == [ZeroDivisionError]
    bilan.imprevus.clear()
    assert _etats(poste) == {Etat.REMIS} and any(DIT in texte for texte in g.textes())
    page.plus_tard.click()
    g.calme()
    assert g.page is not page


def test_pages_that_were_to_be_shown_do_not_wait_for_ever(
    g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is over, and the reading of what is left has a bug: the button waited for it."""
    page = _fournee(g, poste)
    assert isinstance(page, PageFournee)
    module = __import__("passdesk.ui.fournee.page", fromlist=["page"])
    monkeypatch.setattr(module, "voir_fournee", Bogue(module.voir_fournee))
    g.valider()
    g.calme()
    bilan.imprevus.clear()
    assert any(DIT in texte for texte in g.textes()) and page.bouton.isEnabled()
    assert not isinstance(g.page, PageImpression)


@pytest.mark.parametrize(("lieu", "fonction"), [("personnes", "fiche"), ("carnets", "fiche_carnet")])
def test_what_could_not_be_read_of_a_row_is_not_what_was_read_of_another(
    lieu: str, fonction: str, g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nom in ("Walbecq", "Kone"):
        attribuer(poste, visite_accord(poste, nom_naissance=nom))
    page = g.bureau.montrer_lieu(lieu)
    g.calme()
    assert isinstance(page, PagePersonnes | PageCarnets) and page.ligne_montree is not None
    page.liste.setFocus()
    module = __import__(f"passdesk.ui.{lieu}.page", fromlist=["page"])
    monkeypatch.setattr(module, fonction, Bogue(getattr(module, fonction)))
    g.touche(Qt.Key.Key_Down)
    g.attendre(lambda: bool(bilan.imprevus))
    bilan.imprevus.clear()
    g.calme()
    assert page.ligne_montree is None and any(DIT in texte for texte in g.textes())
    g.touche(Qt.Key.Key_Up)
    g.attendre(lambda: page.ligne_montree is not None)


def test_a_visit_that_could_not_be_dropped_goes_on_being_saved(
    g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = g.visite(visite_accord(poste))
    module = __import__("passdesk.ui.visite.modele", fromlist=["modele"])
    monkeypatch.setattr(module, "abandonner", Bogue(module.abandonner))
    page.en_cours.abandonner(lambda: pytest.fail("it was not dropped"))
    g.calme()
    bilan.imprevus.clear()
    assert any(DIT in texte for texte in g.textes())
    page.personne.champs["prenoms"].saisie.setFocus()
    g.frapper("Zoé")
    g.calme()
    assert page.en_cours.est_enregistre
    (garde,) = brouillons.lister(poste.base)
    assert "Zoé" in garde.brouillon.prenoms


def test_a_visit_that_was_dropped_does_not_come_back_for_what_failed_after_it(
    g: Guichet, poste: Poste, bilan: Bilan
) -> None:
    """The person was served otherwise: her draft, saved again, would have her served twice."""
    page = g.visite(visite_accord(poste))

    def bogue() -> None:
        raise ZeroDivisionError

    page.en_cours.abandonner(bogue)
    g.calme()
    bilan.imprevus.clear()
    page.personne.champs["prenoms"].saisie.setFocus()
    g.frapper("Zoé")
    g.calme()
    page.en_cours.mettre_a_l_abri()
    g.calme()
    assert brouillons.lister(poste.base) == ()


@pytest.mark.parametrize(
    ("lieu", "fonction", "page"),
    [("rappels", "a_appeler", PageRappels), ("conservation", "fiches_anciennes", PageConservation)],
)
def test_a_list_that_could_not_be_read_says_so_once_and_is_read_again(
    lieu: str,
    fonction: str,
    page: type[PageRappels | PageConservation],
    g: Guichet,
    bilan: Bilan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = __import__(f"passdesk.ui.{lieu}.page", fromlist=["page"])
    bogue = Bogue(getattr(module, fonction))
    monkeypatch.setattr(module, fonction, bogue)
    ouverte = page(g.contexte, g.page)
    g.bureau.ouvrir_page(ouverte)
    g.calme()
    bilan.imprevus.clear()
    assert DIT in ouverte.avis.texte() and bogue.fois == 1
    ouverte.actualiser()
    g.calme()
    assert any(mots.startswith("Aucune ") for mots in g.textes())
