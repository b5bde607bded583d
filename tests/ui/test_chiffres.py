"""*Chiffres* at the keyboard: from *Réglages*, a year, small counts not given, a table where the agent says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from passdesk.services.poste import Poste
from passdesk.services.visite import garder
from passdesk.ui.chiffres import PageChiffres, textes
from passdesk.ui.reglages import PageReglages
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """Six requests in November 2026: four from Trélon, two from Avesnes; one in 2025."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for rang in range(7):
        arrivee = "23/11/2026" if rang < 6 else "03/05/2025"
        commune = "59591" if rang < 4 else "59036"
        visite = visite_accord(poste, nom_naissance=f"Nom{rang}", commune=commune, arrivee_le=arrivee, pieces=(),
                               naissance=f"0{rang + 1}/02/1960")  # fmt: skip
        assert garder(poste, visite) is not None
    yield poste
    poste.fermer()


def ouvrir(g: Guichet) -> PageChiffres:
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("journal", "")
    g.calme()
    g.aller_a("Voir les chiffres")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageChiffres) and g.focus is page.annee
    return page


def lues(page: PageChiffres) -> list[tuple[str, str]]:
    return [(rangee.titre, rangee.badge) for rangee in page.liste.rangees]


def test_une_annee_puis_une_autre_et_retour(g: Guichet) -> None:
    page = ouvrir(g)
    assert lues(page)[:5] == [
        ("Toutes les demandes", "6"), ("Par public", ""), ("Personnes en recherche d’emploi", "6"),
        ("Par réponse", ""), ("À compléter", "6"),
    ]  # fmt: skip
    assert ("Novembre", "6") in lues(page) and ("Janvier", "0") in lues(page)
    # Four and two: both small.
    assert [badge for _, badge in lues(page)[-2:]] == [textes.CACHE, textes.CACHE]
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert lues(page)[0] == ("Toutes les demandes", textes.TROP_PEU)
    assert {badge for _, badge in lues(page)[1:]} == {"", textes.CACHE}
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageReglages)


@pytest.mark.parametrize("suffixe", ["ods", "csv"])
def test_le_tableau_va_ou_l_agent_le_dit(
    g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffixe: str
) -> None:
    page = ouvrir(g)
    cible = tmp_path / f"chiffres.{suffixe}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    page.enregistrer.click()
    g.calme()
    assert page.avis.texte() == textes.ENREGISTRE and cible.stat().st_size > 100
    if suffixe == "csv":
        texte = cible.read_text(encoding="utf-8-sig")
        assert "2026;Par commune;" in texte and textes.CACHE in texte and ";4" not in texte and "Nom1" not in texte
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "absent" / "c.ods"), ""))
    page.enregistrer.click()
    g.calme()
    assert "c.ods" in page.avis.texte()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_rien_n_est_rogne_et_tout_porte_un_nom(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
