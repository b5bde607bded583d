"""After the award: the sheets go out, and the agent says what came out of the printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.domain.gabarit import Gabarit, gabarit_pour
from passdesk.domain.visite import CarnetAttribue
from passdesk.services.impression import (
    PapierSorti,
    TravailImpression,
    apercus,
    contenu_imprime,
    fichier_du_tirage,
    lancer_impression,
    repondre,
)
from passdesk.ui.composants import Btn, Colonne, Ligne, Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.impression.attente import Attente, attente
from passdesk.ui.impression.avertissement import mesurer
from passdesk.ui.impression.droite import Droite
from passdesk.ui.impression.entete import Entete
from passdesk.ui.impression.reponses import CleReponse, Reponse, a_refaire, legende_feuille, pret, suite
from passdesk.ui.impression.vues import Contenu, Vues, dessiner_et_lire, sortir_et_lire
from passdesk.ui.papier.feuille import FeuilleLue
from passdesk.ui.papier.systeme import Choix
from passdesk.ui.papier.textes import CARNET
from passdesk.ui.remise.page import PageRemise

EMS_AVEC_FEUILLES = 59
"""Width of the page, in ems, under which the question stands alone."""


class PageImpression(Page):
    """Built from a carnet awarded. `lancer`: the sheets go out at once; otherwise the state of the carnet decides:
    awarded, the button prints; sent already (a crash in between too), the question is asked about the sheets that went,
    and nothing reprints alone; answered in part, what is missing waits for the button. `couverture`: of a carnet on
    paper, its cover alone is to be done again.
    """

    aide = "impression"

    def __init__(
        self, contexte: Contexte, attribue: CarnetAttribue, *, lancer: bool = False, couverture: bool = False
    ) -> None:
        carnet = attribue.carnet
        super().__init__(f"papier-{carnet.campagne}-{carnet.numero}", attribue.personne.nom_courant, visite=True)
        self._contexte, self._attribue, self._carnet = contexte, attribue, carnet
        self._en_question = carnet.etat is Etat.A_CONFIRMER_IMPRESSION
        tirage = attribue.tirage
        self._gabarit = tirage.gabarit if tirage is not None else gabarit_pour(attribue.personne.besoins)
        self._feuilles = tirage.feuilles if tirage is not None and self._en_question else self._toutes()
        self._attente = attente(carnet, self._gabarit, tirage, couverture=couverture)
        self._entete = Entete(contexte.theme, self.titre, carnet.taille, tirage)
        self._reponse: Reponse | None = None
        self._occupee = False
        # Large print is shown before it goes: the person may prefer the ordinary one.
        self._commencee = not lancer or self._gabarit.gros
        self._connues = False
        self._monter()
        if self._en_question and tirage is not None:
            self._fichiers.montrer(fichier_du_tirage(contexte.poste.dossier, carnet, tirage))
            self.question.poser(self._nombre, self._feuilles, self._fichiers.consigne(tirage.imprimante))
        self._actualiser()

    @property
    def a_rouvrir(self) -> str | tuple[int, int] | None:
        return self._carnet.campagne, self._carnet.numero

    def arriver(self) -> None:
        """The first time after an award, the sheets go out. A printer may have been measured since the last time."""
        self.choix.demander()
        self.couverture.actualiser()
        if self._connues:
            self._porter_focus()

    def disposer(self, etroite: bool) -> None:
        """The question alone when the window is narrow."""
        super().disposer(etroite)
        self._amenager()
        self._actualiser()
        self.plus_tard.montrer_touche(not etroite)
        self.bouton.montrer_touche(not etroite)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheets are shown where there is room beside the question."""
        super().resizeEvent(event)
        self._amenager()

    def primaire(self) -> Btn | None:
        """Reprint, go on, or print."""
        return self.bouton

    def regions(self) -> tuple[QWidget, ...]:
        return (self._droite,) if self._vues.isHidden() else (self._vues, self._droite)

    def _imprimantes_connues(self, choix: Choix) -> None:
        """After an award the sheets go out at once, unless nobody has ever said to which printer."""
        a_lancer, self._commencee = choix.retenu and not self._commencee, True
        premiere = not self._connues
        self._suivre_preparation()
        self._connues = True
        if a_lancer and choix.obstacle is None:
            self._imprimer(None)
            return
        self._actualiser()
        if premiere:
            self._porter_focus()
            if self._vues.vides:
                self._demander_apercus()

    def _agir(self) -> None:
        if self._occupee:
            return
        self.choix.retenir()
        # Nothing is written before a printer that carnets may not go to: the answer waits.
        if self._obstacle is not None:
            mesurer(self._contexte, self.choix, self)
        elif not self._en_question:
            self._imprimer(self._attente.seules or None)
        elif self._premier[0]:
            self._fichiers.agir()
        elif self._reponse is not None:
            self._repondre(self._reponse)

    def _fichier_pris(self) -> None:
        """Once the file is in the agent's hands, what came of it is the next thing."""
        self.bandeau.hide()
        self._actualiser()
        self._porter_focus()

    def _imprimer(self, feuilles: tuple[int, ...] | None) -> None:
        """Sheets of the last printing, or the whole carnet (None) as it is now prepared."""
        self._occuper(textes.PREPARATION)
        numero = self._carnet.campagne, self._carnet.numero
        self._contexte.lancer(
            lancer_impression,
            *numero,
            feuilles,
            self.preparation.gabarit if feuilles is None else None,
            self.choix.choix.choisie,
            self.couverture.lieux_choisis,
            self.couverture.nom.choix,
            apres=self._lance,
            sur_panne=partial(self._refuse, feuilles or ()),
            ecran=self,
        )

    def _refuse(self, feuilles: tuple[int, ...], trouble: KnownError) -> None:
        """Nothing went. After an answer, which stays given, the sheets to print again wait for the button."""
        if self._en_question:
            self._attente = Attente(feuilles, sortie=self._reponse.cle if self._reponse is not None else None)
            self._en_question, self._reponse = False, None
        self._en_panne(trouble)
        self._porter_focus()

    def _tout_reprendre(self) -> None:
        self._attente = self._attente.entiere()
        self._suivre_preparation()
        self._porter_focus()

    def _lance(self, travail: TravailImpression) -> None:
        if travail.contenu.gabarit != self._gabarit:
            self._adopter(travail.contenu.gabarit)
        self._carnet, self._feuilles = travail.carnet, travail.feuilles
        self._droite.autrement.retenir()
        self._en_question, self._reponse = True, None
        self._entete.envoi = (self._contexte.horloge.maintenant(), self.choix.choix.choisie)
        self._entete.serie = travail.contenu.serie_carnet
        self._contexte.signaler("visites", "carnets")
        faire = partial(sortir_et_lire, travail, self._contexte.imprimante, self._vues.tailles)
        self._contexte.taches.lancer(
            "rendu", faire, apres=self._sorti, sur_panne=self._papier_en_panne, ecran=self, quoi=CARNET
        )

    def _sorti(self, sorties: tuple[PapierSorti, tuple[FeuilleLue, ...]]) -> None:
        papier, lues = sorties
        imprimante = self.choix.choix.choisie if papier.chemin is None else ""
        self._fichiers.montrer(papier.chemin, None if imprimante else papier.nominatif)
        if papier.feuilles == self._toutes():
            self._vues.recevoir(lues)
        self._occuper("")
        self.question.poser(self._nombre, papier.feuilles, self._fichiers.consigne(imprimante))
        self._actualiser()
        self._porter_focus()

    @property
    def _nombre(self) -> int:
        return self._gabarit.nombre_feuilles(self._carnet.taille)

    def _toutes(self) -> tuple[int, ...]:
        return tuple(range(1, self._nombre + 1))

    def _suivre_preparation(self) -> None:
        """Other letters or another paper: other sheets to show, unless some are out and asked about."""
        if not (self._en_question or self._attente.seules) and self.preparation.gabarit != self._gabarit:
            self._adopter(self.preparation.gabarit)
            if self._connues:
                self._demander_apercus()
        self._actualiser()

    def _adopter(self, gabarit: Gabarit) -> None:
        self._gabarit = gabarit
        self._feuilles = self._toutes()
        self._vues.compter(self._nombre)
        self._actualiser()

    def _changer_couverture(self) -> None:
        """Other places for this person, the name or not: the sheets that say it go out."""
        self._actualiser()
        self._regarder(self._aussi[0] if self._aussi else 1)
        self._demander_apercus()

    @property
    def _aussi(self) -> tuple[int, ...]:
        """The sheets that go again because of what was chosen for the cover."""
        return self.couverture.feuilles(self._gabarit)

    @property
    def _encore(self) -> tuple[int, ...]:
        """The sheets that go again with the present answer."""
        if not self._en_question or self._reponse is None:
            return ()
        return tuple(sorted({*a_refaire(self._nombre, self._feuilles, self._reponse), *self._aussi}))

    @property
    def _premier(self) -> tuple[str, str]:
        """What the file waits for before any answer, and its icon; an answer given at once does without it."""
        return self._fichiers.premier if self._en_question and not self.question.repondue else ("", "")

    @property
    def _obstacle(self) -> PanneAttendue | None:
        """Why the sheets that should go next may not; None when nothing goes, or when it may."""
        return self.choix.choix.obstacle if self._encore or not self._en_question else None

    def _demander_apercus(self) -> None:
        """The sheets as they will come out, or as they went: drawn for the eyes only, nothing leaves."""
        self._contexte.lancer(
            contenu_imprime,
            self._carnet,
            self._gabarit,
            self.couverture.lieux_choisis,
            self.couverture.nom.choix,
            apres=self._dessiner,
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _dessiner(self, contenu: Contenu) -> None:
        self._entete.serie = contenu.serie_carnet
        taches, apres = self._contexte.taches, partial(self._dessinees, contenu.gabarit)
        taches.lancer("rendu", dessiner_et_lire, apercus, contenu, self._vues.tailles, apres=apres, ecran=self)

    def _dessinees(self, gabarit: Gabarit, pages: tuple[FeuilleLue, ...]) -> None:
        if gabarit == self._gabarit:
            self._vues.recevoir(pages)
            self._actualiser()

    def _repondre(self, reponse: Reponse) -> None:
        numero = self._carnet.campagne, self._carnet.numero
        self._occuper(textes.PREPARATION if self._encore else "")
        self._occupee = True
        self._contexte.lancer(
            repondre,
            *numero,
            reponse.cle,
            reponse.feuille,
            apres=self._repondu,
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _repondu(self, refaites: tuple[int, ...]) -> None:
        self._contexte.signaler("visites", "carnets", "envoi")
        if encore := tuple(sorted({*refaites, *self._aussi})):
            self._imprimer(None if encore == self._toutes() else encore)
            return
        self._contexte.navigation.ouvrir_page(PageRemise(self._contexte, self._attribue), self)

    def _papier_en_panne(self, trouble: KnownError) -> None:
        """Nothing came out, and the carnet waits for the answer: the question stays, the trouble is told above it."""
        self._en_panne(trouble)
        self._fichiers.montrer(None)
        self.question.poser(self._nombre, self._feuilles)
        self._actualiser()
        self._porter_focus("rien")
        if self._vues.vides:
            self._demander_apercus()

    def _en_panne(self, trouble: KnownError) -> None:
        self._occuper("")
        self.bandeau.dire(trouble)
        self._actualiser()

    def _amenager(self) -> None:
        vues = not self.etroite and self._contexte.theme.ems(self.width()) >= EMS_AVEC_FEUILLES
        self._vues.setVisible(vues)
        # Alone, the question has the width for two answers a row, and not the height for four.
        self.question.disposer(not vues, detaillees=not self.etroite, trouble=not self.bandeau.isHidden())

    def _porter_focus(self, reponse: CleReponse = "tout") -> None:
        """To the question (nothing is chosen by that), or to the button that prints, or that opens the file."""
        if self.isVisible():
            en_question = self._en_question and not self._premier[0]
            cible = self.question.tuiles[reponse].radio if en_question else self.bouton
            cible.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choisir(self, reponse: Reponse | None) -> None:
        self._reponse = reponse
        self._actualiser()
        refaites = a_refaire(self._nombre, self._feuilles, reponse) if reponse is not None else ()
        self._regarder(refaites[0] if refaites else self._feuilles[-1])

    def _regarder(self, numero: int) -> None:
        self._vues.regarder(numero, legende_feuille(self._gabarit, self._carnet.taille, numero))

    def _occuper(self, texte: str) -> None:
        self._occupee = bool(texte)
        if texte:
            self.avancement.montrer(texte)
            self.bandeau.hide()
        else:
            self.avancement.hide()
        self._actualiser()

    def _actualiser(self) -> None:
        en_question = self._en_question
        deja = suite(self._nombre, self._feuilles, self._reponse, self._aussi, self.question.demande)
        etape = deja if en_question else pret(self._nombre, self._attente.seules, self._aussi)
        self._vues.marquer(etape.marques)
        self._regarder(self._vues.regardee() or (self._feuilles[-1] if en_question else 1))
        self.question.setVisible(en_question)
        self._pret.setVisible(not en_question)
        self._pret.dire(self._attente)
        self._entete.dire(envoye=en_question and not self.etroite)
        obstacle = self._obstacle
        self.bandeau.suivre(obstacle)
        self._amenager()
        # The question, its four answers and the button have the room.
        self._droite.autrement.montrer(
            question=en_question,
            repart=not en_question or bool(self._encore),
            entier=self._encore == self._toutes() if en_question else not self._attente.seules,
            trouble=not self.bandeau.isHidden(),
            change=bool(self._aussi),
        )
        self.plus_tard.set_texte(textes.PLUS_TARD if en_question else textes.IMPRIMER_PLUS_TARD)
        self._droite.rassurance.setVisible(not self.etroite if en_question else self._carnet.etat is Etat.IMPRIME)
        premier, icone = self._premier
        self._fichiers.seconder(oui=bool(premier))
        self.bouton.set_texte(textes.REGLER if obstacle is not None else premier or etape.libelle)
        self.bouton.set_icone(icone or etape.icone)
        self.bouton.setEnabled((etape.permise or bool(premier)) and not self._occupee)

    def _monter(self) -> None:
        theme = self._contexte.theme
        self.plus_tard = self._entete.plus_tard
        self.plus_tard.clicked.connect(self._contexte.navigation.mettre_en_attente)
        self._vues = Vues(theme, self._nombre)
        self.liste = self._vues.liste
        self._vues.choisie.connect(self._regarder)
        self._monter_question()
        milieu = Ligne(theme, ecart=24)
        milieu.addWidget(self._vues, 3)
        milieu.addWidget(self._droite, 2)
        self._colonne = Colonne(theme, ecart=12)
        self._colonne.addWidget(self._entete)
        self._colonne.addLayout(milieu, 1)
        self.setLayout(self._colonne)
        self.cadrer(self._colonne)

    def _monter_question(self) -> None:
        droite = self._droite = Droite(self._contexte, self._carnet, self._gabarit, self._feuilles)
        self._contexte.theme.change.connect(self._amenager)
        self.bandeau, self.question, self.bouton = droite.bandeau, droite.question, droite.bouton
        self.avancement, self._pret, self._fichiers = droite.avancement, droite.pret, droite.fichiers
        self.preparation, self.couverture = droite.autrement.preparation, droite.autrement.couverture
        self.choix, self.lieux = self.preparation.imprimante, self.couverture.lieux
        self._fichiers.panne.connect(self._en_panne)
        self._fichiers.pris.connect(self._fichier_pris)
        self.question.choisie.connect(self._choisir)
        self._pret.entier.clicked.connect(self._tout_reprendre)
        droite.autrement.deplie.connect(self._actualiser)
        self.preparation.change.connect(self._suivre_preparation)
        self.couverture.change.connect(self._changer_couverture)
        self.couverture.su.connect(self._actualiser)
        self.choix.connu.connect(self._imprimantes_connues)
        self.bouton.clicked.connect(self._agir)
