"""*Réglages*: applied at once, found again at the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from passdesk import __version__
from passdesk.app import Programme
from passdesk.domain.francais import typographie
from passdesk.domain.horloge import HorlogeFixe, HorlogeSysteme
from passdesk.services.connexion import Chemin, lire_chemin
from passdesk.services.courrier import ATTENTE
from passdesk.services.donnees import lire_donnees
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.reglages import lire_reglages, regler_adresse_recours
from passdesk.storage import envoi
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import ProgressStrip
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.papier.dialogue import DialoguePapier
from passdesk.ui.preferences import Preferences, load_preferences
from passdesk.ui.reglages import PageReglages
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.ui.guichet import CTRL, Guichet, guichet
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def reglages(g: Guichet, section: str = "") -> PageReglages:
    """Alt+5, then the section."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    page = g.page
    assert isinstance(page, PageReglages)
    page.viser(section, "")
    g.calme()
    return page


def telephone(g: Guichet, page: PageReglages, texte: str) -> None:
    """Types a help number, then Enter."""
    page.telephone.saisie.setFocus()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper(texte)
    g.touche(Qt.Key.Key_Return)
    g.calme()


def test_le_theme_et_la_taille_se_choisissent_aux_fleches(g: Guichet) -> None:
    page = reglages(g)
    assert g.focus is page.sections.liste
    g.tabuler()
    assert page.modes.valeur() == "clair" and g.focus is page.modes.checkedButton()
    g.touche(Qt.Key.Key_Right)
    assert (g.theme.mode, g.theme.jetons.nom) == ("sombre", "sombre")
    g.tabuler()
    g.touche(Qt.Key.Key_Right)
    assert g.theme.echelle == 1.25
    g.touche(Qt.Key.Key_Minus, CTRL)
    assert page.echelles.valeur() == 1.0, "the page follows the keys"


def test_les_touches_se_cachent_partout_et_marchent_encore(g: Guichet) -> None:
    page = reglages(g)
    lien = g.bureau.navigation.lieux["personnes"]
    avec = lien.grab().toImage()
    page.confort.raccourcis.setFocus()
    g.touche(Qt.Key.Key_Space)
    assert not g.theme.raccourcis and not page.confort.raccourcis.isChecked()
    sans = lien.grab().toImage()
    apres_mots = sans.width() * 2 // 3
    droite = {sans.pixel(x, y) for x in range(apres_mots, sans.width()) for y in range(sans.height())}
    assert sans != avec and len(droite) == 1, "nothing is left at the right of the words"
    g.touche(Qt.Key.Key_2, ALT)
    g.calme()
    assert g.page is not page
    page = reglages(g)
    page.depart.setFocus()
    g.touche(Qt.Key.Key_Space)
    assert page.confort.raccourcis.isChecked() and lien.grab().toImage() == avec


def test_sans_mouvement_une_attente_n_a_plus_que_ses_mots(g: Guichet) -> None:
    page = reglages(g)
    attente = ProgressStrip(g.theme)
    page.confort.corps.addWidget(attente)
    attente.montrer("On cherche l’imprimante.")
    barre = attente.findChild(QProgressBar)
    assert isinstance(barre, QProgressBar) and barre.isVisible()
    page.confort.mouvements.setFocus()
    g.touche(Qt.Key.Key_Space)
    assert attente.texte.isVisible() and not barre.isVisible()
    attente.montrer("On imprime.", 1, 3)
    assert barre.isVisible(), "a bar that grows with the work does not move by itself"
    attente.montrer("On cherche l’imprimante.")
    assert not barre.isVisible()
    page.depart.click()
    assert barre.isVisible() and not page.confort.mouvements.isChecked()


def test_les_choix_de_depart_reviennent_tous(g: Guichet) -> None:
    page = reglages(g)
    g.theme.choisir("sombre", 1.5, raccourcis=False, mouvements=False)
    assert (page.confort.raccourcis.isChecked(), page.confort.mouvements.isChecked()) == (False, True)
    page.depart.click()
    assert (page.modes.valeur(), page.echelles.valeur()) == ("automatique", 1.0)
    assert (page.confort.raccourcis.isChecked(), page.confort.mouvements.isChecked()) == (True, False)


