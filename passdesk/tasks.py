"""Work off the GUI thread: three one-worker executors, and the one way back to the screens."""

from __future__ import annotations

import gc
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Atelier = Literal["base", "reseau", "rendu"]
PAUSE_RAMASSAGE_MS = 500
PATIENCE_S = 0.5
"""As long as work waits for the window to have shown an answer, at most: what shows it may wait for work too. A page
takes a tenth of it on a good machine.
"""
TOURS = 3
"""Turns of the loop until what an answer changed is painted: a timer that is due comes before the layouts and paintings
that wait, on Windows always, elsewhere beside any other timer; and a layout asks for another turn to be painted.
"""
PASSAGE_S = 0.001 if sys.platform == "win32" else 0.0001
"""How long a thread keeps the interpreter while another waits for it (decision 0087). On Windows a shorter wait is
none: whoever waits would turn in circles instead.
"""
PASSAGE_DE_PYTHON_S = sys.getswitchinterval()
"""What Python starts with."""
ATELIERS: tuple[Atelier, ...] = ("base", "reseau", "rendu")
INTERROMPU = "interrompu"
"""The code of the trouble that a caller hears of in the place of a bug."""


class _Ramassage(QObject):
    """Collects Python's cycles on the GUI thread only: a worker that collected a widget would destroy it in its thread.

    Automatic collection is off while it runs; a timer does the same work with the same thresholds.
    """

    def __init__(self) -> None:
        super().__init__()
        self._automatique = gc.isenabled()
        self._fige = False
        self._minuterie = QTimer(self)
        self._minuterie.timeout.connect(self.ramasser)
        gc.disable()
        self._minuterie.start(PAUSE_RAMASSAGE_MS)

    @Slot()
    def ramasser(self) -> None:
        """Collects the generations that are over their threshold."""
        seuils, comptes = gc.get_threshold(), gc.get_count()
        if comptes[0] > seuils[0]:
            gc.collect(2 if comptes[2] > seuils[2] else 1 if comptes[1] > seuils[1] else 0)

    def figer(self) -> None:
        """Leaves what lives now out of the rounds, until `arreter`."""
        gc.freeze()
        self._fige = True

    def arreter(self) -> None:
        """Gives automatic collection back as it was."""
        self._minuterie.stop()
        if self._fige:
            gc.unfreeze()
        if self._automatique:
            gc.enable()


@dataclass(slots=True, eq=False)
class _Demande:
    """`travail` is kept until the answer is handed over: what it holds dies on the GUI thread, not in a worker."""

    atelier: Atelier
    travail: object
    apres: Callable[[Any], None] | None
    sur_panne: Callable[[Any], None] | None
    ecran: int | None
    sur_imprevu: Callable[[], None] | None = None
    quoi: str = ""
    future: Future[Any] | None = None


