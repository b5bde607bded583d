"""*Imprimer plusieurs carnets*: the pile with its ticks, what is under way, then the question about all of it."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.gabarit import Support
from passdesk.domain.tirage import ReponseFournee, sorties
from passdesk.services.fournee import (
    FourneeEnQuestion,
    VueFournee,
    fichier_de_la_fournee,
    repondre_fournee,
    voir_fournee,
)
from passdesk.ui.composants import (
    Banner,
    Btn,
    Colonne,
    Defilement,
    EmptyState,
    Flexible,
    Ligne,
    Page,
    Titre,
    Ton,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.fournee import textes
from passdesk.ui.fournee.cartes import CartePile, Etape, Panneau
from passdesk.ui.fournee.pile import Pile
from passdesk.ui.fournee.travail import Avance, Bilan, Travail
from passdesk.ui.messages import message

BANDEAUX: dict[Ton, str] = {"ok": "check", "info": "info-circle", "warn": "printer"}
EMS_DETAILLES = 60
"""Width of the page, in ems, under which the answers are told without their meaning."""
MARGES_PIED, MARGES_PIED_ETROITES = (32, 12, 32, 16), (20, 8, 20, 8)


class PageFournee(Page):
    """What is left to be told of a batch comes first, whatever opened the page; nothing prints again by itself."""

    aide = "fournee"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("fournee", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self.pile = Pile()
        self.travail = Travail(contexte, self)
        self.travail.avance.connect(self._avancer)
        self.travail.fini.connect(self._fini)
        self._rang, self._lue, self._occupee = 0, False, False
        self._bons, self._papier_en_vue = 0, False
        self.carte = CartePile(theme)
        self.liste = self.carte.liste
        self.liste.basculee.connect(self._basculer)
        self.liste.choisie.connect(self._designer)
        self.carte.tout.connect(self._tout_cocher)
        self.panneau = Panneau(contexte)
        self.panneau.arrete.connect(self._arreter)
        self.choix, self.support, self.demande = self.panneau.choix, self.panneau.support, self.panneau.question
        self.choix.connu.connect(lambda _: self._actualiser())
        self.choix.liste.choisi.connect(lambda _: self._actualiser())
        self.support.choisi.connect(lambda _: self._actualiser())
        self.demande.change.connect(self._actualiser)
        self.demande.fichiers.panne.connect(self._en_panne)
        self.demande.fichiers.pris.connect(self._fichier_pris)
        self._monter()
        self._actualiser()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """A printer may have been measured, a carnet awarded, since the last time."""
        if not self.travail.en_cours:
            self._noter("", "")
            self._bons = 0
        self.choix.demander()
        self._demander()
        if self._lue:
            self._porter_focus()

    def quitter(self) -> None:
        """Stops before the next carnet."""
        self.travail.quitter()

    def disposer(self, etroite: bool) -> None:
        """In a narrow window, the answers above what is ticked, and the printer in the place of the pile."""
        super().disposer(etroite)
        sens = QBoxLayout.Direction.BottomToTop if etroite else QBoxLayout.Direction.LeftToRight
        self._milieu.setDirection(sens)
        self._detailler()
        self._cadre_pied.set_marges(*MARGES_PIED_ETROITES if etroite else MARGES_PIED)
        for bouton in (self.bouton, self.remettre):
            bouton.montrer_touche(not etroite)
        self.plus_tard.montrer_touche(not etroite)
        self._actualiser()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What each answer means is told where the four hold with it beside the pile."""
        super().resizeEvent(event)
        self._detailler()

    def _detailler(self) -> None:
        large = self._contexte.theme.ems(self.width()) >= EMS_DETAILLES
        self.demande.disposer(self.etroite, detaillees=large and not self.etroite)

    def primaire(self) -> Btn | None:
        return next((bouton for bouton in (self.bouton, self.remettre) if bouton.isVisibleTo(self)), None)

    def regions(self) -> tuple[QWidget, ...]:
        parties = (self.carte, self.panneau, self._pied)
        return tuple(partie for partie in parties if partie.isVisibleTo(self)) or (self,)

    @property
    def question(self) -> FourneeEnQuestion | None:
        """What is asked about now."""
        return None if self.travail.en_cours else self.pile.question

    @property
    def _support(self) -> Support:
        return self.support.support if self.choix.choix.choisie else Support.ORDINAIRE

    def _demander(self) -> None:
        if not self.travail.en_cours:
            self._contexte.lancer(voir_fournee, apres=self._recevoir, sur_panne=self._en_panne, ecran=self)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and not self._occupee and genres & {"carnets", "litiges"}:
            self._demander()

    def _recevoir(self, vue: VueFournee) -> None:
        if self.travail.en_cours:
            return
        vide = not self.pile.attendent
        autre = not self._lue or vue.question != self.pile.question or vide != (not vue.a_imprimer)
        self._lue, self._occupee = True, False
        self.pile.recevoir(vue)
        if vue.question is not None and autre:
            fichier = fichier_de_la_fournee(self._contexte.poste.dossier, vue.question.fournee)
            self.demande.poser(vue.question, fichier)
        self._actualiser()
        if autre:
            # Read from its top, wherever the pile had led.
            self._zone.verticalScrollBar().setValue(0)
            self._porter_focus()

    def _agir(self) -> None:
        if self._occupee or self.travail.en_cours:
            return
        if self.question is not None:
            reponse = self.demande.reponse(self.pile.illisibles)
            if self.demande.premier[0]:
                self.demande.fichiers.agir()
            elif reponse is not None:
                self._repondre(self.question, reponse)
            return
        self.choix.retenir()
        prises, obstacle = self.pile.prises(self._support), self.choix.choix.obstacle
        if obstacle is not None:
            self._en_panne(obstacle)
        elif prises:
            self._noter("", "")
            self._rang, self._bons, self._papier_en_vue = 0, 0, False
            self.travail.lancer(prises, self._support, self.choix.choix.choisie)

    def _repondre(self, question: FourneeEnQuestion, reponse: ReponseFournee) -> None:
        self._occupee = True
        bons = sum(sortie == "tout" for sortie, _ in sorties([c.feuilles for c in question.carnets], reponse))

        def noter(_: None) -> None:
            self.pile.tout_reprendre()
            tous = bons == len(question.carnets)
            self._bons = bons
            self._acheve.set_textes(*textes.notee(len(question.carnets), bons))
            self._noter(*textes.notee(len(question.carnets), bons), ton="ok" if tous else "info")
            self._contexte.signaler("carnets", "visites", "envoi")
            self._demander()

        def relire(trouble: KnownError) -> None:
            self._en_panne(trouble)
            self._demander()

        self._contexte.lancer(repondre_fournee, question, reponse, apres=noter, sur_panne=relire, ecran=self)

    def _avancer(self, ou: Avance) -> None:
        self._rang = ou.rang
        self._actualiser()
        self.panneau.avancer(textes.avance(ou), ou.rang - 1, ou.total)

    def _arreter(self) -> None:
        self.travail.arreter()
        self.panneau.attendre_l_arret(self.retour)

    def _fini(self, bilan: Bilan) -> None:
        total = len(self.pile.prises(self._support))
        if bilan.panne is not None:
            self._en_panne(bilan.panne, textes.restent(total - bilan.partis))
        elif bilan.partis < total:
            dit = message(bilan.laisses[0].code) if bilan.laisses else None
            raison = f"{dit.quoi} {dit.faire}".strip() if dit is not None else ""
            self._noter(*textes.incident(bilan, total, raison), ton="info" if bilan.arretee else "warn")
        self._occupee = True
        self._contexte.signaler("carnets", "visites", "envoi")
        self._demander()

    def _en_panne(self, trouble: KnownError, reste: str = "") -> None:
        self._occupee = False
        phrases = message(trouble.code, **trouble.faits)
        self._noter(phrases.quoi, " ".join(mot for mot in (phrases.sur, phrases.faire, reste) if mot), ton="warn")
        self._actualiser()

    def _basculer(self, cle: Hashable) -> None:
        if isinstance(cle, tuple):
            self.pile.basculer(cle)
            self._actualiser()

    def _tout_cocher(self) -> None:
        self.pile.tout(cocher=len(self.pile.prises(self._support)) < len(self.pile.possibles(self._support)))
        self._actualiser()

    def _designer(self, cle: Hashable) -> None:
        """By hand only: a list that is shown again arrives at its row too."""
        rang = self.pile.rang(cle)
        if rang is not None and self.liste.hasFocus():
            self.demande.designer(rang)

    def _voir_carnets(self) -> None:
        self._contexte.navigation.montrer_lieu("carnets")

    def _remettre(self) -> None:
        """To those that wait to be handed over."""
        self._contexte.navigation.montrer_lieu("carnets").viser("poste", "")

    def _changer_d_imprimante(self) -> None:
        self._papier_en_vue = not self._papier_en_vue
        self._actualiser()
        (self.choix.liste if self._papier_en_vue else self.liste).setFocus(Qt.FocusReason.OtherFocusReason)

    def _porter_focus(self) -> None:
        if not self.isVisible():
            return
        if self.question is not None:
            cible: QWidget = self.bouton if self.demande.premier[0] else self.demande.tuiles["tout"].radio
        else:
            cible = self.liste if self.pile.attendent else self.remettre if self._bons else self.voir
        cible.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fichier_pris(self) -> None:
        self._noter("", "")
        self._actualiser()
        self._porter_focus()

    def _noter(self, quoi: str, suite: str, ton: Ton = "info") -> None:
        """What has just happened, above what comes next; nothing when `quoi` is empty."""
        for autre, bandeau in self.bandeaux.items():
            bandeau.setVisible(bool(quoi) and autre == ton)
            bandeau.set_textes(quoi, suite)

    def _actualiser(self) -> None:
        """Which cards are shown, and what they say."""
        question = self.question
        etape: Etape = "envoi" if self.travail.en_cours else "question" if question is not None else "choix"
        vide = etape == "choix" and not self.pile.attendent
        # Alone in a narrow window, what goes on leaves the pile aside; the question keeps it in sight, unless it asks
        # where the printer stopped.
        sous_la_question = etape == "question" and not self.demande.arrete
        pile_en_vue = sous_la_question or (etape == "choix" and not self._papier_en_vue)
        self.carte.setVisible(pile_en_vue or not self.etroite)
        self.carte.disposer(self.etroite, seule=etape == "choix")
        self.panneau.setVisible(not self.etroite or etape != "choix" or self._papier_en_vue)
        self._milieu.setStretchFactor(self.panneau, 0 if self.etroite and sous_la_question else 2)
        self._cartes.setVisible(not vide)
        fini = vide and self._bons > 0
        self._vide.setVisible(vide and not fini)
        self._acheve.setVisible(fini)
        self.bandeaux["ok"].setVisible(not self.bandeaux["ok"].isHidden() and not fini)
        demandee = self.etroite and question is not None
        self._en_tete.setText(self.demande.titre_court if demandee else textes.TITRE)
        envoyes = textes.envoyes(question) if question is not None else ""
        self._detail.setText(self.demande.consigne if demandee else envoyes)
        self._detail.setVisible(question is not None and not (demandee and self.demande.repondue))
        a_changer = self.etroite and etape == "choix"
        vus = {self.plus_tard: question is not None, self._resume: a_changer}
        vus[self.autre] = a_changer and self.choix.imprimante is not None
        # What goes first: all at once, they are wider than a small window, which Qt then makes larger for good.
        for widget in sorted(vus, key=lambda w: vus[w]):
            widget.setVisible(vus[widget])
        self._pied.setVisible(not vide and etape != "envoi")
        self.panneau.montrer(etape)
        if question is not None:
            self._montrer_question()
        elif etape == "envoi":
            self.carte.montrer(textes.LISTE_PARTIS, self.pile.rangees_en_route(self._support, self._rang))
        else:
            self._montrer_choix()

    def _montrer_choix(self) -> None:
        support, attendent = self._support, self.pile.attendent
        prises, possibles = self.pile.prises(support), self.pile.possibles(support)
        self.carte.montrer(
            textes.attendent(len(attendent)),
            self.pile.rangees_a_cocher(support),
            textes.TOUT_COCHER if len(prises) < len(possibles) else textes.TOUT_DECOCHER,
            self.pile.bloques,
            textes.trop_gros(len(attendent) - len(possibles)) if len(attendent) > len(possibles) else "",
        )
        self.panneau.compter(textes.carnets_et_feuilles(prises, support) if prises else textes.RIEN_DE_COCHE)
        self._resume.setText(textes.resume(prises, support, self.choix.choix.choisie))
        self.autre.set_texte(textes.REVENIR_A_LA_PILE if self._papier_en_vue else textes.AUTRE_IMPRIMANTE)
        self.bouton.set_texte(textes.imprimer(len(prises)) if prises else textes.IMPRIMER)
        self.bouton.set_icone("printer")
        self.bouton.setEnabled(bool(prises) and not self._occupee)

    def _montrer_question(self) -> None:
        reponse = self.demande.reponse(self.pile.illisibles)
        rangees = self.pile.rangees_en_question(reponse, coche=self.demande.coche)
        self.carte.montrer(textes.LISTE_PARTIS, rangees)
        arrete_a = self.demande.arrete_a
        if self.question is not None and arrete_a is not None:
            self.liste.choisir(self.question.carnets[arrete_a].cle)
        premier, icone = self.demande.premier
        self.demande.fichiers.seconder(oui=bool(premier))
        if reponse is None:
            self.bouton.set_texte(premier or self.demande.demande)
        else:
            self.bouton.set_texte(textes.noter(sum(rangee.ton == "warn" for rangee in rangees)))
        self.bouton.set_icone(icone if reponse is None else "check")
        self.bouton.setEnabled((reponse is not None or bool(premier)) and not self._occupee)

    def _monter(self) -> None:
        theme = self._contexte.theme
        self.retour = Btn(theme, textes.RETOUR, genre="discret")
        self._detail = WrapLabel("", "small")
        titres = Colonne(theme, ecart=2)
        self._en_tete = Titre(theme, textes.TITRE)
        titres.addWidget(self._en_tete)
        titres.addWidget(self._detail)
        haut = Ligne(theme, ecart=12)
        haut.addLayout(titres, 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        self.bandeaux = {ton: Banner(theme, ton, icone, "") for ton, icone in BANDEAUX.items()}
        self.voir = Btn(theme, textes.VOIR)
        for bouton in (self.retour, self.voir):
            bouton.clicked.connect(self._voir_carnets)
        self._vide = EmptyState(theme, "printer", textes.AUCUN, textes.AUCUN_SUITE, self.voir)
        self.remettre = Btn(theme, textes.REMETTRE, genre="primaire", icone_nom="ticket", touche="Ctrl+Entrée")
        self.remettre.clicked.connect(self._remettre)
        self._acheve = EmptyState(theme, "ticket", *textes.notee(1, 1), self.remettre)
        self._milieu = Flexible(theme, ecart=24)
        self._milieu.addWidget(self.carte, 3)
        self._milieu.addWidget(self.panneau, 2)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        for bandeau in self.bandeaux.values():
            bandeau.hide()
            corps.addWidget(bandeau)
        self._cartes = QWidget()
        self._cartes.setLayout(self._milieu)
        corps.addWidget(self._cartes, 1)
        for etat in (self._vide, self._acheve):
            etat.setProperty("role", "card")
            corps.addWidget(etat, 1, Qt.AlignmentFlag.AlignTop)
        contenu = QWidget()
        contenu.setLayout(corps)
        self.cadrer(corps)
        cadre = Colonne(theme, ecart=0)
        self._zone = Defilement(contenu)
        cadre.addWidget(self._zone, 1)
        cadre.addWidget(self._monter_pied())
        self.setLayout(cadre)

    def _monter_pied(self) -> QWidget:
        """What goes on stays in view, however far one has scrolled."""
        theme = self._contexte.theme
        self.plus_tard = Btn(theme, textes.PLUS_TARD, icone_nom="clock", touche="Ctrl+M")
        self.plus_tard.clicked.connect(self._contexte.navigation.mettre_en_attente)
        self.bouton = Btn(theme, textes.IMPRIMER, genre="primaire", icone_nom="printer", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self._agir)
        self._resume = WrapLabel("", "small")
        self.autre = Btn(theme, textes.AUTRE_IMPRIMANTE, genre="discret")
        self.autre.clicked.connect(self._changer_d_imprimante)
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(self._resume, 1)
        ligne.addStretch(1)
        ligne.addWidget(self.autre, 0, Qt.AlignmentFlag.AlignVCenter)
        ligne.addWidget(self.plus_tard)
        ligne.addWidget(self.bouton)
        self._cadre_pied = Colonne(theme, marges=MARGES_PIED)
        self._cadre_pied.addLayout(ligne)
        self._pied = QWidget()
        self._pied.setLayout(self._cadre_pied)
        return self._pied
