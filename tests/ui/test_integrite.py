"""The check of the data as the agent sees it: a green line, what is wrong in words, and one button that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeFixe, HorlogeSysteme
from passdesk.services import second_poste, secours, visite
from passdesk.services.integrite import VerificationArretee, derniere_verification
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.sauvegarde import sauvegarder, sauvegarder_au_poste
from passdesk.storage import demandes, numerisations, personnes
from passdesk.storage.engine import FICHIER
from passdesk.ui.agents.oubli import PageOubli
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.composants import Btn, WrapLabel
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages import integrite as reglages_integrite
from passdesk.ui.reglages.integrite import CarteIntegrite
from passdesk.ui.reglages.restauration import PageRestauration
from passdesk.ui.reglages.textes_sauvegarde import FAITE
from passdesk.ui.retour import PageRetour
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, visite_accord
from tests.ui.guichet import Guichet
from tests.ui.test_fenetre import ProgrammeEssai, Scene

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def carte(g: Guichet) -> CarteIntegrite:
    """The card of *Réglages*."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    assert isinstance(g.page, PageReglages)
    g.page.viser("sauvegardes", "")
    g.calme()
    return g.page.integrite


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


def test_une_ligne_verte_dit_quand_tout_a_ete_verifie(g: Guichet, poste: Poste) -> None:
    c = carte(g)
    assert c.etat.texte() == "Pas encore vérifiées" and c.reparer.isHidden()
    appuyer(g, c.maintenant)
    actes = poste.base.db.table("operation").count
    assert c.etat.texte().startswith("Vérifiées à ") and c.etat.texte().endswith(f"tout est sain, {actes}\u00a0actes.")
    assert c.reparer.isHidden() and c.trouve.isHidden()
    assert not accueil(g).garde.isVisible()


