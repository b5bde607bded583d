"""*Journal* at the keyboard: from *Réglages*, filtered, to the file and back, and as a table where the agent says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from passdesk.services import journal as service
from passdesk.services.consultations import noter
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.storage import consultations
from passdesk.ui.composants import Btn, Dialogue
from passdesk.ui.journal import PageJournal, textes
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.reglages import PageReglages
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """Odette was served three days ago, and her file was looked at today."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    aujourdhui = poste.horloge.maintenant()
    poste.horloge.instant = aujourdhui - timedelta(days=20)  # type: ignore[attr-defined]
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Odette")).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "rien")
    poste.horloge.instant = aujourdhui + timedelta(hours=1)  # type: ignore[attr-defined]
    noter(poste, carnet.personne_id)
    yield poste
    poste.fermer()


def ouvrir(g: Guichet) -> PageJournal:
    """Alt+5, the section, its button."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    reglages = g.page
    assert isinstance(reglages, PageReglages)
    reglages.viser("journal", "")
    g.aller_a("Ouvrir le journal")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageJournal) and g.focus is page.filtres.champ
    return page


def lignes(page: PageJournal) -> list[str]:
    return [rangee.titre for rangee in page.liste.rangees]


def test_du_plus_recent_au_plus_ancien_et_chaque_ligne_mene_a_sa_fiche(g: Guichet) -> None:
    page = ouvrir(g)
    assert lignes(page)[:2] == ["Aujourd’hui, 23\u00a0novembre", "Fiche regardée · Odette Walbecq"]
    assert "Claire Mabille · repère " in page.liste.rangees[1].detail
    g.aller_a("Période")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert "Carnet de\u00a010 à réimprimer · Odette Walbecq" in lignes(page)
    assert lignes(page)[-1] == "Poste créé"
    page.filtres.champ.setFocus()
    g.frapper("walb")
    g.calme()
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(g.page, PagePersonnes)
    assert g.page.fiche is not None and g.page.fiche.fiche.personne.nom_naissance == "Walbecq"


def test_echap_revient_aux_reglages(g: Guichet) -> None:
    ouvrir(g)
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageReglages)


def test_les_filtres_se_disent_au_clavier(g: Guichet) -> None:
    page = ouvrir(g)
    g.aller_a("Sorte d’acte")
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert lignes(page)[1:] == ["Fiche regardée · Odette Walbecq"]
    g.aller_a("Période")
    g.touche(Qt.Key.Key_End)
    g.calme()
    assert g.focus is page.filtres.dates[textes.DU].saisie
    g.frapper("1/11/26")
    g.tabuler()
    g.frapper("31/02/2026")
    g.tabuler()
    g.calme()
    assert page.filtres.dates[textes.DU].texte() == "01/11/2026"
    assert page.filtres.dates[textes.AU].message() == "Février n’a pas de 31. Corrigez la date."
    assert page.filtres.a_corriger.isVisible(), "the list under it is not what was asked for"
    page.filtres.dates[textes.AU].saisie.setFocus()
    page.filtres.dates[textes.AU].set_texte("")
    g.frapper("5/11/2026")
    page.filtres.genre.set_valeur("carnets")
    g.tabuler()
    g.calme()
    assert [t.split(" · ")[0] for t in lignes(page)] == [
        "3\u00a0novembre", "Carnet de\u00a010 à réimprimer", "Carnet de\u00a010 envoyé à l’imprimante"
    ]  # fmt: skip
    page.filtres.champ.setFocus()
    assert not page.filtres.a_corriger.isVisible()
    g.frapper("personne d’ici")
    g.calme()
    assert "Aucun acte trouvé" in g.textes()
    assert not page.enregistrer.isEnabled(), "no question about an empty table"
    assert any("Il n’y a rien à enregistrer." in mots for mots in g.textes())
    g.aller_a("Tout montrer")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert lignes(page)[-1] == "Poste créé" and g.focus is page.filtres.champ


def test_l_annee_entiere_se_demande_avant_qu_elle_finisse(g: Guichet) -> None:
    page = ouvrir(g)
    g.aller_a("Période")
    g.touche(Qt.Key.Key_End)
    g.calme()
    g.frapper("1/1/26")
    g.tabuler()
    g.frapper("31/12/26")
    g.tabuler()
    g.calme()
    du, au = (page.filtres.dates[mots] for mots in (textes.DU, textes.AU))
    assert (du.texte(), au.texte(), au.message()) == ("01/01/2026", "31/12/2026", "")
    assert lignes(page)[-1] == "Poste créé"


def test_une_fin_avant_son_debut_se_dit_et_n_ecarte_rien(g: Guichet) -> None:
    page = ouvrir(g)
    g.aller_a("Période")
    g.touche(Qt.Key.Key_End)
    g.calme()
    g.frapper("1/11/26")
    g.tabuler()
    g.frapper("31/10/26")
    g.tabuler()
    g.calme()
    au = page.filtres.dates[textes.AU]
    assert au.message() == "La fin vient avant le début. Corrigez la date."
    assert page.filtres.a_corriger.isVisible() and len(lignes(page)) > 1, (
        "an empty list would say that nothing was done"
    )
    page.filtres.dates[textes.DU].saisie.setFocus()
    page.filtres.dates[textes.DU].set_texte("")
    g.frapper("1/10/26")
    g.tabuler()
    g.calme()
    assert au.message() == "" and not page.filtres.a_corriger.isVisible(), "either date mends it"


def test_la_suite_vient_a_la_demande(g: Guichet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAR_PAGE", 4)
    monkeypatch.setattr(service.lire_journal, "__defaults__", (None, 4))
    page = ouvrir(g)
    page.filtres.tout_montrer()
    g.calme()
    assert lignes(page)[-1] == textes.SUITE and sum(not r.entete for r in page.liste.rangees) == 5
    page.liste.setFocus()
    g.touche(Qt.Key.Key_End)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    notes = [r for r in page.liste.rangees if not r.entete and r.titre != textes.SUITE]
    assert len(notes) == 8 and page.liste.cle() == notes[4].cle, "the keyboard goes on where the reading does"


def test_le_tableau_dit_ce_qu_il_emporte_puis_va_ou_l_agent_le_dit(
    g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ouvrir(g)
    page.filtres.tout_montrer()
    g.calme()
    cible = tmp_path / "journal.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    dits: list[str] = []

    def repondre_a(faire: bool) -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, Dialogue):
            QTimer.singleShot(10, lambda: repondre_a(faire))
            return
        dits.append(boite.windowTitle())
        boutons = {bouton.text(): bouton for bouton in boite.findChildren(Btn)}
        boutons[textes.FAIRE if faire else textes.GARDER].click()

    QTimer.singleShot(0, lambda: repondre_a(False))
    page.enregistrer.click()
    g.calme()
    assert not cible.exists()
    QTimer.singleShot(0, lambda: repondre_a(True))
    page.enregistrer.click()
    g.calme()
    octets = cible.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbfJour;Heure;Agent;Acte;") and "Fiche regardée".encode() in octets
    nombre = octets.count(b"\r\n") - 1
    assert dits == [f"Enregistrer {nombre}\u00a0actes, depuis le début\u00a0?"] * 2
    assert textes.enregistre(nombre) in page.avis.texte() and page.enregistrer.isEnabled()
    assert b"Walbecq" not in octets and b"Odette" not in octets


def test_un_mediateur_lit_le_journal_et_ne_l_emporte_pas(g: Guichet, poste: Poste) -> None:
    with poste.base.ecriture() as db:
        db.execute("UPDATE agent SET role = 'mediateur'")
    page = ouvrir(g)
    assert len(lignes(page)) > 1
    assert textes.RESERVE in g.textes() and textes.ENREGISTRER not in g.textes()


def test_la_page_d_une_personne_effacee_se_ferme(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    (sujet,) = poste.base.db.execute("SELECT personne_id FROM consultation").fetchone()
    assert page.concerne(frozenset({sujet})) and not page.concerne(frozenset({"autre"}))


def test_une_reponse_relue_est_notee(g: Guichet, poste: Poste) -> None:
    (decision, sujet) = poste.base.db.execute(
        "SELECT op_id, subject_id FROM operation WHERE type = 'attribution.accorder'"
    ).fetchone()
    g.bureau.expliquer(decision, g.page)
    g.calme()
    assert [vue.geste for vue in consultations.par_personne(poste.base, sujet)] == ["fiche", "decision"]


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_rien_n_est_rogne_et_tout_porte_un_nom(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
    page.filtres.periode.set_valeur(textes.ENTRE)
    page.filtres.periode.choisi.emit(textes.ENTRE)
    g.calme()
    assert rognes(page) == [] and debordes(page) == []
