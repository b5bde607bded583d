"""What came out of the printer, asked once for the whole pile: four answers, one key each, nothing chosen before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.tirage import ReponseFournee
from passdesk.services.fournee import FourneeEnQuestion
from passdesk.ui.composants import Colonne, Combo, Field, Flexible, WrapLabel, amener
from passdesk.ui.contexte import Contexte
from passdesk.ui.fournee import textes
from passdesk.ui.impression.fichiers import LiensFichier
from passdesk.ui.impression.quatre import QuatreReponses
from passdesk.ui.impression.reponses import CLES_REPONSE, nom_feuille
from passdesk.ui.papier.choix import tenir


class QuestionFournee(QWidget):
    """`change` fires each time the answer is another one."""

    change = Signal()

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        theme = contexte.theme
        self._question: FourneeEnQuestion | None = None
        self._consigne = WrapLabel("", "small")
        self.fichiers = LiensFichier(contexte)
        self.carnet = Combo(theme, (), textes.AU_CARNET)
        self.feuille = Combo(theme, (), textes.A_LA_FEUILLE)
        self.carnet.setPlaceholderText(textes.CHOISISSEZ_CARNET)
        self.feuille.setPlaceholderText(textes.CHOISISSEZ_FEUILLE)
        self._ou, self._cote_a_cote = QWidget(), Flexible(theme, ecart=8, marges=(16, 0, 0, 0))
        self._cote_a_cote.empiler(True)
        for mots, combo in ((textes.AU_CARNET, self.carnet), (textes.A_LA_FEUILLE, self.feuille)):
            tenir(combo)
            self._cote_a_cote.addWidget(Field(theme, mots, saisie=combo), 1)
        self._ou.setLayout(self._cote_a_cote)
        self._ou.hide()
        self.quatre = QuatreReponses(theme, textes.TITRES, sous=self._ou)
        self.groupe, self.tuiles = self.quatre.groupe, self.quatre.tuiles
        self._titres, titres = QWidget(), Colonne(theme, ecart=2)
        self._titre = WrapLabel(textes.QUESTION, "h2")
        titres.addWidget(self._titre)
        titres.addWidget(self._consigne)
        self._titres.setLayout(titres)
        colonne = Colonne(theme, ecart=8)
        colonne.addWidget(self._titres)
        colonne.addWidget(self.fichiers)
        self._ensuite = WrapLabel(textes.ENSUITE, "strong")
        colonne.addWidget(self._ensuite)
        colonne.addWidget(self.quatre)
        self.setLayout(colonne)
        self.groupe.choisi.connect(self._choisir)
        self.carnet.choisi.connect(lambda _: self._suivre_carnet())
        self.feuille.choisi.connect(lambda _: self.change.emit())

    def disposer(self, etroite: bool, *, detaillees: bool) -> None:
        """Where there is little room, the answers two and two, and the page's own title asks the question.

        `detaillees`: there is enough to say what each answer means.
        """
        self.quatre.disposer(etroite, detaillees=detaillees)
        self._cote_a_cote.empiler(not etroite)
        self._montrer_suite()

    def _montrer_suite(self) -> None:
        self._ou.setVisible(self.groupe.valeur() == "arrete")
        self._titres.setVisible(not self.quatre.etroite)
        # Short of height, the question is short, and what was looked at is not asked for again.
        court = not self.quatre.detaillees
        self._titre.setText(self.titre_court if court or self.fichiers.presents else textes.QUESTION)
        self._consigne.setVisible(not (court and self.repondue))
        self._ensuite.setVisible(self.fichiers.presents)
        self.quatre.dire()

    def poser(self, question: FourneeEnQuestion, fichier: Path | None) -> None:
        """Asks about this pile: nothing is chosen, nor where it stopped: pressed in haste, it would call carnets good.

        `fichier`: where they went, which somebody has to open and print; None when that is a printer.
        """
        self._question = question
        self.fichiers.montrer(fichier)
        self._consigne.setText(textes.REGARDEZ if fichier is None else textes.REGARDEZ_FICHIER)
        self.groupe.set_valeur(None)
        self.tuiles["tout"].set_detail(textes.detail_tout(question))
        self.carnet.set_choix([(rang, textes.nom(carnet)) for rang, carnet in enumerate(question.carnets)])
        self.carnet.set_valeur(None)
        self._lister_feuilles()
        self._montrer_suite()

    def reponse(self, illisibles: frozenset[int]) -> ReponseFournee | None:
        """The answer chosen; None while there is none, or while nothing is ticked of what cannot be read."""
        cle = self.groupe.valeur()
        if cle == "arrete":
            carnet, feuille = self.carnet.valeur(), self.feuille.valeur()
            if isinstance(carnet, int) and isinstance(feuille, int):
                return ReponseFournee("arrete", carnet, feuille)
        if cle == "illisible":
            return ReponseFournee("illisible", illisibles=illisibles) if illisibles else None
        return ReponseFournee("tout") if cle == "tout" else ReponseFournee("rien") if cle == "rien" else None

    @property
    def repondue(self) -> bool:
        """True once one of the four is chosen."""
        return self.groupe.valeur() is not None

    @property
    def premier(self) -> tuple[str, str]:
        """What the file waits for before any answer, and its icon; an answer given at once does without it."""
        return ("", "") if self.repondue else self.fichiers.premier

    @property
    def titre_court(self) -> str:
        """What is asked, or what comes before it."""
        return textes.IMPRIMEZ_FICHIER if self.fichiers.presents else textes.QUESTION_COURTE

    @property
    def consigne(self) -> str:
        """What to look at before the answer."""
        return self._consigne.text()

    @property
    def demande(self) -> str:
        """What is missing of the answer, for the button that waits for it."""
        ou = textes.DITES_OU if self.carnet.valeur() is None else textes.DITES_FEUILLE
        attentes = {"illisible": textes.COCHEZ, "arrete": ou}
        return attentes.get(str(self.groupe.valeur()), textes.REPONDEZ)

    @property
    def arrete_a(self) -> int | None:
        """The rank of the carnet where it stopped, while that is the answer; None until it is chosen."""
        rang = self.carnet.valeur()
        return rang if self.groupe.valeur() == "arrete" and isinstance(rang, int) else None

    @property
    def arrete(self) -> bool:
        """True while the answer is a carnet and a sheet, chosen under it."""
        return self.groupe.valeur() == "arrete"

    @property
    def coche(self) -> bool:
        """True while the answer is made of ticks in the list."""
        return self.groupe.valeur() == "illisible"

    def designer(self, rang: int) -> None:
        """The carnet chosen in the list is where it stopped, while that is the answer."""
        if self.groupe.valeur() == "arrete" and rang != self.carnet.valeur():
            self.carnet.set_valeur(rang)
            self._suivre_carnet()

    def _suivre_carnet(self) -> None:
        self._lister_feuilles()
        self.change.emit()

    def _lister_feuilles(self) -> None:
        rang = self.carnet.valeur()
        feuilles = self._question.carnets[rang].feuilles if self._question and isinstance(rang, int) else ()
        self.feuille.set_choix([(numero, nom_feuille(numero)) for numero in feuilles])
        self.feuille.set_valeur(feuilles[0] if len(feuilles) == 1 else None)

    def _choisir(self, valeur: object) -> None:
        cle = next(cle for cle in CLES_REPONSE if cle == valeur)
        self.tuiles[cle].radio.setFocus()
        self._montrer_suite()
        if cle == "arrete":
            amener(self._ou)
        self.change.emit()