def test_tout_ce_que_le_poste_dit_de_lui(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "poste")
    textes = g.textes()
    assert "Relié à la Région\u00a0: Guichet d’essai" in textes
    assert any(texte.startswith("Campagne d’essai · dernière réponse à") for texte in textes)
    assert page.poste.relier.isHidden()
    assert not page.poste.dossier.isVisible() and "http" not in " ".join(textes), "nothing raw before it is asked for"
    g.aller_a("Détails pour le support")
    g.touche(Qt.Key.Key_Space)
    assert page.poste.dossier.isVisible() and page.poste.dossier.texte() == str(poste.dossier)
    assert page.poste.adresse.isVisible() and page.poste.adresse.texte().startswith("http")
    assert f"Programme\u00a0: PassDesk {__version__}" in g.textes()
    g.touche(Qt.Key.Key_Space)
    assert not page.poste.dossier.isVisible()


def test_le_chemin_vers_la_region_se_regle_au_clavier_et_s_essaie_aussitot(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "poste")
    page.poste.ouvrir.click()
    g.calme()
    chemin = page.poste.chemin
    assert chemin.passages.valeur() == "systeme" and not chemin.adresse.isVisible()
    chemin.radios["systeme"].setFocus()
    g.touche(Qt.Key.Key_Right)
    g.calme()
    assert lire_chemin(poste) == Chemin("aucun") and chemin.garde.isVisible()
    assert envoi.etat(poste.base).counter > 0, "tried at once"
    g.touche(Qt.Key.Key_Right)
    assert chemin.adresse.isVisible() and lire_chemin(poste) == Chemin("aucun"), "the address is still to come"
    g.tabuler()
    assert g.focus is chemin.adresse.saisie
    g.frapper("claire:secret@proxy.mairie.exemple:3128")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert "mot de passe" in chemin.adresse.message() and lire_chemin(poste) == Chemin("aucun")
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("http://Proxy.mairie.exemple:3128/")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert lire_chemin(poste) == Chemin("adresse", "proxy.mairie.exemple:3128")
    assert chemin.adresse.texte() == "proxy.mairie.exemple:3128" and not chemin.adresse.message()
    chemin.radios["systeme"].click()
    g.calme()
    assert lire_chemin(poste) == Chemin("systeme") and not chemin.adresse.isVisible()


def test_le_telephone_d_aide_est_garde_des_qu_on_quitte_le_champ(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "papiers")
    telephone(g, page, "0327000000")
    assert lire_reglages(poste).telephone_aide == "0327000000"
    assert page.telephone.texte() == "03\u00a027\u00a000\u00a000\u00a000"
    assert page.garde.isVisible()
    telephone(g, page, "12")
    assert page.telephone.message() and not page.garde.isVisible()
    assert lire_reglages(poste).telephone_aide == "0327000000"


def test_un_numero_en_train_d_etre_tape_n_est_pas_perdu(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "papiers")
    page.telephone.saisie.setFocus()
    g.frapper("0327000001")
    page.quitter()
    g.calme()
    assert lire_reglages(poste).telephone_aide == "0327000001"


def recours(g: Guichet, page: PageReglages, texte: str) -> None:
    """Types an address on its lines, then Tab."""
    page.lignes_recours.setFocus()
    g.touche(Qt.Key.Key_A, CTRL)
    g.touche(Qt.Key.Key_Delete)
    for rang, ligne in enumerate(texte.split("\n")):
        if rang:
            g.touche(Qt.Key.Key_Return)
        QTest.keyClicks(page.lignes_recours, ligne)
    g.tabuler()
    g.calme()


def test_l_adresse_pour_contester_se_tape_sur_ses_lignes_et_s_applique_aussitot(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "papiers")
    assert any("la lettre dit de la demander au guichet" in texte for texte in g.textes())
    recours(g, page, "Region d'essai\n1 rue de l'Exemple\n59000 LILLE\n")
    assert g.focus is not page.lignes_recours, "Tab leaves the field"
    assert lire_reglages(poste).adresse_recours == ("Region d'essai", "1 rue de l'Exemple", "59000 LILLE")
    assert page.recours.texte() == "Region d'essai\n1 rue de l'Exemple\n59000 LILLE"
    assert page.recours_garde.isVisible() and not page.recours.message()
    recours(g, page, "x" * 61)
    assert "60" in page.recours.message() and not page.recours_garde.isVisible()
    assert page.recours.texte() == "x" * 61, "what was typed stays, to be mended"
    g.bureau.navigation.setFocus()
    page.actualiser()
    g.calme()
    assert page.recours.texte() == "x" * 61
    assert lire_reglages(poste).adresse_recours[0] == "Region d'essai"
    recours(g, page, "")
    assert lire_reglages(poste).adresse_recours == () and not page.recours.message()
    assert any("diront de demander l’adresse au guichet" in texte for texte in g.textes())


