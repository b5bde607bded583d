"""The letter of a decision, made off the GUI thread, shown, then printed or saved by the agent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from passdesk.domain.erreurs import KnownError
from passdesk.domain.visite import Brouillon
from passdesk.services.lettre import LettreDessinee, dessiner_lettre, lettre, lettre_de_demande
from passdesk.services.lettre_carnet import dessiner_lettre_carnet, lettre_du_carnet
from passdesk.services.resume import (
    RESUME,
    dessiner_resume,
    resume_de_la_demande,
    resume_de_la_visite,
    resume_du_carnet,
)
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision import textes
from passdesk.ui.papier.attente import dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier
from passdesk.ui.papier.textes import PAPIER_DEMANDE

MOTS: Mapping[str, MotsPapier] = {
    issue: MotsPapier(
        titre,
        textes.LETTRE_DETAIL,
        textes.LETTRE_ENVOYEE,
        textes.LETTRE_ENREGISTREE,
        "lettre",
        "lettre_non_ecrite",
    )
    for issue, titre in textes.LETTRES.items()
} | {
    RESUME: MotsPapier(
        textes.RESUME,
        textes.RESUME_DETAIL,
        textes.RESUME_ENVOYE,
        textes.RESUME_ENREGISTRE,
        "pages",
        "resume_non_ecrit",
    )
}
MOTS_CARNET = MotsPapier(
    textes.LETTRE_CARNET,
    textes.LETTRE_CARNET_DETAIL,
    textes.LETTRE_ENVOYEE,
    textes.LETTRE_ENREGISTREE,
    "lettre",
    "lettre_non_ecrite",
)


class SortieLettre(QObject):
    """Belongs to a page. `panne` carries a known trouble, to be told there; `montree` the dialog just opened; `sortie`
    says that the letter went to a printer or to a file."""

    panne = Signal(object)
    montree = Signal(object)
    sortie = Signal()

    def __init__(self, contexte: Contexte, page: Page) -> None:
        super().__init__(page)
        self._contexte, self._page = contexte, page
        self._en_route = False

    def montrer(self, decision_id: str) -> None:
        """The letter of a decision."""
        self._demander(lettre, decision_id)

    def montrer_carnet(self, campagne: int, numero: int) -> None:
        """The letter of a carnet that is void."""
        self._demander(lettre_du_carnet, campagne, numero, dessiner=dessiner_lettre_carnet)

    def montrer_demande(self, demande_id: str) -> None:
        """The letter of the latest answer to a request."""
        self._demander(lettre_de_demande, demande_id)

    def montrer_resume(self, brouillon: Brouillon, *, enregistree: bool) -> None:
        """The summary of a visit (Ctrl+P): of its answer once recorded, else of what is typed."""
        if enregistree:
            demande_id = brouillon.demande_id or brouillon.brouillon_id
            self._demander(resume_de_la_demande, demande_id, dessiner=dessiner_resume)
        else:
            self._demander(resume_de_la_visite, brouillon, dessiner=dessiner_resume)

    def montrer_resume_du_carnet(self, campagne: int, numero: int) -> None:
        """The summary of the visit that gave this carnet."""
        self._demander(resume_du_carnet, campagne, numero, dessiner=dessiner_resume)

    def _demander(
        self, fonction: Callable[..., object], *cle: object, dessiner: Callable[..., LettreDessinee] = dessiner_lettre
    ) -> None:
        # Asked for twice by a hand that trembles, it is shown once.
        if self._en_route:
            return
        self._en_route = True
        contexte = self._contexte
        contexte.lancer(
            fonction,
            *cle,
            contexte.communes,
            apres=partial(self._dessiner, dessiner),
            sur_panne=self._en_panne,
            ecran=self._page,
        )

    def _en_panne(self, trouble: KnownError) -> None:
        self._en_route = False
        self.panne.emit(trouble)

    def _dessiner(self, dessiner: Callable[..., LettreDessinee], contenu: object) -> None:
        dessiner_papier(
            self._contexte, self._page, PAPIER_DEMANDE, dessiner, contenu,
            apres=self._ouvrir, sur_panne=self._en_panne, renonce=self._revenir,
        )  # fmt: skip

    def _ouvrir(self, dessinee: LettreDessinee) -> None:
        feuilles = FeuillesNommees(
            dessinee.nom_fichier,
            dessinee.papier,
            tuple(apercu.image for apercu in dessinee.apercus),
            "nom_sans_dessin" if dessinee.nom_a_la_main else "",
        )
        # Child of the page: a paper that bears a name never outlives what it was asked from.
        dialogue = DialoguePapier(self._contexte, self._page, MOTS.get(dessinee.issue, MOTS_CARNET), feuilles)
        dialogue.panne.connect(self.panne)
        dialogue.sorti.connect(self.sortie)
        dialogue.finished.connect(self._revenir)
        self.montree.emit(dialogue)
        dialogue.open()

    def _revenir(self) -> None:
        """The next step has the focus again, whatever the dialog was opened from."""
        self._en_route = False
        bouton = self._page.primaire()
        if bouton is not None:
            bouton.setFocus(Qt.FocusReason.OtherFocusReason)
