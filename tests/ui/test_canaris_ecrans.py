"""Three hundred words typed in every field of every screen are read nowhere outside the encrypted base.

The fields are found in the widgets, and the screens in the program: a new field is typed in without anybody asking, and
a new screen that this test does not open makes it fail.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

import passdesk.ui
from passdesk.services import fiche, visite
from passdesk.services.agents import agents_du_poste
from passdesk.services.decision import decision_du_carnet
from passdesk.services.departs import journaliser
from passdesk.services.diagnostic import diagnostiquer
from passdesk.services.effacement import effacer_personne
from passdesk.services.fusion import fusionner, fusions_de
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.services.sauvegarde import sauvegarder
from passdesk.storage import personnes
from passdesk.storage.engine import FICHIER
from passdesk.tasks import TaskRunner
from passdesk.ui.agents import PageFeuille, PageOubli
from passdesk.ui.agents.pages import PageAjout, PageCle, PagePhrase
from passdesk.ui.composants import Dialogue, Page
from passdesk.ui.decision.page import PageDecision
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.diagnostic import DialogueDiagnostic
from passdesk.ui.droits import PageDroits
from passdesk.ui.droits.effacement import PageEffacement
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.fournee.page import PageFournee
from passdesk.ui.importer.page import PageImporter
from passdesk.ui.impression.page import PageImpression
from passdesk.ui.journal.page import PageJournal
from passdesk.ui.lieux.importer import PageListe
from passdesk.ui.mots_diagnostic import texte
from passdesk.ui.papier.habitudes import Habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.modifier import PageFiche
from passdesk.ui.personnes.separation import PageSeparation
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.presse_papiers import PressePapiers
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.mesures import PageMesures
from passdesk.ui.reglages.restauration import PageRestauration
from passdesk.ui.remise.page import PageRemise
from passdesk.ui.reprise import PageReprise
from passdesk.ui.retour import PageRetour
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme
from passdesk.ui.tirages.page import PageTirages
from passdesk.ui.verifier.page import PageVerifier
from passdesk.ui.visite.homonyme import DialogueHomonyme
from passdesk.ui.visite.page import PageVisite
from tests.builders import PHRASE, visite_accord
from tests.e2e.canaris import fichiers, motif_binaire
from tests.e2e.pleine import TEMOIN, servir
from tests.storage.pages import pages_en_clair
from tests.ui.guichet import Guichet, guichet, poste_hors_ligne

MOTS = 300
TOURS = 5
"""Words typed one after the other in each field; the last one stays."""
COURT = 8
"""Letters below which what a field let in turns up by chance in what is encrypted."""
SANS_CHAMP = {
    "passdesk.ui.remise.recepisse.DialogueRecepisse",
    "passdesk.ui.droits.limitation.DialogueRaison",
    "passdesk.ui.homonyme.DialogueRetrait",
    "passdesk.ui.conservation.page.PageConservation",
    "passdesk.ui.conservation.dialogues.DialogueEffacer",
    "passdesk.ui.conservation.dialogues.DialogueGarde",
    "passdesk.ui.chiffres.page.PageChiffres",
    "passdesk.ui.rappels.page.PageRappels",
    "passdesk.ui.aide.papier.DialogueImpressionAide",
    "passdesk.ui.papier.attente.AttentePapier",
}
"""They ask with a list and buttons only; their modules make no field to type in."""
CHAMP = re.compile(r"QLineEdit|TextEdit|ChampLignes|ChampRecherche|SaisieDate|Field\((?![^\n]*saisie=)")
ALT = Qt.KeyboardModifier.AltModifier
Saisie = QLineEdit | QPlainTextEdit | QTextEdit
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def ecrans() -> set[str]:
    """Every screen and dialog of the program, by the name of its class."""
    for module in pkgutil.walk_packages(passdesk.ui.__path__, "passdesk.ui."):
        importlib.import_module(module.name)

    def feuilles(classe: type) -> Iterator[type]:
        dessous = classe.__subclasses__()
        if not dessous:
            yield classe
        for autre in dessous:
            yield from feuilles(autre)

    trouves = [classe for mere in (Page, PageSeuil, Dialogue) for classe in feuilles(mere)]
    return {f"{classe.__module__}.{classe.__name__}" for classe in trouves if classe.__module__.startswith("passdesk")}


class Main:
    """Types in all there is to type in, and remembers what stayed in a field."""

    def __init__(self) -> None:
        self.mots: set[str] = set()
        self.champs = 0
        self.vus: set[str] = set()
        self._rangs = count(1)

    def _mot(self) -> str:
        """Letters only, of a kind that no text and no random byte says."""
        rang, lettres = next(self._rangs), ""
        for _ in range(4):
            rang, reste = divmod(rang, 20)
            lettres += "bcdfghjklmnpqrstvwxz"[reste]
        return f"Qzj{lettres}Wky"

    def taper(self, ecran: QWidget) -> int:
        """In each field of the screen, folded ones too; how many there were."""
        self.vus.add(f"{type(ecran).__module__}.{type(ecran).__name__}")
        champs = [c for genre in (QLineEdit, QPlainTextEdit, QTextEdit) for c in ecran.findChildren(genre)]
        libres = [champ for champ in champs if not champ.isReadOnly() and champ.isEnabledTo(ecran)]
        for champ in libres:
            for tour in range(TOURS):
                self._remplir(champ, self._mot(), par_touches=tour == 0 and champ.isVisible())
        self.champs += len(libres)
        return len(libres)

    def _remplir(self, champ: Saisie, mot: str, *, par_touches: bool) -> None:
        if par_touches:
            champ.setFocus()
            QTest.keyClicks(champ, mot)
        elif isinstance(champ, QLineEdit):
            champ.setText(mot)
            champ.textEdited.emit(champ.text())
            champ.editingFinished.emit()
        else:
            champ.setPlainText(mot)
        reste = champ.text() if isinstance(champ, QLineEdit) else champ.toPlainText()
        trouve = re.search(r"Qzj[A-Za-z]+", reste)
        if trouve is not None and len(trouve.group()) >= COURT:
            self.mots.add(trouve.group())


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Poste]:
    temporaires = tmp_path / "temporaires"
    temporaires.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporaires))
    for nom in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(nom, str(temporaires))
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    yield poste
    poste.fermer()


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    garde = journaliser(poste.dossier)
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.bureau.commencer()
        ouvert.calme()
        yield ouvert
    logging.getLogger("passdesk").removeHandler(garde)
    garde.close()


def ouvreurs(g: Guichet, lieu: Path) -> Iterator[Callable[[], QWidget]]:
    """How each screen is come to; one that nobody comes to here is missed at the end."""
    c, bureau, taches, poste = g.contexte, g.bureau, g.taches, g.poste
    seuil = (g.theme, taches, poste.dossier, poste.horloge)
    accueil = bureau.page
    carnet = visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha")).carnet
    autre = servir(poste, lieu, TEMOIN, tout=False)
    tiers = visite.attribuer(poste, visite_accord(poste, nom_naissance="Charlie", naissance="01/02/1951")).carnet
    fusionner(poste, carnet.personne_id, autre)
    alpha, charlie = (personnes.get(poste.base, qui) for qui in (carnet.personne_id, tiers.personne_id))
    assert alpha is not None and charlie is not None
    correction = fiche.ouvrir(poste, charlie.personne_id)
    assert correction is not None
    decision = decision_du_carnet(poste, carnet.campagne, carnet.numero)
    attribue = visite.carnet_attribue(poste, carnet.campagne, carnet.numero)
    fichier = sauvegarder(poste, lieu / "copie.sauvegarde").chemin
    papier = ImprimanteSysteme(poste.dossier, ImprimanteFichier(poste.dossier / "papier"))
    for cle in ("aujourdhui", "personnes", "carnets", "a-verifier", "reglages", "lieux"):
        yield partial(bureau.montrer_lieu, cle) if cle != "aujourdhui" else lambda: bureau.page
    yield lambda: PageVisite(c, visite.ouvrir_visite(poste))
    yield lambda: PageFiche(c, correction)
    yield lambda: PageFusion(c, charlie, accueil)
    yield lambda: PageSeparation(c, alpha, fusions_de(poste, alpha.personne_id)[0], accueil)
    yield lambda: PageDroits(c, charlie, accueil)
    yield lambda: PageEffacement(c, charlie, accueil)
    yield lambda: PageDecision(c, decision, accueil)
    yield lambda: PageImpression(c, attribue)
    yield lambda: PageRemise(c, attribue)
    yield lambda: PageFournee(c)
    yield lambda: PageTirages(c)
    yield lambda: PageVerifier(c)
    yield lambda: PageImporter(c)
    yield lambda: PageListe(c)
    yield lambda: PageJournal(c)
    yield lambda: PageMesures(c, papier, "Accueil", Habitude(), accueil)
    yield lambda: PageRestauration(c, fichier, accueil)
    yield lambda: PageEnrolement(c, g.bureau._liaison)
    yield lambda: PageAjout(c, accueil)
    yield lambda: PagePhrase(c, agents_du_poste(poste)[0], accueil)
    yield lambda: PageCle(c, accueil)
    yield lambda: PageFeuille(c, lambda: None)
    yield lambda: PagePremierDepart(*seuil[:2], lieu / "neuf", poste.horloge)
    yield lambda: PageDeverrouillage(*seuil)
    yield lambda: PageOubli(*seuil)
    yield lambda: PageRetour(*seuil, PHRASE)
    yield lambda: PageReprise(*seuil)
    yield lambda: DialogueHomonyme(g.theme, g.fenetre)
    lu = diagnostiquer(poste.dossier, poste.horloge, poste)
    yield lambda: DialogueDiagnostic(g.theme, taches, g.fenetre, poste.dossier, lu)


def lus(motif: re.Pattern[bytes], *dossiers: Path) -> set[tuple[str, bytes]]:
    """Where a word is read, and which."""
    return {(f.name, vu.group()) for f in fichiers(*dossiers) for vu in motif.finditer(f.read_bytes())}


def test_what_is_typed_anywhere_is_read_nowhere(g: Guichet, tmp_path: Path) -> None:
    """Base and its log while it is open, scans, drafts, journal, temporary files; then closed, and locked."""
    main = Main()
    ouverts: list[QWidget] = []
    for ouvrir in ouvreurs(g, tmp_path):
        ecran = ouvrir()
        ouverts.append(ecran)
        if not isinstance(ecran, Page):
            ecran.show()
        elif ecran is not g.page:
            g.bureau.ouvrir_page(ecran)
        g.attendre(lambda: g.taches.en_cours == 0)
        if isinstance(ecran, PageReglages):
            for section in ecran.sections._sections:
                ecran.sections.ouvrir(section.cle)
            g.attendre(lambda: g.taches.en_cours == 0)
        main.taper(ecran)
        g.attendre(lambda: g.taches.en_cours == 0)
        if isinstance(ecran, Page):
            ecran.quitter()
        elif isinstance(ecran, QDialog):
            ecran.reject()
        else:
            ecran.hide()
    assert ecrans() - main.vus == SANS_CHAMP, "screens that no word was typed in"
    for nom in SANS_CHAMP:
        source = importlib.import_module(nom.rpartition(".")[0]).__file__
        assert source is not None and not CHAMP.search(Path(source).read_text(encoding="utf-8")), nom
    g.attendre(lambda: g.taches.en_cours == 0)
    assert main.champs >= 60 and len(main.mots) >= MOTS
    cherche = motif_binaire(main.mots)
    # They are really there, in the pages of the base in clear: the search sees what it must.
    claires = b"".join(pages_en_clair(g.poste.dossier / FICHIER, g.poste.cle))
    assert cherche.search(claires)
    assert lus(cherche, tmp_path) == set()
    # What an agent asks of the program to send to whoever helps.
    bon_pour_envoi = texte(diagnostiquer(g.poste.dossier, g.poste.horloge, g.poste))
    assert "Établi le" in bon_pour_envoi and not cherche.search(bon_pour_envoi.encode())
    # A word copied from a field is gone once the desk is locked.
    presse = PressePapiers()
    copie = QLineEdit(next(iter(main.mots)))
    copie.selectAll()
    copie.copy()
    assert cherche.search(QGuiApplication.clipboard().text().encode())
    presse.vider()
    assert not cherche.search(QGuiApplication.clipboard().text().encode())
    for ecran in ouverts:
        if not isinstance(ecran, Page):
            ecran.deleteLater()
    QApplication.processEvents()


def test_what_was_typed_of_a_person_erased_is_not_even_in_the_open_base(g: Guichet) -> None:
    main, poste = Main(), g.poste
    page = g.visite(visite_accord(poste, pieces=()))
    main.taper(page)
    g.calme()
    # All that was typed, but for what must be a day, a town and a number.
    bon = visite_accord(poste)
    typee = replace(
        page.en_cours.brouillon,
        naissance=bon.naissance,
        commune=bon.commune,
        telephone=bon.telephone,
        pieces=(),
        arrivee_le=bon.arrivee_le,
    )
    garde = visite.garder(poste, typee)
    assert garde is not None and garde.personne_id is not None
    cherche = motif_binaire(main.mots)
    claires = b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle))
    assert len({vu.group() for vu in cherche.finditer(claires)}) >= 5
    g.bureau.oublier_personnes(frozenset({garde.personne_id}))
    effacer_personne(poste, garde.personne_id)
    poste.base.compacter()
    assert not cherche.search(b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle)))