def test_une_adresse_en_train_d_etre_tapee_n_est_pas_perdue(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "papiers")
    page.lignes_recours.setFocus()
    QTest.keyClicks(page.lignes_recours, "Region")
    page.quitter()
    g.calme()
    assert lire_reglages(poste).adresse_recours == ("Region",)


def test_un_mediateur_lit_l_adresse_sans_pouvoir_la_changer(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    regler_adresse_recours(poste, "Région d’essai|59000 LILLE")
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    with guichet(replace(poste, agent_id=agent), theme, taches, qtbot) as g:
        page = reglages(g, "papiers")
        assert page.recours.texte() == "Région d’essai\n59000 LILLE"
        assert any("Un responsable du poste peut la changer." in texte for texte in g.textes())
        page.lignes_recours.setFocus()
        QTest.keyClicks(page.lignes_recours, "autre")
        g.tabuler()
        g.calme()
        assert page.recours.texte() == "Région d’essai\n59000 LILLE"
    assert lire_reglages(poste).adresse_recours == ("Région d’essai", "59000 LILLE")


def test_un_poste_pas_relie_mene_a_la_page_qui_relie(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    poste = creer_poste(
        tmp_path / "seul", PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.commencer()
        page = reglages(g, "poste")
        assert "Ce poste n’est pas encore relié à la Région." in g.textes()
        page.poste.relier.click()
        g.attendre(lambda: isinstance(g.page, PageEnrolement))
        relier = g.page
        assert isinstance(relier, PageEnrolement)
        theme.choisir(echelle=2.0)
        relier._montrer_mots(("arbre", "lampe", "rivière", "orange", "train", "violon"))
        g.calme()
        # The title, the words, what to do with them: nothing is cut, nothing scrolls.
        for mot in relier.findChildren(QLabel):
            if mot.isVisible():
                g.attendre(lambda m=mot: m.visibleRegion().boundingRect() == m.rect())
        relier._minuteur.stop()
    poste.fermer()


def test_le_choix_est_retrouve_dans_le_dossier_du_poste(tmp_path: Path, theme: Theme) -> None:
    programme = Programme(tmp_path, HorlogeSysteme(), theme, lambda: ImprimanteFichier(tmp_path / "papier"))
    try:
        theme.choisir("contraste", 1.5)
        assert load_preferences(tmp_path) == Preferences("contraste", 1.5)
        theme.choisir(raccourcis=False, mouvements=False)
        assert load_preferences(tmp_path) == Preferences("contraste", 1.5, False, False)
    finally:
        programme.fenetre.close()
        programme.fenetre.deleteLater()
        QApplication.processEvents()


def test_une_section_a_la_fois_aux_fleches_et_la_derniere_est_retrouvee(
    g: Guichet, poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    page = reglages(g)
    assert [r.titre for r in page.sections.liste.rangees] == [
        "Affichage", "Imprimante et papier", "Carnets et lettres", "Lieux", "Sauvegardes",
        "Données des personnes", "Journal et chiffres", "Agents", "S’entraîner", "Ce poste",
    ]  # fmt: skip
    assert page.confort.isVisible() and not page.telephone.isVisible()
    for _ in range(2):
        g.touche(Qt.Key.Key_Down)
    assert page.telephone.isVisible() and not page.confort.isVisible()
    g.tabuler()
    assert g.focus is page.telephone.saisie, "Tab goes into the section, not to those that are hidden"
    g.calme()
    with guichet(poste, theme, taches, qtbot) as demain:
        demain.bureau.commencer()
        suivante = reglages(demain)
        assert suivante.telephone.isVisible() and suivante.sections.liste.cle() == "papiers"


def test_ce_qui_est_tape_est_garde_quand_on_change_de_section(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "papiers")
    page.telephone.saisie.setFocus()
    g.frapper("0327000002")
    page.sections.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert lire_reglages(poste).telephone_aide == "0327000002"


def test_a_200_pour_cent_les_quatre_themes_sont_en_vue_avec_leurs_mots(g: Guichet) -> None:
    page = reglages(g)
    for echelle in (2.0, 1.0, 2.0):
        g.theme.choisir(echelle=echelle)
        for radio in page.modes.buttons():
            g.attendre(lambda r=radio: r.visibleRegion().boundingRect() == r.rect())
    assert rognes(g.fenetre) == []


def test_a_200_pour_cent_la_liste_devient_un_choix_en_haut(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = reglages(g)
    assert g.focus is page.sections.combo and not page.sections.liste.isVisible()
    g.touche(Qt.Key.Key_End)
    assert page.poste.isVisible() and not page.confort.isVisible()
    assert page.poste.titre.text() == page.sections.combo.currentText() and not page.poste.titre.isVisible(), (
        "said once"
    )
    g.theme.choisir(echelle=1.0)
    g.attendre(page.sections.liste.isVisible)
    assert page.poste.titre.isVisible()
    assert page.sections.liste.cle() == "poste" and g.focus is page.sections.liste


@pytest.mark.parametrize("mode", ["clair", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne_ni_mal_ecrit(g: Guichet, echelle: float, mode: str) -> None:
    g.theme.choisir(mode, echelle)
    page = reglages(g)
    page.poste.ouvrir.click()
    for section in ("affichage", "imprimante", "papiers", "lieux", "sauvegardes", "donnees", "poste"):
        page.viser(section, "")
        g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
        assert [texte for texte in g.textes() if typographie(texte) != texte and "/" not in texte] == []
        assert anonymes(g.page) == []


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_une_section_ouverte_d_ailleurs_laisse_le_clavier_dans_les_reglages(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = reglages(g, "affichage")
    page.confort.raccourcis.setFocus()
    page.viser("sauvegardes", "")
    g.calme()
    assert g.focus is page.sections.choix


def test_le_contact_pour_les_donnees_et_la_duree_se_gardent(g: Guichet, poste: Poste) -> None:
    page = reglages(g, "donnees")
    assert (page.donnees.lignes.isReadOnly(), page.donnees.duree.valeur()) == (False, 24)
    page.donnees.lignes.setFocus()
    page.donnees.contact.set_texte("Région\ndonnees@exemple.invalid")
    g.aller_a("Garder une fiche, après le dernier contact")
    g.calme()
    assert "C’est gardé. Les prochaines notices porteront ce contact." in g.textes()
    g.touche(Qt.Key.Key_Down)
    page.donnees.duree.activated.emit(page.donnees.duree.currentIndex())
    g.calme()
    lus = lire_donnees(poste)
    assert (lus.contact, lus.conservation_mois) == (("Région", "donnees@exemple.invalid"), 36)
    g.aller_a("Voir le registre")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: bool([w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier)]))
    g.calme()
    assert "Une page pour la personne chargée de la protection des données." in [
        etiquette.text() for etiquette in g.papier().findChildren(QLabel)
    ]
    g.fermer_papier()


def test_sans_reseau_une_cle_porte_les_actes_et_la_reponse_revient(
    g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offered after three days without the Region; what was done stays to be read."""
    page = reglages(g, "poste")
    carte = page.courrier
    assert carte.isHidden()
    assert isinstance(g.poste.horloge, HorlogeFixe)
    g.poste.horloge.instant += ATTENTE
    page = reglages(g, "poste")
    assert carte.isVisible() and carte.lire.isHidden()
    cle = tmp_path / "envoi"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cle), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(cle) + ".courrier", ""))
    carte.preparer.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert (tmp_path / "envoi.courrier").exists() and "La Région seule peut l’ouvrir" in carte.dit.texte()
    assert carte.lire.isVisible() and "réponse est attendue" in carte.attente.text()
    carte.preparer.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "existe déjà" in carte.dit.texte()
    carte.lire.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "pas une réponse" in carte.dit.texte() and carte.lire.isVisible()
    g.attendre(lambda: debordes(page) == [] and rognes(page) == [])
