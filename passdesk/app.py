"""The desktop program: paths, journal, tasks, window, and what happens between locked and open."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

import passdesk.ui.imports  # noqa: F401
from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.domain.horloge import Horloge, HorlogeSysteme
from passdesk.services.departs import Departs, journaliser, poste_existe
from passdesk.services.entrainement import Entrainement
from passdesk.storage.echange import oublier_une_preparation
from passdesk.storage.fichiers import reserver_les_fichiers
from passdesk.storage.verrou import appeler, preparer_appel, repondre, tenir_seul
from passdesk.tasks import TaskRunner
from passdesk.ui.affichage import Affichage
from passdesk.ui.aide.guide import Aide
from passdesk.ui.appel import Appel
from passdesk.ui.application import dossier_de_la_plateforme, imprimante_du_poste, ouvrir_application
from passdesk.ui.application import load_communes as load_communes
from passdesk.ui.deverrouillage import PageAttente, PageDeverrouillage
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.fin_de_session import fermer_avec_la_session
from passdesk.ui.imprevu import Imprevus
from passdesk.ui.lecture import Lecture
from passdesk.ui.panne import Pannes, dire
from passdesk.ui.preferences import load_preferences, save_preferences
from passdesk.ui.releve import Fermeture, Releve
from passdesk.ui.theme import Theme
from passdesk.ui.verrou import Verrou

if TYPE_CHECKING:
    from passdesk.services.impression import Imprimante
    from passdesk.services.poste import EtatPoste, Poste
    from passdesk.ui.suite import Bureau, Contexte, CycleEnvoi, Remplacement, SecondPoste, SigneReseau

_journal = logging.getLogger(__name__)
STABLE = timedelta(minutes=2)
"""After the desk is open: from then on, a stop is not that of its start."""


class Programme:
    """Owns the window and the tasks; goes from locked to open and back."""

    def __init__(self, dossier: Path, horloge: Horloge, theme: Theme, imprimante: Callable[[], Imprimante]) -> None:
        self._dossier, self._horloge, self._theme, self._imprimante = dossier, horloge, theme, cache(imprimante)
        self.taches = TaskRunner(KnownError, self._panne, self._imprevu)
        self.fenetre = Fenetre(theme)
        self.fenetre.fermeture.connect(self.fermer)
        self._entrainement = Entrainement(dossier)
        self.aide = Aide(self.fenetre, theme, self.taches, self._imprimante, self._entrainement)
        self.bureau: Bureau | None = None
        self._contexte: Contexte | None = None
        self._cycle: CycleEnvoi | None = None
        self._second: SecondPoste | None = None
        self._en_attente: Poste | None = None
        self._releve = Releve(self.taches, self._non_remis, self.verrouille)
        self._signe: SigneReseau | None = None
        self._pannes = Pannes(theme)
        self._imprevus = Imprevus(theme, dossier, horloge, self.diagnostiquer)
        self._departs: Departs | None = None
        self._sobre = False
        self._stable = QTimer(self.fenetre)
        self._stable.setSingleShot(True)
        self._verrouillable = True
        self.verrou = Verrou(self.fenetre, self.taches, horloge, lambda: self._page_deverrouillage(verrouille=True))
        self._a_installer = False
        self._affichage = Affichage(theme, dossier)
        self._lecture = Lecture(self.taches, self._suite_lue)
        self.fenetre.peinte.connect(self._lecture.commencer)

    def verrouille(self, note: str = "") -> None:
        """Shows the unlock page (or the first start). `note`: what has just been done."""
        if poste_existe(self._dossier):
            page = self._page_deverrouillage(note, verrouille=self.verrou.ferme)
            self.fenetre.montrer(page)
            page.arriver()
        else:
            self._commencer()

    def _commencer(self) -> None:
        """There is no desk here yet."""
        from passdesk.ui.suite import PagePremierDepart, commencer

        page = PagePremierDepart(self._theme, self.taches, self._dossier, self._horloge)
        page.ouvert.connect(self._installer)
        page.ouvert.connect(self.ouvrir)
        page.reprise.connect(self.secourir)
        page.entrainement.connect(lambda: page.avis.dire(*commencer(self._entrainement)))
        self.fenetre.montrer(page)
        page.arriver()

    def _page_deverrouillage(self, note: str = "", *, verrouille: bool = False) -> PageDeverrouillage:
        self._affichage.rendre()
        page = PageDeverrouillage(self._theme, self.taches, self._dossier, self._horloge, note, verrouille=verrouille)
        page.oubliee.connect(self._retrouver)
        page.secours.connect(self.secourir)
        page.ouvert.connect(self.ouvrir)
        return page

    def _installer(self, _: Poste) -> None:
        """A desk just made: the sheet and the Region come next."""
        self._a_installer = True

    def _retrouver(self, cle: str = "") -> None:
        """The passphrase is lost: the recovery sheet opens. `cle`: what it says, when it was just copied."""
        from passdesk.ui.suite import PageOubli

        page = PageOubli(self._theme, self.taches, self._dossier, self._horloge, cle)
        page.retour.connect(self.verrouille)
        page.secours.connect(partial(self.secourir, feuille=True))
        page.ouvert.connect(self.ouvrir)
        self.fenetre.montrer(page)
        page.arriver()

    def secourir(self, phrase: str | None = None, *, feuille: bool = False) -> None:
        """The base does not open: shows what the last good backup would bring back. None: there is no desk here yet.

        `feuille`: what was typed is the key of the recovery sheet.
        """
        from passdesk.ui.suite import PageRetour

        page = PageRetour(self._theme, self.taches, self._dossier, self._horloge, phrase, feuille)
        page.choisie.connect(self.restaurer)
        page.renonce.connect(self.verrouille)
        self.fenetre.montrer(page)
        page.arriver()

    def compter(self, departs: Departs) -> None:
        """Counts this start: a good one once the desk has been open for a while, or is closed in order."""
        self._departs = departs
        self._stable.timeout.connect(departs.stable)

    def proposer_reprise(self) -> None:
        """Asks before anything is done: the last starts all went wrong."""
        from passdesk.ui.suite import PageReprise

        page = PageReprise(self._theme, self.taches, self._dossier, self._horloge)
        page.choisi.connect(self._reprendre)
        page.diagnostic.connect(self.diagnostiquer)
        self.fenetre.montrer(page)
        page.arriver()

    def diagnostiquer(self) -> None:
        """Shows what the support may be given."""
        from passdesk.ui.suite import montrer_diagnostic

        poste = self.verrou.poste or self._en_attente
        montrer_diagnostic(self._theme, self.taches, self.fenetre, self._dossier, self._horloge, poste)

    def _reprendre(self, sobre: bool) -> None:
        self._sobre = sobre
        if sobre:
            _journal.info("safe start")
        self.verrouille()

    def demontrer(self, ouvrir: Callable[[], Poste]) -> None:
        """Shows a desk made by `ouvrir` in the `base` thread; nobody knows its passphrase, so it cannot be locked."""
        from passdesk.ui.suite import BandeEntrainement, textes_aide

        self._verrouillable = False
        self.aide.entrainement = None
        self.fenetre.setWindowTitle(textes_aide.TITRE_ENTRAINEMENT)
        self.fenetre.setMenuWidget(BandeEntrainement(self._theme))
        self.fenetre.montrer(PageAttente(self._theme, textes_aide.ENTRAINEMENT_ATTENTE))
        self.taches.lancer("base", ouvrir, apres=self.ouvrir, sur_panne=self._renoncer)

    def ouvrir(self, poste: Poste) -> None:
        """Shows the desk just opened in the `base` thread, as soon as the communes are read too.

        Locked, it shows again what was there.
        """
        from passdesk.ui.suite import etat_poste

        self._affichage.confier(poste.agent_id)
        if self.bureau is None:
            self._en_attente = poste
            self._lecture.commencer()
            if self._lecture.communes is None:
                return
        montrer = self._montrer_bureau if self.bureau is None else partial(self.verrou.rendre, poste)
        self.taches.lancer("base", etat_poste, poste, apres=montrer, sur_panne=partial(self._non_montre, poste))

    def _non_montre(self, poste: Poste, panne: KnownError) -> None:
        """The desk just opened could not be shown: it is closed again, and the page that asks for the passphrase says
        why. Shown already, whatever a bug did, it stays."""
        page = self.fenetre.contenu
        if not self._verrouillable:
            self._renoncer(panne)
        elif page is None or page is not self.bureau:
            fermetures: list[Fermeture] = [("base", poste.fermer)]
            for fermeture in fermetures if self.verrou.ferme else self._quitter_bureau():
                self.taches.lancer(*fermeture)
            if not isinstance(page, PageDeverrouillage):
                page = self._page_deverrouillage(verrouille=self.verrou.ferme)
                self.fenetre.montrer(page)
            self._affichage.rendre()
            page.echouer(panne)

    def restaurer(self, fichier: Path, phrase: str, feuille: bool = False) -> None:
        """Puts a desk that does not open back to a backup, and asks for the passphrase.

        `feuille`: `phrase` is the key of the recovery sheet, and another passphrase is chosen next.
        """
        from passdesk.ui.suite import Remplacement, restaurer, textes_sauvegarde

        faire = partial(restaurer, self._dossier, fichier, phrase, self._horloge)
        ensuite = partial(self._retrouver, phrase) if feuille else None
        self.remplacer(Remplacement(faire, textes_sauvegarde.ATTENTE, textes_sauvegarde.FAITE), ensuite)

    def remplacer(self, voulu: Remplacement, ensuite: Callable[[], None] | None = None) -> None:
        """Saves what is typed, closes the bases, replaces that of the desk, asks for the passphrase (or `ensuite`)."""
        fermetures = self._quitter_bureau()
        self.fenetre.montrer(PageAttente(self._theme, voulu.attente))
        self._releve.commencer(fermetures, voulu.faire, ensuite or partial(self.verrouille, voulu.faite))

    def _non_remis(self, panne: KnownError) -> None:
        self.verrouille()
        self._panne(panne)

    def fermer(self) -> None:
        """Saves what is typed, closes the bases in their threads, joins the threads; ends what was to replace the base.

        Out of sight: a backup to a slow stick, or a Region that does not answer, is waited for, and nobody has to look
        at a window that answers no more.
        """
        self.verrou.presse_papiers.vider()
        fermetures = [*self._quitter_bureau(), *self._releve.fermetures()]
        self.fenetre.hide()
        self.taches.fermer(*fermetures)
        if (refus := self._releve.achever()) is not None:
            self._panne(refus)

    def _suite_lue(self, panne: KnownError | None) -> None:
        if (poste := self._en_attente) is not None:
            self.ouvrir(poste) if panne is None else self._non_montre(poste, panne)

    def _montrer_bureau(self, etat: EtatPoste) -> None:
        poste, communes = self._en_attente, self._lecture.communes
        if poste is None or communes is None or self.bureau is not None:
            return
        from passdesk.ui import suite

        contexte = suite.Contexte(self.taches, poste, self._horloge, communes, self._theme, self._imprimante())
        contexte.entrainement = self.aide.entrainement
        self._second = suite.SecondPoste(poste, self.taches.arret.is_set, self.taches.interrompu)
        self._cycle = suite.CycleEnvoi(self.taches, self._second.synchroniser)
        if self._signe is None:
            self._signe = suite.SigneReseau()
            self._signe.ecouter()
        self._signe.revenu.connect(self._cycle.reseau_revenu)
        self._contexte = contexte
        self.bureau = suite.Bureau(contexte, self._cycle, suite.Parcours(), etat.nom_agent, self._second)
        self.verrou.prendre(self.bureau, contexte, self._second, poste, etat, veiller=self._verrouillable)
        self._en_attente = None
        if self._verrouillable:
            self.bureau.remplacement.connect(self.remplacer)
            self.aide.verrouillage.connect(self.verrou.verrouiller)
        else:
            self.bureau.navigation.verrou.hide()
        if not self._sobre:
            contexte.lancer(suite.ranger_papiers)
            # An erasure cut short, or made while the file was busy, is finished first.
            contexte.lancer(suite.faire_le_menage)
        _journal.info("desk open")
        self.fenetre.montrer(self.bureau)
        self.bureau.commencer(sobre=self._sobre)
        self._stable.start(int(STABLE.total_seconds() * 1000))
        if self._a_installer:
            self._a_installer = False
            self.bureau.installer()

    def _quitter_bureau(self) -> list[Fermeture]:
        """Lets the pages save, then says what is to be closed, and in which thread."""
        poste, second = self.verrou.lacher() or self._en_attente, self._second
        if self.bureau is not None and self._contexte is not None and self._cycle is not None:
            self._cycle.arreter()
            self.bureau.quitter()
            self._contexte.fermer()
            self.taches.oublier(self.bureau)
            self.taches.oublier(self._cycle)
            self.taches.oublier(self.bureau.gardien)
        self.bureau = self._contexte = self._cycle = self._second = self._en_attente = None
        fermetures: list[Fermeture] = []
        if second is not None:
            fermetures.append(("reseau", second.fermer))
        if poste is not None:
            fermetures.append(("base", poste.fermer))
        return fermetures

    def _renoncer(self, panne: KnownError) -> None:
        """Nothing can be shown: says why, then closes."""
        self._panne(panne)
        self.fenetre.close()

    def _panne(self, panne: KnownError) -> None:
        """A known trouble that no page told: its three sentences, calmly."""
        self._pannes.dire(panne, self.fenetre)

    def _imprevu(self, trouble: BaseException) -> None:
        """Told in one place, one dialog at a time, however many there are."""
        if self._departs is not None:
            self._departs.troubler()
        self._imprevus.dire(trouble, self.fenetre)

    def excepthook(self, _genre: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
        """For `sys.excepthook`: what went wrong in a slot."""
        self._imprevu(trouble)


def executer(
    dossier: Path,
    horloge: Horloge,
    imprimante: Callable[[], Imprimante],
    demonstration: Callable[[], Poste] | None = None,
) -> int:
    """Runs the window until it is closed; `demonstration`, run in the `base` thread, makes the desk to show.

    The window holds the desk alone (`passdesk.storage.verrou`): a second start brings it forward, or says in a dialog
    why it cannot, then raises PanneAttendue("deja_ouvert"); it has changed nothing.
    """
    with ExitStack() as pile:
        try:
            pile.enter_context(tenir_seul(dossier))
        except PanneAttendue as panne:
            if panne.code == "deja_ouvert" and appeler(dossier):
                raise
            _, theme = ouvrir_application(dossier)
            dire(theme, None, panne, "Fermer")
            raise
        oublier_une_preparation(dossier)
        return _montrer(dossier, horloge, imprimante, demonstration)


def _montrer(
    dossier: Path,
    horloge: Horloge,
    imprimante: Callable[[], Imprimante],
    demonstration: Callable[[], Poste] | None,
) -> int:
    fichier = journaliser(dossier)
    application, theme = ouvrir_application(dossier)
    programme = Programme(dossier, horloge, theme, imprimante)
    sys.excepthook = programme.excepthook
    with fermer_avec_la_session(programme.fenetre):
        departs = Departs(dossier) if demonstration is None else None
        if departs is not None:
            programme.compter(departs)
        if demonstration is not None:
            programme.demontrer(demonstration)
        elif departs is not None and departs.a_demander:
            _journal.warning("starts without an orderly end: %d", departs.avant)
            programme.proposer_reprise()
        else:
            programme.verrouille()
        appel = Appel(preparer_appel(dossier), repondre, programme.fenetre.venir_devant)
        programme.fenetre.apparaitre()
        try:
            code = application.exec()
            if departs is not None:
                departs.finir()
            return code
        finally:
            appel.deleteLater()
            programme.fermer()
            sys.excepthook = sys.__excepthook__
            logging.getLogger("passdesk").removeHandler(fichier)
            fichier.close()


def main(base_dir: Path | None, demo: bool) -> int:
    """Opens PassDesk on the desk of `base_dir` (the platform's folder when None); `demo`: on a made-up, throw-away
    one, with the text size and the colours of that desk."""
    reserver_les_fichiers()
    horloge = HorlogeSysteme()
    dossier = base_dir or dossier_de_la_plateforme()
    if demo:
        from passdesk.demonstration.bureau import Demonstration

        with Demonstration(horloge) as demonstration:
            # The text size and the colours of whoever practises: only read, there.
            save_preferences(demonstration.dossier, load_preferences(dossier))
            imprimante = partial(imprimante_du_poste, demonstration.dossier)
            return executer(demonstration.dossier, horloge, imprimante, demonstration.ouvrir)
    return executer(dossier, horloge, partial(imprimante_du_poste, dossier))
