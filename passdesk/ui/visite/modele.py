"""The visit under way: what is typed, saved, and known of the right. One writing at a time, the latest wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.lieu import LieuProche
from passdesk.domain.visite import Apercu, Brouillon
from passdesk.services.justificatifs import oublier
from passdesk.services.lieux_couverture import LieuxCouverture, lieux_de_couverture
from passdesk.services.saisie import derniere_saisie
from passdesk.services.visite import abandonner, apprecier, noter, reprendre
from passdesk.ui.contexte import Contexte
from passdesk.ui.saisie import date_chiffres
from passdesk.ui.visite.defaire import Historique, Rendu
from passdesk.ui.visite.droit import Faits
from passdesk.ui.visite.hypothese import carnets_ensuite
from passdesk.ui.visite.paroles import noms_de_lieux

DELAI_FRAPPE_MS = 180
"""Between the last letter typed and its saving."""
LIEUX_DITS = 2
"""Places named to somebody who leaves without a carnet."""


class VisiteEnCours(QObject):
    """Holds the draft of a page. Sections read `brouillon`, call `modifier`, and follow the signals.

    `apprecie`: `apercu` answers the draft as it stands. `enregistre`: it is on disk. `remplace`: the draft changed
    otherwise than by typing, fields must be filled again. `panne`: a known trouble, to be told on the page.
    """

    apprecie = Signal()
    enregistre = Signal()
    en_attente = Signal()
    remplace = Signal()
    panne = Signal(object)

    def __init__(self, contexte: Contexte, brouillon: Brouillon, parent: QWidget) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._ecran = parent
        self.brouillon = brouillon
        self.apercu: Apercu | None = None
        self.enregistre_a: datetime | None = None
        self.gardee = False
        self._lieux: tuple[LieuProche, ...] | None = None
        self.historique = Historique()
        self._enregistre = brouillon
        self._ouvert, self._ouvert_le = brouillon, contexte.horloge.aujourdhui()
        self._jamais_garde = False
        self._apprecie: Brouillon | None = None
        self._en_cours = False
        self._fermee = False
        self._suite: Callable[[], None] | None = None
        self._minuteur = QTimer(self)
        self._minuteur.setSingleShot(True)
        self._minuteur.setInterval(DELAI_FRAPPE_MS)
        self._minuteur.timeout.connect(self._partir)

    @property
    def ecran(self) -> QWidget:
        """The page: once it is closed, nothing that it asked for comes back."""
        return self._ecran

    @property
    def a_jour(self) -> bool:
        """True when what is typed is saved and judged."""
        return self._apprecie == self.brouillon and self._enregistre == self.brouillon

    @property
    def fermee(self) -> bool:
        """True once the draft was used up: awarded, or answered."""
        return self._fermee

    @property
    def est_enregistre(self) -> bool:
        """True when what is typed is on disk."""
        return self._enregistre == self.brouillon

    def faits(self, apercu: Apercu, *, papier_attendu: bool) -> Faits:
        """What the panel asks of the draft beside its right."""
        contexte, brouillon = self._contexte, self.brouillon
        aujourdhui = contexte.horloge.aujourdhui()
        commune = contexte.communes.par_code(brouillon.commune) if brouillon.commune else None
        if apercu.decision is not None and apercu.decision.issue == "refus":
            self._demander_lieux()
        return Faits(
            aujourdhui,
            commune=commune.nom if commune else "",
            ensuite=carnets_ensuite(brouillon, apercu, contexte.poste.reglements, aujourdhui),
            gardee=self.gardee,
            papier_attendu=papier_attendu,
            lieux=noms_de_lieux(self._lieux or ()),
        )

    def _demander_lieux(self) -> None:
        """Finds the nearest places, once; `apprecie` says when they are there."""
        if self._lieux is None:
            self._lieux = ()
            self._contexte.lancer(lieux_de_couverture, apres=self._lieux_lus, ecran=self._ecran)

    def _lieux_lus(self, lus: LieuxCouverture) -> None:
        self._lieux = lus.lieux[:LIEUX_DITS]
        if self._lieux:
            self.apprecie.emit()

    def commencer(self) -> None:
        """Judges the draft as it was opened, and finds when it was kept."""
        self._dater()
        if self.enregistre_a is None:
            self._contexte.lancer(
                derniere_saisie, self.brouillon.brouillon_id, apres=self._trouve_garde, ecran=self._ecran
            )
        self._partir()

    def _trouve_garde(self, quand: datetime | None) -> None:
        self._jamais_garde = quand is None
        if self.enregistre_a is None and quand is not None:
            self.enregistre_a = quand
            self.enregistre.emit()

    def _dater(self) -> None:
        """A visit opened another day and left empty begins today: nobody had come. The day of arrival decides the
        règlement, the age and which papers are recent.
        """
        vierge = self._jamais_garde and self.enregistre_a is None and self.brouillon == self._ouvert
        le, aujourdhui = self._ouvert_le, self._contexte.horloge.aujourdhui()
        if vierge and aujourdhui > le and self.brouillon.arrivee_le == date_chiffres(le):
            self.brouillon = replace(self.brouillon, arrivee_le=date_chiffres(aujourdhui))
            self._ouvert = self._enregistre = self.brouillon
            self._ouvert_le = aujourdhui
            self.remplace.emit()

    def repondu(self) -> None:
        """The answer of the visit was recorded now."""
        self.enregistre_a = self._contexte.horloge.maintenant()
        self.enregistre.emit()

    def modifier(self, brouillon: Brouillon, *, tout_de_suite: bool = False) -> None:
        """Takes a new draft: saved and judged soon, at once for a choice or a field that is left."""
        if brouillon != self.brouillon:
            self.historique.noter(self.brouillon, brouillon)
            self._prendre(brouillon)
        if tout_de_suite:
            self.historique.quitter()
        if self.a_jour:
            self._minuteur.stop()
        elif tout_de_suite:
            self._partir()
        else:
            self._minuteur.start()

    def _prendre(self, brouillon: Brouillon) -> None:
        self.brouillon = brouillon
        self.gardee = False
        self.en_attente.emit()

    def defaire(self, *, refaire: bool = False) -> Rendu | None:
        """Takes back the last act of the visit, or does again the last one taken back; None when there is none."""
        if self._fermee:
            return None
        rendu = (self.historique.refaire if refaire else self.historique.defaire)(self.brouillon)
        if rendu is not None:
            self._prendre(rendu.brouillon)
            self.remplace.emit()
            self._partir()
        return rendu

    def remplacer(self, brouillon: Brouillon) -> None:
        """Takes a draft that the form did not type (somebody adopted)."""
        self.modifier(brouillon, tout_de_suite=True)
        self.remplace.emit()

    def relire(self) -> None:
        """Takes the draft as it is kept now: the person's file may have been corrected elsewhere."""
        if self.est_enregistre and not self._fermee:
            self._contexte.lancer(reprendre, self.brouillon.brouillon_id, apres=self._relu, ecran=self._ecran)

    def _relu(self, garde: Brouillon | None) -> None:
        if garde is None and self.brouillon.personne_id is not None and self.est_enregistre:
            # Recorded elsewhere, or of somebody erased since: what was typed before has nowhere to come back to.
            self.historique.clore("terminee")
        if garde is not None and garde != self.brouillon and self.est_enregistre and not self._fermee:
            self.brouillon = self._enregistre = garde
            self.historique.clore("corrigee")
            self.remplace.emit()
            self._partir()

    def garder(self, envoye: Brouillon, brouillon: Brouillon) -> None:
        """Takes the draft as it was recorded, with its ids; what is known of it still holds.

        What was typed since it was sent to be recorded (`envoye`) stays, under the same ids.
        """
        if self.brouillon != envoye:
            suite = replace(self.brouillon, personne_id=brouillon.personne_id, demande_id=brouillon.demande_id)
            self.modifier(suite, tout_de_suite=True)
            self.historique.clore("enregistree")
            return
        self.brouillon = self._enregistre = self._apprecie = brouillon
        self.historique.clore("enregistree")
        self.gardee = True

    def ensuite(self, suite: Callable[[], None]) -> None:
        """Runs `suite` once what is typed is saved and judged; only the latest one waits."""
        if self.a_jour:
            suite()
            return
        self._suite = suite
        self._partir()

    def fermer(self) -> None:
        """Saves what is not saved yet; nothing comes back any more: a scan that nothing names by now does not stay."""
        self._minuteur.stop()
        if not self.est_enregistre and not self._fermee:
            self._contexte.lancer(noter, self.brouillon)
        self._contexte.lancer(oublier, self.brouillon.demande_id or self.brouillon.brouillon_id)
        self._contexte.signaler("visites")

    def mettre_a_l_abri(self) -> None:
        """Saves what is not saved yet; `commencer` takes it from there."""
        self._minuteur.stop()
        if not self.est_enregistre and not self._fermee:
            self._contexte.lancer(noter, self.brouillon)

    def abandonner_saisie(self) -> None:
        """The draft was used up (awarded): nothing more is to be saved."""
        self._fermee = True
        self.historique.clore("terminee")
        self._minuteur.stop()

    def abandonner(self, apres: Callable[[], None]) -> None:
        """Drops the draft: the person was served otherwise. `apres` once it is done; else it goes on being saved."""
        self._fermee = True
        self._minuteur.stop()

        def fait(_: object) -> None:
            self.abandonner_saisie()
            apres()

        def manque(trouble: KnownError) -> None:
            # What comes after may meet a bug: the draft is dropped all the same.
            self._fermee = self.historique.borne == "terminee"
            self._en_panne(trouble)

        ident = self.brouillon.brouillon_id
        self._contexte.lancer(abandonner, ident, apres=fait, sur_panne=manque, ecran=self._ecran)

    def _partir(self) -> None:
        self._minuteur.stop()
        if self._en_cours or self._fermee:
            return
        self._en_cours = True
        envoye = self.brouillon
        if self._enregistre != envoye:
            self._contexte.lancer(
                noter, envoye, apres=lambda _: self._note(envoye), sur_panne=self._en_panne, ecran=self._ecran
            )
        self._contexte.lancer(
            apprecier,
            envoye,
            apres=lambda apercu: self._juge(envoye, apercu),
            sur_panne=self._en_panne,
            ecran=self._ecran,
        )

    def _note(self, envoye: Brouillon) -> None:
        self._enregistre = envoye
        self.enregistre_a = self._contexte.horloge.maintenant()
        self.enregistre.emit()

    def _juge(self, envoye: Brouillon, apercu: Apercu) -> None:
        self._en_cours = False
        if envoye != self.brouillon:
            self._partir()
            return
        self._apprecie, self.apercu = envoye, apercu
        self.apprecie.emit()
        suite, self._suite = self._suite, None
        if suite is not None:
            suite()

    def _en_panne(self, trouble: KnownError) -> None:
        self._en_cours = False
        self._suite = None
        self.panne.emit(trouble)
