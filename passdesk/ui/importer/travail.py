"""The long work of an import, in short steps off the GUI thread: a visit or a printing goes between two of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.commune import Communes
from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.services.importer import Analyse, LigneAnalysee, Reperes, comparer, reperes
from passdesk.services.importer_actes import Suivi, dernier_import, inscrire, preparer, reprendre_import
from passdesk.services.importer_colonnes import Colonnes, colonnes_retenues, proposer_colonnes, retenir_colonnes
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.poste import Poste
from passdesk.services.tableur import Tableau, ouvrir_tableau
from passdesk.ui.contexte import Contexte
from passdesk.ui.importer import textes

PAUSE_SUIVI_MS = 200


class Travail(QObject):
    """One thing at a time; `arreter` leaves it there, with nothing recorded.

    `ouvert` carries (Tableau, Colonnes), `avance` what is done and how far, `regarde` the Analyse, `inscrit` and
    `repris` how many persons, `dernier` the DernierImport or None, `panne` the trouble that ended the work.
    """

    ouvert = Signal(object, object)
    avance = Signal(str, int, int)
    regarde = Signal(object)
    inscrit = Signal(int)
    repris = Signal(int)
    dernier = Signal(object)
    panne = Signal(object)

    def __init__(self, contexte: Contexte, ecran: QWidget) -> None:
        super().__init__(ecran)
        self._contexte, self._ecran = contexte, ecran
        self._tour = 0
        self._repertoire: RepertoireCommunes | None = None
        self._suivi: Suivi | None = None
        self._pouls = QTimer(self)
        self._pouls.setInterval(PAUSE_SUIVI_MS)
        self.en_cours = False

    def ouvrir(self, chemin: Path, feuille: str | None = None) -> None:
        """Opens a file and recognises its columns."""
        self._commencer(textes.LECTURE)
        self._rendu(_ouvrir, chemin, feuille, self._contexte.communes, self._repertoire, apres=self._ouvert)

    def regarder(self, tableau: Tableau, colonnes: Colonnes) -> None:
        """The dry run."""
        self._commencer(textes.LECTURE)
        self._base(_debuter, colonnes, apres=partial(self._debute, tableau, colonnes))

    def inscrire(self, tableau: Tableau, lignes: Sequence[LigneAnalysee]) -> None:
        """Blind keys, then everybody at once."""
        self._commencer(textes.PREPARATION)
        self._preparer(tableau, tuple(lignes), 0)

    def reprendre(self) -> None:
        """Takes the last import back."""
        self._commencer(textes.REPRISE)
        self._base(reprendre_import, apres=partial(self._finir, self.repris))

    def demander_dernier(self) -> None:
        """Asks what the last import left."""
        self._contexte.lancer(dernier_import, apres=self.dernier.emit, ecran=self._ecran)

    def arreter(self) -> None:
        """Leaves the work where it is. A recording under way is undone, and says so when it is."""
        if self._suivi is not None:
            self._suivi.arret.set()
        elif self.en_cours:
            self._en_panne(SaisieRefusee("import_arrete"))

    def _commencer(self, quoi: str) -> None:
        self._tour += 1
        self.en_cours = True
        self.avance.emit(quoi, 0, 0)

    def _rendu(self, fonction: Callable[..., Any], *args: object, apres: Callable[..., None]) -> None:
        suite, panne = self._de_ce_tour(apres), self._de_ce_tour(self._en_panne)
        self._contexte.taches.lancer("rendu", fonction, *args, apres=suite, sur_panne=panne, ecran=self._ecran)

    def _base(self, fonction: Callable[..., Any], *args: object, apres: Callable[..., None]) -> None:
        suite, panne = self._de_ce_tour(apres), self._de_ce_tour(self._en_panne)
        self._contexte.lancer(fonction, *args, apres=suite, sur_panne=panne, ecran=self._ecran)

    def _de_ce_tour(self, fonction: Callable[..., None]) -> Callable[..., None]:
        """The same, deaf to what was stopped since."""
        tour = self._tour

        def suivre(reponse: object) -> None:
            if tour == self._tour and self.en_cours:
                fonction(reponse)

        return suivre

    def _ouvert(self, ouverture: tuple[Tableau, Colonnes, RepertoireCommunes]) -> None:
        tableau, colonnes, self._repertoire = ouverture
        self._base(colonnes_retenues, colonnes, apres=partial(self._finir, self.ouvert, tableau))

    def _debute(self, tableau: Tableau, colonnes: Colonnes, connus: Reperes) -> None:
        if self._repertoire is None:
            raise RuntimeError("no file was opened")
        jour = self._contexte.horloge.aujourdhui()
        self._lire(Analyse(tableau, colonnes, connus, self._repertoire, jour))

    def _lire(self, analyse: Analyse) -> None:
        self._rendu(analyse.avancer, apres=partial(self._lu, analyse))

    def _lu(self, analyse: Analyse, fini: bool) -> None:
        self.avance.emit(f"{textes.LECTURE} {textes.nombre(analyse.lues, 'ligne')}", 0, 0)
        if fini:
            self._comparer(analyse, 0)
        else:
            self._lire(analyse)

    def _comparer(self, analyse: Analyse, rang: int) -> None:
        total = len(analyse.lignes)
        if rang >= total:
            self._finir(self.regarde, analyse)
            return
        self.avance.emit(textes.COMPARAISON, rang, total)
        self._base(comparer, analyse, rang, apres=partial(self._comparer, analyse))

    def _preparer(self, tableau: Tableau, lignes: tuple[LigneAnalysee, ...], rang: int) -> None:
        self.avance.emit(textes.PREPARATION, rang, len(lignes))
        if rang < len(lignes):
            self._base(preparer, lignes, rang, apres=partial(self._preparer, tableau, lignes))
            return
        suivi = self._suivi = Suivi(threading.Event())
        self._pouls.timeout.connect(lambda: self.avance.emit(textes.ENREGISTREMENT, suivi.fait, len(lignes)))
        self._pouls.start()
        self._base(inscrire, tableau, lignes, suivi, apres=partial(self._finir, self.inscrit))

    def _en_panne(self, panne: KnownError) -> None:
        self._cesser()
        self.panne.emit(panne)

    def _finir(self, signal: Any, *reponse: object) -> None:
        self._cesser()
        signal.emit(*reponse)

    def _cesser(self) -> None:
        self.en_cours = False
        self._suivi = None
        if self._pouls.isActive():
            self._pouls.stop()
            self._pouls.timeout.disconnect()


def _ouvrir(
    chemin: Path, feuille: str | None, communes: Communes, repertoire: RepertoireCommunes | None
) -> tuple[Tableau, Colonnes, RepertoireCommunes]:
    tableau = ouvrir_tableau(chemin, feuille)
    return tableau, proposer_colonnes(tableau), repertoire or RepertoireCommunes(communes)


def _debuter(poste: Poste, colonnes: Colonnes) -> Reperes:
    """Remembers the columns chosen, then reads who is here."""
    if not colonnes.suffisantes:
        raise SaisieRefusee("colonnes_sans_nom")
    retenir_colonnes(poste, colonnes)
    return reperes(poste)
