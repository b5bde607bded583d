"""Many carnets in a row, by keys alone: the pile, its progress, its stop, one question, nothing reprinted alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.gabarit import ORDINAIRE, Support
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage, tirages
from passdesk.services.visite import attribuer
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.fournee import PageFournee
from passdesk.ui.papier import textes as mots_papier
from passdesk.ui.papier.habitudes import Habitude, save_habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import CTRL, Guichet, dossier_papier, guichet, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.parc import ParcPdf
from tests.ui.test_composants import anonymes
from tests.ui.test_reglage_imprimante import TROP_PETIT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier
GENS = (("Walbecq", "Odette", "01/02/1960"), ("Kone", "Awa", "30/09/1985"), ("Dufresnoy", "Maëlle", "12/04/1987"))
PILE = ["Maëlle Dufresnoy", "Awa Kone", "Odette Walbecq"]


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for nom, prenoms, naissance in GENS:
        besoins = ("gros_caracteres",) if nom == "Walbecq" else ()
        attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance, besoins=besoins))
    yield poste
    poste.fermer()


@dataclass
class Bac:
    """A printer watched: what went, in order; `pause` holds the job of this rank, `panne` refuses it."""

    partis: list[str] = field(default_factory=list)
    pause: int = 0
    panne: int = 0
    suite: threading.Event = field(default_factory=threading.Event)

    def sortir(self, papier: Papier, nom: str) -> Path:
        self.partis.append(nom)
        if len(self.partis) == self.pause:
            self.suite.wait()
        if len(self.partis) == self.panne:
            raise PanneAttendue("imprimante_muette")
        return Path(nom)


@pytest.fixture
def parc(tmp_path: Path) -> ParcPdf:
    (tmp_path / "sorties").mkdir()
    return ParcPdf(tmp_path / "sorties", "Accueil", "Étage")


@pytest.fixture
def systeme(poste: Poste, parc: ParcPdf) -> ImprimanteSysteme:
    return ImprimanteSysteme(poste.dossier, ImprimanteFichier(poste.dossier / DOSSIER_PAPIER), parc)


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, systeme: ImprimanteSysteme) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot, systeme) as ouvert:
        ouvert.bureau.commencer()
        ouvert.calme()
        yield ouvert


def ouvrir(g: Guichet) -> PageFournee:
    """Alt+3, then Tab to the button."""
    g.touche(Qt.Key.Key_3, ALT)
    assert isinstance(g.page, PageCarnets)
    g.aller_a("Imprimer plusieurs carnets")
    g.touche(Qt.Key.Key_Return)
    g.attendre(lambda: isinstance(g.page, PageFournee))
    page = g.page
    assert isinstance(page, PageFournee)
    if not page.travail.en_cours:
        g.calme()
    return page


def partir(g: Guichet, page: PageFournee) -> None:
    """Ctrl+Entrée, then waits for each carnet in turn: a pile takes as long as it is high."""
    g.touche(Qt.Key.Key_Return, CTRL)
    while page.travail.en_cours:
        badges_avant = badges(page)
        g.attendre(lambda avant=badges_avant: badges(page) != avant or not page.travail.en_cours)
    g.calme()


def etats(poste: Poste) -> list[Etat]:
    """Of the three, in the order of the pile."""
    lus = {suivi.carnet.numero: suivi.carnet.etat for suivi in carnets.par_etat(poste.base, *Etat)}
    return [lus[numero] for numero in sorted(lus, reverse=True)]


def badges(page: PageFournee) -> list[str]:
    return [rangee.badge for rangee in page.liste.rangees]


def test_la_pile_se_coche_et_part_dans_l_ordre_des_noms(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    page = ouvrir(g)
    assert g.focus is page.liste
    assert [rangee.titre for rangee in page.liste.rangees] == PILE
    assert all(rangee.lue.endswith("coché") for rangee in page.liste.rangees)
    assert page.bouton.texte() == "Imprimer 3\u00a0carnets" and "3\u00a0carnets, 11\u00a0feuilles" in g.textes()
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Space)
    assert page.bouton.texte() == "Imprimer 2\u00a0carnets" and "2\u00a0carnets, 8\u00a0feuilles" in g.textes()
    assert page.liste.rangees[1].lue.endswith("non coché")
    partir(g, page)
    assert parc.ouvertes == ["Accueil", "Accueil"]
    assert [len(textes_du_pdf(pdf.read_bytes())) for pdf in parc.sorties()] == [3, 5]
    assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION, Etat.ATTRIBUE, Etat.A_CONFIRMER_IMPRESSION]
    assert page.question is not None
    assert page.bouton.texte() == "Répondez d’abord" and not page.bouton.isEnabled()
    assert badges(page) == ["À regarder", "À regarder"]
    g.touche(Qt.Key.Key_1)
    assert page.bouton.texte() == "Noter que tout est sorti" and badges(page) == ["Bon", "Bon"]
    g.valider()
    assert etats(poste) == [Etat.IMPRIME, Etat.ATTRIBUE, Etat.IMPRIME]
    assert "2\u00a0carnets sont imprimés." in g.textes() and "Ils attendent leur remise." in g.textes()
    assert [rangee.titre for rangee in page.liste.rangees] == ["Awa Kone"]
    assert page.bouton.texte() == "Imprimer 1\u00a0carnet", "what was left aside goes next, unless it is unticked again"
    assert g.focus is page.liste
    assert parc.ouvertes == ["Accueil", "Accueil"], "nothing goes by itself"
    (premier, *_) = carnets.par_etat(poste.base, Etat.IMPRIME)
    assert tirages(poste, premier.carnet)[0].imprimante == "Accueil"


def test_tout_decocher_puis_tout_cocher(g: Guichet) -> None:
    page = ouvrir(g)
    page.carte.bascule.setFocus()
    g.touche(Qt.Key.Key_Return)
    assert page.bouton.texte() == "Imprimer" and not page.bouton.isEnabled()
    assert "Cochez les carnets à imprimer." in g.textes()
    g.valider()
    assert page.question is None
    g.touche(Qt.Key.Key_Return)
    assert page.bouton.texte() == "Imprimer 3\u00a0carnets" and page.bouton.isEnabled()


def test_arrete_en_route_et_seule_la_suite_repart(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    page = ouvrir(g)
    partir(g, page)
    g.touche(Qt.Key.Key_2)
    assert page.bouton.texte() == "Dites à quel carnet"
    g.valider()
    assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION] * 3, (
        "nothing is called good before it is told where it stopped"
    )
    g.aller_a("Au carnet")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    assert page.demande.carnet.currentText() == "127\u00a00000022 · Awa Kone"
    assert page.bouton.texte() == "Dites à quelle feuille" and not page.bouton.isEnabled()
    assert badges(page) == ["À regarder"] * 3
    g.aller_a("À la feuille")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    assert page.demande.feuille.currentText() == "Feuille\u00a02"
    assert badges(page) == ["Bon", "Feuilles\u00a02 et\u00a03 à refaire", "À refaire"]
    assert page.bouton.texte() == "Noter 2\u00a0carnets à refaire"
    g.valider()
    assert etats(poste) == [Etat.IMPRIME, Etat.ATTRIBUE, Etat.ATTRIBUE]
    assert "1\u00a0carnet est imprimé." in g.textes() and "2\u00a0carnets à refaire, mêmes numéros." in g.textes()
    assert [rangee.detail.split(" · ")[2] for rangee in page.liste.rangees] == [
        "feuilles\u00a02 et\u00a03",
        "5\u00a0feuilles",
    ]
    assert len(parc.ouvertes) == 3, "nothing goes by itself"
    partir(g, page)
    assert [len(textes_du_pdf(pdf.read_bytes())) for pdf in parc.sorties()] == [3, 3, 5, 2, 5]
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert etats(poste) == [Etat.IMPRIME] * 3
    assert "2\u00a0carnets sont imprimés." in g.textes() and g.focus is page.remettre
    g.valider()
    carnets_page = g.page
    assert isinstance(carnets_page, PageCarnets)
    assert carnets_page.filtre.currentText() == "À imprimer ou à remettre"
    assert [rangee.badge for rangee in carnets_page.liste.rangees] == ["À remettre"] * 3
    assert carnets_page.primaire() is not None and carnets_page.primaire().texte() == "Remettre le carnet"


def test_sur_une_autre_imprimante_seul_repart_ce_qui_manque_dispose_comme_le_reste(g: Guichet, poste: Poste) -> None:
    """Whole, its first pass would be on two papers; laid out for another paper, one carnet would have two layouts."""
    page = ouvrir(g)
    partir(g, page)
    g.touche(Qt.Key.Key_2)
    g.aller_a("Au carnet")
    g.touche(Qt.Key.Key_Down)
    g.aller_a("À la feuille")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    g.valider()
    assert "feuilles\u00a02 et\u00a03" in page.liste.rangees[0].detail
    g.aller_a("Imprimante")
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert page.choix.liste.currentText() == "Étage"
    g.aller_a("Papier dans l’imprimante")
    g.touche(Qt.Key.Key_Down)
    assert page.support.support is not Support.ORDINAIRE
    assert "feuilles\u00a02 et\u00a03" in page.liste.rangees[0].detail
    partir(g, page)
    arrete = carnets.get(poste.base, 127, 23)
    assert arrete is not None
    dernier = dernier_tirage(poste, arrete)
    assert dernier is not None and (dernier.gabarit, dernier.feuilles) == (ORDINAIRE, (2, 3))


def test_le_carnet_choisi_dans_la_liste_est_celui_ou_ca_s_est_arrete(g: Guichet) -> None:
    page = ouvrir(g)
    partir(g, page)
    g.touche(Qt.Key.Key_2)
    page.liste.setFocus()
    assert page.demande.carnet.valeur() is None
    g.touche(Qt.Key.Key_Down)
    assert page.demande.carnet.valeur() == 1 == page.liste.currentIndex().row()
    g.aller_a("À la feuille")
    for _ in range(3):
        g.touche(Qt.Key.Key_Down)
    assert badges(page) == ["Bon", "Feuille\u00a03 à refaire", "À refaire"]


def test_les_illisibles_se_cochent_et_les_autres_sont_bons(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    partir(g, page)
    g.touche(Qt.Key.Key_4)
    assert page.bouton.texte() == "Cochez les carnets illisibles" and not page.bouton.isEnabled()
    g.aller_a("Carnets partis à l’imprimante")
    g.touche(Qt.Key.Key_Space)
    assert badges(page) == ["À refaire", "Bon", "Bon"]
    assert page.bouton.texte() == "Noter 1\u00a0carnet à refaire"
    g.valider()
    assert etats(poste) == [Etat.ATTRIBUE, Etat.IMPRIME, Etat.IMPRIME]
    (illisible,) = carnets.par_etat(poste.base, Etat.ATTRIBUE)
    assert [tirage.sortie for tirage in tirages(poste, illisible.carnet)] == ["illisible"]
    partir(g, page)
    assert page.bouton.texte() == "Répondez d’abord", "no answer is left from before"
    g.touche(Qt.Key.Key_4)
    assert page.bouton.texte() == "Cochez les carnets illisibles", "the same carnet again: no tick is left from before"


def test_rien_n_est_sorti(g: Guichet, poste: Poste) -> None:
    partir(g, ouvrir(g))
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert etats(poste) == [Etat.ATTRIBUE] * 3
    assert "Rien n’est imprimé." in g.textes()


def test_plus_tard_garde_la_question_et_carnets_la_rappelle(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    partir(g, page)
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert g.page is not page
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    assert "3\u00a0carnets sont partis ensemble. Impression à confirmer." in g.textes()
    assert isinstance(g.page, PageCarnets)
    assert g.page.primaire() is g.page.dire, "the answer for all comes before that of one"
    assert g.page.detail is not None and g.page.detail.bouton is not None
    assert g.page.detail.bouton.genre == "secondaire"
    g.valider()
    assert g.page is page and page.question is not None and g.focus is page.demande.tuiles["tout"].radio
    g.touche(Qt.Key.Key_1)
    g.valider()
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    assert not any("partis ensemble" in texte for texte in g.textes())


def test_un_carnet_repondu_seul_sort_de_la_question(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    partir(g, page)
    assert page.question is not None
    seul = page.question.carnets[1].carnet
    repondre(poste, seul.campagne, seul.numero, "tout")
    g.contexte.signaler("carnets")
    g.calme()
    assert [rangee.titre for rangee in page.liste.rangees] == ["Maëlle Dufresnoy", "Odette Walbecq"]
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert etats(poste) == [Etat.ATTRIBUE, Etat.IMPRIME, Etat.ATTRIBUE]


def test_une_imprimante_muette_au_milieu_laisse_les_autres_a_imprimer(
    g: Guichet, poste: Poste, systeme: ImprimanteSysteme, monkeypatch: pytest.MonkeyPatch
) -> None:
    bac = Bac(panne=2)
    monkeypatch.setattr(systeme, "sortir", bac.sortir)
    page = ouvrir(g)
    partir(g, page)
    assert "L’imprimante ne répond pas." in g.textes()
    assert len(bac.partis) == 2
    assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION, Etat.A_CONFIRMER_IMPRESSION, Etat.ATTRIBUE]
    assert page.question is not None and [rangee.titre for rangee in page.liste.rangees] == PILE[:2]


def test_sans_imprimante_un_seul_fichier(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.commencer()
        g.calme()
        page = ouvrir(g)
        assert "Imprimante" not in g.textes()
        partir(g, page)
        (fichier,) = dossier_papier(poste)
        assert fichier.name.startswith("fournee-") and len(textes_du_pdf(fichier.read_bytes())) == 11
        assert {"Imprimez le fichier", "Copier ailleurs…", "Ouvrez-le, imprimez-le, puis répondez."} <= set(g.textes())
        assert g.focus is page.bouton and page.bouton.texte() == "Ouvrir le fichier"
        g.valider()
        assert g.visionneuse.ouverts == [fichier.name] and page.bouton.texte() == "Répondez d’abord"
        assert g.focus is page.demande.tuiles["tout"].radio
        g.touche(Qt.Key.Key_1)
        g.valider()
        assert list(fichier.parent.iterdir()) == [] and etats(poste) == [Etat.IMPRIME] * 3
        assert page.question is None


def test_un_disque_qui_refuse_se_dit_et_rien_n_est_perdu(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    (poste.dossier / DOSSIER_PAPIER).write_text("a file stands where the folder should be")
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.commencer()
        g.calme()
        ouvrir(g)
        g.valider()
        assert any(texte.startswith("Le fichier des carnets n’a pas pu être écrit.") for texte in g.textes())
        assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION, Etat.ATTRIBUE, Etat.ATTRIBUE]
        g.touche(Qt.Key.Key_3)
        g.valider()
        assert etats(poste) == [Etat.ATTRIBUE] * 3


def test_ce_qui_manque_au_poste_arrete_la_pile_au_premier_et_se_dit_une_fois(g: Guichet, poste: Poste) -> None:
    """Not a trouble of one carnet: the others would meet it too, and each be said to be left aside."""
    (poste.dossier / "appareil.cles").unlink()
    page = ouvrir(g)
    partir(g, page)
    assert "Il manque à ce poste le fichier de ses propres clés (appareil.cles)." in g.textes()
    assert any(texte.endswith("3\u00a0carnets restent à imprimer.") for texte in g.textes())
    assert etats(poste) == [Etat.ATTRIBUE] * 3 and page.question is None


def test_arreter_finit_le_carnet_en_cours_et_laisse_les_autres(
    g: Guichet, poste: Poste, systeme: ImprimanteSysteme, monkeypatch: pytest.MonkeyPatch
) -> None:
    bac = Bac(pause=2)
    monkeypatch.setattr(systeme, "sortir", bac.sortir)
    page = ouvrir(g)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: len(bac.partis) == 2)
    assert g.taches.devant("rendu") == mots_papier.PILE, "a paper opened now says what it waits for"
    assert "Carnet\u00a02 sur\u00a03 · 3\u00a0feuilles envoyées sur 11" in g.textes()
    assert badges(page) == ["Envoyé", "En cours", ""]
    assert page.primaire() is None
    # The desk serves meanwhile, and comes back to the same page.
    g.touche(Qt.Key.Key_1, ALT)
    assert g.page is not page
    assert ouvrir(g) is page
    g.aller_a("Arrêter")
    g.touche(Qt.Key.Key_Space)
    assert "Arrêt après ce carnet…" in g.textes() and g.focus is page.retour
    bac.suite.set()
    g.calme()
    assert len(bac.partis) == 2
    assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION, Etat.A_CONFIRMER_IMPRESSION, Etat.ATTRIBUE]
    assert "Arrêté après 2\u00a0carnets sur 3." in g.textes() and "1\u00a0carnet reste à imprimer." in g.textes()
    assert [rangee.titre for rangee in page.liste.rangees] == PILE[:2]


def test_un_carnet_imprime_ailleurs_entre_temps_est_laisse(
    g: Guichet, poste: Poste, systeme: ImprimanteSysteme, monkeypatch: pytest.MonkeyPatch
) -> None:
    bac = Bac(pause=1)
    monkeypatch.setattr(systeme, "sortir", bac.sortir)
    page = ouvrir(g)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: len(bac.partis) == 1)
    lancer_impression(poste, 127, 22)
    repondre(poste, 127, 22, "tout")
    bac.suite.set()
    g.calme()
    assert bac.partis == ["carnet-127-0000023.pdf", "carnet-127-0000021.pdf"]
    assert [rangee.titre for rangee in page.liste.rangees] == [PILE[0], PILE[2]]
    assert "Ce carnet ne s’imprime plus." in g.textes()


def test_des_bandes_trop_etroites_laissent_les_gros_caracteres(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    save_habitude(poste.dossier, "Accueil", Habitude(support=Support.BANDES_74))
    page = ouvrir(g)
    assert badges(page) == ["", "", "Autre papier"]
    assert any(t.startswith("Ces bandes sont trop étroites pour 1\u00a0carnet en gros caractères.") for t in g.textes())
    g.touche(Qt.Key.Key_End)
    g.touche(Qt.Key.Key_Space)
    assert page.bouton.texte() == "Imprimer 2\u00a0carnets"
    partir(g, page)
    assert len(parc.ouvertes) == 2 and etats(poste)[2] is Etat.ATTRIBUE


def test_une_imprimante_hors_echelle_ne_recoit_rien(
    g: Guichet, poste: Poste, parc: ParcPdf, systeme: ImprimanteSysteme
) -> None:
    save_habitude(poste.dossier, "Accueil", Habitude(TROP_PETIT))
    ouvrir(g)
    g.valider()
    assert any("change la taille des feuilles" in texte for texte in g.textes())
    assert etats(poste) == [Etat.ATTRIBUE] * 3 and parc.ouvertes == []


def test_rien_a_imprimer_dit_d_ou_viennent_les_carnets(g: Guichet, poste: Poste) -> None:
    for numero in (21, 22, 23):
        lancer_impression(poste, 127, numero)
    page = ouvrir(g)
    assert "Un carnet vient ici quand il est attribué sans être imprimé." in g.textes()
    assert page.primaire() is None and g.focus is page.voir
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(g.page, PageCarnets)


@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne_et_tout_porte_un_nom(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
    partir(g, page)
    for touche in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        g.touche(touche)
        g.calme()
        assert rognes(page) == [] and debordes(page) == []
        assert page.primaire() is page.bouton
        assert [cle for cle, t in page.demande.tuiles.items() if t.visibleRegion().boundingRect() != t.rect()] == []
    assert page.liste.isVisible(), "what is ticked is in sight with the answer that calls for it"
    assert (
        page.demande.quatre.mapToGlobal(QPoint(0, 0)).y() <= page.liste.mapToGlobal(QPoint(0, 0)).y() or echelle < 1.5
    )


@pytest.mark.parametrize("echelle", [1.5, 2.0])
def test_en_gros_texte_la_question_garde_la_liste_sous_les_yeux(g: Guichet, echelle: float) -> None:
    """What is asked about is in sight with each answer, what to do with it is said above it; one bar at most."""
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    partir(g, page)
    barre = page.liste.verticalScrollBar()
    for touche, reponse in ((None, None), (Qt.Key.Key_1, "tout"), (Qt.Key.Key_3, "rien"), (Qt.Key.Key_4, "illisible")):
        if touche is not None:
            g.touche(touche)
            g.calme()
        assert page.demande.groupe.valeur() == reponse
        premiere = page.liste.visualRect(page.liste.model().index(0, 0))
        g.attendre(lambda ou=premiere: page.liste.viewport().visibleRegion().boundingRect().contains(ou))
        # The texts that the answer brings take their height a turn later.
        g.attendre(lambda: barre.maximum() == 0 and not barre.isVisible())
        assert rognes(page) == []
        assert all(tuile.visibleRegion().boundingRect() == tuile.rect() for tuile in page.demande.tuiles.values())
    dit = next(mot for mot in page.findChildren(QLabel) if mot.isVisible() and mot.text().startswith("Cochez-les"))
    assert dit.mapTo(page, dit.rect().bottomLeft()).y() < page.liste.mapTo(page, page.liste.rect().topLeft()).y()
    g.touche(Qt.Key.Key_2)
    g.calme()
    assert not page.liste.isVisible() and page.demande.carnet.isVisible(), "where it stopped is chosen in its place"


@pytest.mark.parametrize("echelle", [1.25, 2.0])
def test_une_imprimante_arretee_laisse_voir_les_quatre_reponses(g: Guichet, parc: ParcPdf, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    parc.arretees.add("Accueil")
    partir(g, page)
    assert any("est arrêtée" in texte for texte in g.textes())
    for tuile in page.demande.tuiles.values():
        g.attendre(lambda t=tuile: t.visibleRegion().boundingRect() == t.rect())