def test_elle_s_arrete_d_un_bouton(g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a large desk it takes minutes, and exchanges wait behind it."""
    c, commencee = carte(g), Event()

    def sans_fin(_: Poste, arreter: Callable[[], bool]) -> None:
        commencee.set()
        while not arreter():
            pass
        raise VerificationArretee

    monkeypatch.setattr(second_poste, "verifier", sans_fin)
    c.maintenant.click()
    assert c.attente.isVisible() and not c.aide.isVisible()
    g.attendre(commencee.is_set)
    (arret,) = c.attente.findChildren(Btn)
    arret.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert c.attente.isHidden() and c.aide.isVisible() and g.focus is c.maintenant
    assert c.etat.texte() == "Pas encore vérifiées"
    # The next one is not stopped by what stopped this one.
    monkeypatch.undo()
    appuyer(g, c.maintenant)
    assert "tout est sain" in c.etat.texte()


def test_elle_se_fait_seule_une_fois_par_semaine(g: Guichet, poste: Poste) -> None:
    assert isinstance(poste.horloge, HorlogeFixe)
    for jours in (0, 6, 1):
        poste.horloge.instant += timedelta(days=jours)
        g.bureau.gardien.demander(en_tout_cas=False)
        g.calme()
        if jours < 6:
            assert derniere_verification(poste).faite_le == poste.horloge.maintenant()
        else:
            assert derniere_verification(poste).faite_le != poste.horloge.maintenant()


def test_ce_qui_pend_au_journal_se_refait_d_un_bouton(g: Guichet, poste: Poste) -> None:
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    poste.base.db.execute("UPDATE personne SET nom_naissance = 'Omega'")
    c = carte(g)
    appuyer(g, c.maintenant)
    assert (
        "quelque chose ne va pas" in c.etat.texte() and "1\u00a0fiche ne correspond plus au journal." in c.trouve.text()
    )
    assert "PassDesk peut tout refaire" in c.trouve.text() and "table" not in c.trouve.text()
    assert "ne va pas" in accueil(g).garde.quoi.text() and g.page.garde.isVisible()  # type: ignore[attr-defined]
    g.aller_a("Voir et réparer")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert isinstance(g.page, PageReglages) and g.page.integrite is c and c.reparer.isVisible()
    assert c.reparer.accessibleName() == "Refaire à partir du journal"
    appuyer(g, c.reparer)
    assert "tout est sain" in c.etat.texte() and c.reparer.isHidden() and g.focus is c.maintenant
    assert [p.nom_naissance for p in personnes.recentes(poste.base)] == ["Alpha"]
    assert not accueil(g).garde.isVisible()


def test_un_scan_abime_dit_de_qui_il_est_et_se_retire(
    g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    (personne,) = personnes.recentes(poste.base)
    (demande,) = demandes.par_personne(poste.base, personne.personne_id)
    cle = numerisations.enregistrer(poste.base, demande.demande_id, (b"page",))
    poste.base.db.execute("UPDATE numerisation SET octets = x'00'")
    c = carte(g)
    appuyer(g, c.maintenant)
    assert "papiers numérisés" in c.trouve.text() and personne.nom_complet in c.trouve.text()
    assert c.reparer.accessibleName() == "Retirer les scans abîmés"
    reponses = [False, True]
    monkeypatch.setattr(reglages_integrite, "confirmer", lambda *_, **__: reponses.pop(0))
    appuyer(g, c.reparer)
    assert numerisations.pages(poste.base, demande.demande_id, cle) and c.reparer.isVisible()
    appuyer(g, c.reparer)
    assert not numerisations.pages(poste.base, demande.demande_id, cle)
    assert "tout est sain" in c.etat.texte() and c.reparer.isHidden()


def test_un_journal_change_mene_a_la_derniere_bonne_sauvegarde(g: Guichet, poste: Poste) -> None:
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    sauvegarder_au_poste(poste)
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Bravo"))
    poste.base.db.execute("DROP TRIGGER operation_fige_update")
    poste.base.db.execute("UPDATE operation SET wall = wall + 1 WHERE seq = 3")
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(days=1)
    # The backup of the day refuses what is not sound, and the check names it at once.
    g.bureau.gardien.demander(en_tout_cas=False)
    g.calme()
    assert [p.code for p in derniere_verification(poste).problemes] == ["forme_differente", "chaine_rompue"]
    c = carte(g)
    assert "L’acte 1-3 du journal ne va pas\u00a0: il a été changé" in c.trouve.text()
    assert c.reparer.accessibleName() == "Revenir à une sauvegarde…"
    appuyer(g, c.reparer)
    page = g.page
    assert isinstance(page, PageRestauration)
    g.frapper(PHRASE)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    dits = "\n".join(mots.text() for mots in page.apercu.findChildren(QLabel) if mots.isVisible())
    assert (
        "Tout ce qui a été enregistré depuis est gardé" in dits
        and page.renoncer.text() == "Ne rien changer"
        and page.revenir.isVisible()
    )


def test_sans_aucune_sauvegarde_on_choisit_le_fichier(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fichier = sauvegarder(poste, tmp_path / "ailleurs.sauvegarde").chemin
    poste.base.db.execute("DROP TRIGGER operation_fige_update")
    poste.base.db.execute("UPDATE operation SET wall = wall + 1 WHERE seq = 1")
    c = carte(g)
    appuyer(g, c.maintenant)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    appuyer(g, c.reparer)
    assert isinstance(g.page, PageReglages)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    appuyer(g, c.reparer)
    assert isinstance(g.page, PageRestauration)


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[Scene]:
    """A desk whose base does not open any more, with a backup of the eve."""
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Alpha", pieces=())) is not None
    sauvegarder_au_poste(poste)
    poste.fermer()
    (tmp_path / "poste" / FICHIER).write_bytes(b"plus rien" * 5000)
    with _programme(tmp_path / "poste", qtbot, theme) as ouverte:
        yield ouverte


@contextmanager
def _programme(dossier: Path, qtbot: QtBot, theme: Theme) -> Iterator[Scene]:
    programme = ProgrammeEssai(dossier, theme)
    programme.verrouille()
    programme.fenetre.show()
    programme.fenetre.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is programme.fenetre)
    page = programme.fenetre.contenu
    assert isinstance(page, PageSeuil)
    page.arriver()
    scene = Scene(qtbot, programme)
    scene.calme()
    yield scene
    programme.fenetre.close()
    programme.fermer()
    programme.fenetre.deleteLater()
    assert programme.imprevus == []


def _jusqu_au_secours(scene: Scene) -> PageRetour:
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.calme()
    page = scene.deverrouillage()
    assert isinstance(page, PageDeverrouillage)
    assert "ne s’ouvrent pas" in page.abime.quoi.text() and "Ne déplacez rien" in page.abime.suite.text()
    assert page.phrase.message() == "" and page.oubli.isHidden(), "the phrase is not at fault"
    assert page.bouton.text() == "Revenir à une sauvegarde" and page.bouton.hasFocus()
    scene.touche(Qt.Key.Key_Space)
    scene.calme()
    secours = scene.programme.fenetre.contenu
    assert isinstance(secours, PageRetour)
    return secours


def test_une_base_qui_ne_s_ouvre_plus_revient_depuis_la_page_d_ouverture(scene: Scene, tmp_path: Path) -> None:
    page = _jusqu_au_secours(scene)

    def dits() -> str:
        return "\n".join(mots.text() for mots in page.findChildren(WrapLabel) if mots.isVisible())

    scene.attendre(lambda: "Personnes\u00a0: 1." in dits() and ".sauvegarde" in dits())
    scene.touche(Qt.Key.Key_Space)
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    assert FAITE in [mots.text() for mots in scene.deverrouillage().findChildren(QLabel)]
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert [p.nom_naissance for p in personnes.recentes(poste.base)] == ["Alpha"]
    poste.fermer()


def test_laisser_tel_quel_ne_change_rien(scene: Scene, tmp_path: Path) -> None:
    page = _jusqu_au_secours(scene)
    page.garder.setFocus()
    scene.touche(Qt.Key.Key_Space)
    scene.calme()
    assert isinstance(scene.programme.fenetre.contenu, PageDeverrouillage)
    assert (tmp_path / "poste" / FICHIER).read_bytes() == b"plus rien" * 5000


def test_sans_bonne_sauvegarde_la_page_le_dit_et_laisse_choisir(scene: Scene, tmp_path: Path) -> None:
    for fichier in (tmp_path / "poste" / "sauvegardes").iterdir():
        fichier.write_bytes(fichier.read_bytes()[:-20])
    page = _jusqu_au_secours(scene)
    assert "Aucune bonne sauvegarde" in page.refus.texte() and not page.bouton.isEnabled()
    assert page.autre.hasFocus()


@pytest.mark.parametrize("perdu", [FICHIER, "poste.cles"])
def test_un_fichier_disparu_mene_aussi_a_la_sauvegarde(tmp_path: Path, qtbot: QtBot, theme: Theme, perdu: str) -> None:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    sauvegarder_au_poste(poste)
    poste.fermer()
    (tmp_path / "poste" / perdu).unlink()
    with _programme(tmp_path / "poste", qtbot, theme) as scene:
        scene.taper(PHRASE)
        scene.touche(Qt.Key.Key_Return)
        scene.calme()
        page = scene.deverrouillage()
        assert page.bouton.text() == "Revenir à une sauvegarde" and page.phrase.message() == ""
        assert "n’est plus là" in page.abime.quoi.text()
        scene.touche(Qt.Key.Key_Space)
        scene.calme()
        retour = scene.programme.fenetre.contenu
        assert isinstance(retour, PageRetour)
        scene.attendre(retour.bouton.isEnabled)
        scene.touche(Qt.Key.Key_Space)
        scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
        scene.ouvrir()


def test_un_poste_reprend_sur_un_ordinateur_neuf(
    tmp_path: Path, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The laptop is lost; its backup is on a stick, and nobody types a command."""
    poste = creer_poste(
        tmp_path / "perdu", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Alpha", pieces=())) is not None
    fichier = sauvegarder(poste, tmp_path / "clé usb.sauvegarde").chemin
    poste.fermer()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    with _programme(tmp_path / "neuf", qtbot, theme) as scene:
        depart = scene.premier_depart()
        depart.reprendre.setFocus()
        scene.touche(Qt.Key.Key_Space)
        scene.calme()
        page = scene.programme.fenetre.contenu
        assert isinstance(page, PageRetour)
        assert page.phrase.saisie.hasFocus() and not page.bouton.isEnabled()
        scene.taper("une autre phrase que la bonne")
        page.autre.click()
        scene.calme()
        assert "n’ouvre pas ce poste" in page.phrase.message() and not page.bouton.isEnabled()
        page.phrase.set_texte(PHRASE)
        scene.touche(Qt.Key.Key_Return)
        scene.attendre(page.bouton.isEnabled)
        assert any("Personnes\u00a0: 1." in mots.text() for mots in page.findChildren(WrapLabel))
        # Another passphrase typed over it: to be seen again.
        page.phrase.saisie.setFocus()
        scene.taper("x")
        assert not page.bouton.isEnabled()
        page.phrase.set_texte(PHRASE)
        scene.touche(Qt.Key.Key_Return)
        scene.attendre(page.bouton.isEnabled)
        scene.touche(Qt.Key.Key_Space)
        scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
        scene.ouvrir()
    remis = ouvrir_poste(tmp_path / "neuf", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert [p.nom_naissance for p in personnes.recentes(remis.base)] == ["Alpha"]
    remis.fermer()


def test_renoncer_a_reprendre_revient_au_premier_depart(tmp_path: Path, qtbot: QtBot, theme: Theme) -> None:
    with _programme(tmp_path / "neuf", qtbot, theme) as scene:
        scene.premier_depart().reprendre.click()
        page = scene.programme.fenetre.contenu
        assert isinstance(page, PageRetour)
        page.garder.click()
        scene.calme()
        assert scene.premier_depart().etape == 0


def test_sans_phrase_la_feuille_de_secours_reprend_le_poste_sur_un_ordinateur_neuf(
    tmp_path: Path, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no one remembers is on paper: the sheet, then another passphrase, and the desk is there."""
    poste = creer_poste(
        tmp_path / "perdu", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille)
    fichier = sauvegarder(poste, tmp_path / "clé usb.sauvegarde").chemin
    poste.fermer()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    with _programme(tmp_path / "neuf", qtbot, theme) as scene:
        scene.premier_depart().reprendre.click()
        page = scene.programme.fenetre.contenu
        assert isinstance(page, PageRetour) and page.cle.isHidden()
        page.par_feuille.setFocus()
        scene.touche(Qt.Key.Key_Space)
        assert page.cle.saisie.hasFocus() and not page.phrase.isVisible()
        scene.taper(feuille.cle_de_secours[:-1])
        page.autre.click()
        scene.calme()
        assert "a 28 signes, vous en avez tapé 27" in page.cle.message().replace("\u00a0", " ")
        scene.taper(feuille.cle_de_secours[-1])
        scene.touche(Qt.Key.Key_Return)
        scene.attendre(page.bouton.isEnabled)
        scene.touche(Qt.Key.Key_Space)
        scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageOubli))
        oubli = scene.programme.fenetre.contenu
        assert isinstance(oubli, PageOubli)
        scene.attendre(lambda: oubli.phrase.isVisible())
        for champ in (oubli.phrase.phrase, oubli.phrase.encore):
            champ.set_texte("violon rouge mardi cascade")
        oubli.valider()
        scene.attendre(lambda: scene.programme.bureau is not None)
    ouvrir_poste(tmp_path / "neuf", "violon rouge mardi cascade", HorlogeSysteme(), cout_index=INDEX_LEGER).fermer()


def test_la_feuille_mene_a_la_sauvegarde_quand_la_base_ne_s_ouvre_plus(
    tmp_path: Path, qtbot: QtBot, theme: Theme
) -> None:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille)
    sauvegarder_au_poste(poste)
    poste.fermer()
    (tmp_path / "poste" / FICHIER).unlink()
    with _programme(tmp_path / "poste", qtbot, theme) as scene:
        scene.deverrouillage().oubli.click()
        scene.calme()
        scene.taper(feuille.cle_de_secours)
        scene.touche(Qt.Key.Key_Return)
        scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageRetour))
        retour = scene.programme.fenetre.contenu
        assert isinstance(retour, PageRetour)
        scene.attendre(retour.bouton.isEnabled)
        scene.touche(Qt.Key.Key_Space)
        scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageOubli))
        oubli = scene.programme.fenetre.contenu
        assert isinstance(oubli, PageOubli)
        scene.attendre(lambda: oubli.phrase.isVisible())
