"""Backups as the agent sees them: the last good one, one now, the stick, and what puts the records at risk."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import sauvegarde, visite
from passdesk.services.poste import Poste
from passdesk.services.sauvegarde import choisir_dossier, etat_sauvegardes
from passdesk.storage.engine import DOSSIER_SAUVEGARDES
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.composants import WrapLabel
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.sauvegardes import CarteSauvegardes
from tests.builders import MIDI, visite_accord
from tests.ui.guichet import Guichet, nom_lu
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def carte(g: Guichet) -> CarteSauvegardes:
    """The card of *Réglages*."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    assert isinstance(g.page, PageReglages)
    g.page.viser("sauvegardes", "")
    g.calme()
    return g.page.sauvegardes


def appuyer(g: Guichet, bouton: object) -> None:
    """The keyboard on the button, then Space."""
    bouton.setFocus()  # type: ignore[attr-defined]
    g.touche(Qt.Key.Key_Space)
    g.calme()


def accueil(g: Guichet) -> PageAujourdhui:
    """Alt+1."""
    g.touche(Qt.Key.Key_1, ALT)
    g.calme()
    assert isinstance(g.page, PageAujourdhui)
    return g.page


def dits(carte: CarteSauvegardes) -> str:
    return "\n".join(mots.text() for mots in carte.findChildren(WrapLabel) if mots.isVisible())


def test_la_derniere_sauvegarde_se_lit_et_une_autre_se_demande(g: Guichet, poste: Poste) -> None:
    c = carte(g)
    assert "Aucune sauvegarde encore" in dits(c) and "sur cet ordinateur seulement" in dits(c)
    appuyer(g, c.maintenant)
    actes = poste.base.db.table("operation").count
    assert c.derniere.text().startswith("Dernière sauvegarde\u00a0: à ")
    assert c.derniere.text().endswith(f"{actes}\u00a0actes")
    assert c.maintenant.isEnabled() and not c.refus.isVisible()
    assert len(list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"))) == 1


def test_la_copie_va_sur_la_cle_choisie_et_son_absence_se_dit(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = tmp_path / "CLE"
    cle.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(cle))
    c = carte(g)
    assert not c.oublier.isVisible()
    appuyer(g, c.choisir)
    assert f"Copie dans {cle}" in c.ailleurs.text()
    assert len(list(cle.glob("*.sauvegarde"))) == 1
    shutil.rmtree(cle)
    appuyer(g, c.maintenant)
    assert "n’est pas là" in c.refus.texte() and "La sauvegarde est sur cet ordinateur." in c.refus.texte()
    appuyer(g, c.oublier)
    assert not c.oublier.isVisible() and g.focus is c.choisir
    assert not c.refus.isVisible() and etat_sauvegardes(poste).dossier is None


def test_un_dossier_du_poste_est_refuse(g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(poste.dossier))
    c = carte(g)
    appuyer(g, c.choisir)
    assert "les deux copies se perdraient ensemble" in c.refus.texte()


def test_elles_se_font_seules_une_fois_par_jour(g: Guichet, poste: Poste) -> None:
    dossier = poste.dossier / DOSSIER_SAUVEGARDES
    # What the timer of each hour does.
    g.bureau.gardien.demander(en_tout_cas=False)
    g.calme()
    assert len(list(dossier.glob("*.sauvegarde"))) == 1
    g.bureau.gardien.demander(en_tout_cas=False)
    g.calme()
    assert len(list(dossier.glob("*.sauvegarde"))) == 1


def test_sans_sauvegarde_depuis_une_semaine_l_accueil_le_dit(g: Guichet, poste: Poste) -> None:
    page = accueil(g)
    assert not page.garde.isVisible()
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant = MIDI + timedelta(days=9)
    assert visite.garder(poste, visite_accord(poste, pieces=())) is not None
    carte(g)
    page = accueil(g)
    assert page.garde.isVisible() and "depuis 9 jours" in page.garde.quoi.text().replace("\u00a0", " ")
    assert rognes(g.fenetre) == [] and debordes(g.fenetre) == []
    g.aller_a("Sauvegarder maintenant")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert not page.garde.isVisible() and "La sauvegarde est faite, relue et vérifiée." in g.textes()
    assert nom_lu(g.focus) == "Nouvelle personne", "the button pressed is gone"
    assert len(list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"))) == 1
    carte(g)
    assert not accueil(g).gardee.isVisible(), "told once"


def test_l_accueil_dit_pourquoi_la_sauvegarde_demandee_n_a_pas_sa_copie(
    g: Guichet, poste: Poste, tmp_path: Path
) -> None:
    cle = tmp_path / "CLE"
    cle.mkdir()
    choisir_dossier(poste, cle)
    shutil.rmtree(cle)
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant = MIDI + timedelta(days=9)
    assert visite.garder(poste, visite_accord(poste, pieces=())) is not None
    g.theme.choisir(echelle=2.0)
    carte(g)
    page = accueil(g)
    g.aller_a("Sauvegarder maintenant")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.garde.isVisible() and not page.gardee.isVisible()
    assert "La copie n’a pas pu être faite" in page.garde.quoi.text() and "Branchez la clé" in page.garde.suite.text()
    assert nom_lu(g.focus) == "Sauvegarder maintenant", "the stick in, the same key does it"
    g.attendre(lambda: rognes(page) == [] and debordes(g.fenetre) == [])


def test_un_disque_bientot_plein_se_dit_avant(g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = shutil.disk_usage(poste.dossier)
    monkeypatch.setattr(sauvegarde.shutil, "disk_usage", lambda _: vrai._replace(free=321_000_000))
    carte(g)
    page = accueil(g)
    assert page.garde.isVisible() and "321" in page.garde.quoi.text()
    assert "sans place, plus rien ne s’enregistre" in page.garde.suite.text()
    assert not page.remede.isVisible(), "a backup would fill it"


def test_une_cle_bientot_pleine_se_dit_dans_les_reglages(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = tmp_path / "CLE"
    cle.mkdir()
    choisir_dossier(poste, cle)
    vrai = shutil.disk_usage(cle)
    monkeypatch.setattr(
        sauvegarde.shutil, "disk_usage", lambda lieu: vrai._replace(free=12_000_000 if lieu == cle else 10**10)
    )
    c = carte(g)
    appuyer(g, c.maintenant)
    assert "12\u00a0Mo là où va la copie" in c.refus.texte() and not accueil(g).garde.isVisible()


def test_un_mediateur_ne_choisit_pas_ou_va_la_copie(g: Guichet, poste: Poste, tmp_path: Path) -> None:
    choisir_dossier(poste, tmp_path)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", poste.agent_id, {"nom": "Claire Mabille", "role": "mediateur"})
    c = carte(g)
    assert not c.choisir.isVisible() and not c.oublier.isVisible()
    assert "Un responsable du poste choisit" in c.ailleurs.text()
    appuyer(g, c.maintenant)
    assert c.derniere.text().startswith("Dernière sauvegarde")