class TaskRunner(QObject):
    """Runs functions in `base` (owns the base), `reseau` or `rendu`, one at a time each, in order.

    Answers reach the GUI thread in batches, in the order in which the work ended; those of a closed screen are dropped.
    No work begins while the window shows an answer.
    `panne_connue` is the exception type shown as a sentence, made from a code: it goes to the caller's `sur_panne`,
    else to `panne_non_suivie`. Every other exception, in the work or in a callback, goes to `sur_imprevu`; first, the
    caller's `sur_panne` hears `panne_connue(INTERROMPU)`, so that nothing waits for ever for what a bug stopped.
    """

    _arrivee = Signal()

    def __init__(
        self,
        panne_connue: type[Exception],
        panne_non_suivie: Callable[[Any], None],
        sur_imprevu: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self._panne_connue = panne_connue
        self.panne_non_suivie = panne_non_suivie
        """Tells a known trouble that its caller does not follow."""
        self._sur_imprevu = sur_imprevu
        self._fil = threading.get_ident()
        self._executeurs = {nom: ThreadPoolExecutor(1, thread_name_prefix=nom) for nom in ATELIERS}
        self._numeros = count(1)
        self._demandes: dict[int, _Demande] = {}
        self._ecrans: set[int] = set()
        self._en_remise: list[_Demande] = []
        self._reponses: deque[tuple[int, Any, BaseException | None]] = deque()
        self._annoncee = False
        self._verrou = threading.Lock()
        self._ferme = False
        self.arret = threading.Event()
        self._ramassage = _Ramassage()
        sys.setswitchinterval(PASSAGE_S)
        self._montre = threading.Event()
        """Set once what the last answers changed is on the screen."""
        self._montre.set()
        # Nothing of Qt tells that all is painted. (An event of our own, posted at the lowest priority, crashed: PySide
        # freed it twice.)
        self._tours = 0
        self._apres = QTimer(self, singleShot=True, interval=1)
        self._apres.timeout.connect(self._tourner)
        self._arrivee.connect(self._distribuer, Qt.ConnectionType.QueuedConnection)

    @property
    def en_cours(self) -> int:
        """How many requests still wait for their answer to be handed over."""
        return len(self._demandes)

    def lancer(
        self,
        nom: Atelier,
        fonction: Callable[..., Any],
        *args: Any,
        apres: Callable[[Any], None] | None = None,
        sur_panne: Callable[[Any], None] | None = None,
        ecran: QObject | None = None,
        sur_imprevu: Callable[[], None] | None = None,
        quoi: str = "",
    ) -> None:
        """Runs `fonction(*args)` in the executor `nom`, then `apres(result)` or `sur_panne(trouble)` on the GUI thread.

        `ecran`: when it is closed meanwhile, the work still ends but nobody is called. `sur_imprevu`: called in the
        place of `sur_panne` after a bug, which is told all the same; for who would say what a bug is not (a wrong
        passphrase). `quoi`: what it is, for who waits behind it (`devant`). Raises RuntimeError when called from
        another thread than the one that made the runner. Ignored once closed.
        """
        if threading.get_ident() != self._fil:
            raise RuntimeError("lancer: GUI thread only")
        if self._ferme:
            return
        numero = next(self._numeros)
        demande = _Demande(
            nom, (fonction, args), apres, sur_panne, None if ecran is None else self._suivre(ecran), sur_imprevu, quoi
        )
        self._demandes[numero] = demande
        future = self._executeurs[nom].submit(self._travailler, fonction, *args)
        demande.future = future
        future.add_done_callback(lambda fini: self._deposer(numero, fini))

    def devant(self, nom: Atelier) -> str:
        """What the executor `nom` has to end before what would be asked of it now; "" when nothing there has a name."""
        noms = (d.quoi for d in self._demandes.values() if d.atelier == nom and not (d.future and d.future.done()))
        return next(filter(None, noms), "")

    def interrompu(self) -> bool:
        """For long work, asked between two of its pieces: True once this closes. No piece begins while the window shows
        an answer.
        """
        self._montre.wait(PATIENCE_S)
        return self.arret.is_set()

    def figer(self) -> None:
        """To be called once the program is read: what lives now lives as long as this, and looking through it again and
        again for what could be freed would stop the window for as long as a page takes to open.
        """
        self._ramassage.figer()

    def oublier(self, ecran: QObject) -> None:
        """Drops the answers that this screen still waits for (it was closed, even if not destroyed yet)."""
        self._oublier_cle(id(ecran))

    def fermer(self, *fermetures: tuple[Atelier, Callable[[], None]]) -> None:
        """Waits for the started work and all of `base`, runs each closing in its own thread, joins the threads.

        What waits in `reseau` and `rendu` is cancelled; `arret` is set for the work that looks at it. No callback runs.
        """
        if self._ferme:
            return
        self._ferme = True
        self.arret.set()
        self._apres.stop()
        self._montre.set()
        for demande in self._demandes.values():
            if demande.atelier != "base" and demande.future is not None:
                demande.future.cancel()
        derniers = [self._executeurs[nom].submit(fonction) for nom, fonction in fermetures]
        for executeur in self._executeurs.values():
            executeur.shutdown(wait=True)
        self._ramassage.arreter()
        sys.setswitchinterval(PASSAGE_DE_PYTHON_S)
        self._demandes.clear()
        self._reponses.clear()
        for dernier in derniers:
            trouble = dernier.exception()
            if trouble is not None:
                self._sur_imprevu(trouble)

    def _suivre(self, ecran: QObject) -> int:
        cle = id(ecran)
        if cle not in self._ecrans:
            self._ecrans.add(cle)
            ecran.destroyed.connect(lambda: self._ecran_detruit(cle))
        return cle

    def _ecran_detruit(self, cle: int) -> None:
        self._ecrans.discard(cle)
        self._oublier_cle(cle)

    def _oublier_cle(self, cle: int) -> None:
        for demande in (*self._demandes.values(), *self._en_remise):
            if demande.ecran == cle:
                demande.apres = demande.sur_panne = demande.sur_imprevu = None

    def _travailler(self, fonction: Callable[..., Any], *args: Any) -> Any:
        """Runs in the worker. It computes, and the window calls Qt: at each call the interpreter would be the worker's
        for five milliseconds, and the window as late as the whole work is long.
        """
        self._montre.wait(PATIENCE_S)
        return fonction(*args)

    def _deposer(self, numero: int, fini: Future[Any]) -> None:
        """Runs in the worker: keeps the answer and rings once for all those that wait."""
        if fini.cancelled():
            return
        trouble = fini.exception()
        with self._verrou:
            self._reponses.append((numero, None if trouble else fini.result(), trouble))
            sonner, self._annoncee = not self._annoncee, True
        if sonner and not self._ferme:
            self._arrivee.emit()

    @Slot()
    def _distribuer(self) -> None:
        with self._verrou:
            lot = list(self._reponses)
            self._reponses.clear()
            self._annoncee = False
        self._attendre_la_peinture()  # An answer may open a dialog, whose own loop shows it.
        for numero, resultat, trouble in lot:
            demande = self._demandes.pop(numero, None)
            if demande is not None:
                self._remettre(demande, resultat, trouble)
        self._attendre_la_peinture()

    def _attendre_la_peinture(self) -> None:
        if not self._ferme:
            self._montre.clear()
            self._tours = TOURS
            self._apres.start()

    @Slot()
    def _tourner(self) -> None:
        self._tours -= 1
        if self._tours:
            self._apres.start()
        else:
            self._montre.set()

    def _remettre(self, demande: _Demande, resultat: Any, trouble: BaseException | None) -> None:
        self._en_remise.append(demande)
        try:
            if trouble is None:
                if demande.apres is not None:
                    demande.apres(resultat)
            elif not isinstance(trouble, self._panne_connue):
                self._interrompre(demande, trouble)
            elif demande.ecran is None or demande.apres is not None or demande.sur_panne is not None:
                suivre, demande.sur_panne = demande.sur_panne or self.panne_non_suivie, None
                suivre(trouble)
        except Exception as imprevu:
            self._interrompre(demande, imprevu)
        finally:
            self._en_remise.remove(demande)

    def _interrompre(self, demande: _Demande, imprevu: BaseException) -> None:
        """Who waits is let go first: the telling is a dialog, and what is behind it must not look as if it worked."""
        sur_panne, sur_imprevu = demande.sur_panne, demande.sur_imprevu
        demande.apres = demande.sur_panne = demande.sur_imprevu = None
        try:
            if sur_imprevu is not None:
                sur_imprevu()
            elif sur_panne is not None:
                sur_panne(self._panne_connue(INTERROMPU))
        except Exception as second:
            self._sur_imprevu(second)
        finally:
            self._sur_imprevu(imprevu)
