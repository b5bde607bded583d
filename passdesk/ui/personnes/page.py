"""*Personnes*: search as one types, the list, and the person chosen at its right."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.consultations import noter as noter_consultation
from passdesk.services.fiche import Correction, ouvrir
from passdesk.services.personnes import FichePersonne, Recherche, chercher, fiche
from passdesk.ui.composants import (
    Btn,
    ChampRecherche,
    Colonne,
    Defilement,
    EmptyState,
    Icone,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte
from passdesk.ui.homonyme import demander_retrait
from passdesk.ui.importer import PageImporter
from passdesk.ui.importer.textes import BOUTON as BOUTON_TABLEAU
from passdesk.ui.messages import message
from passdesk.ui.personnes import textes
from passdesk.ui.personnes.fiche import Fiche
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.modifier import PageFiche
from passdesk.ui.personnes.separation import PageSeparation

PAUSE_FICHE_MS = 60
"""Arrows held down pass over persons: only the one stopped at is read."""


class PagePersonnes(Page):
    """The latest search wins; the row arrived at is shown at the right, Enter goes to its one act."""

    aide = "personnes"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("personnes", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.champ.textChanged.connect(lambda _: self._chercher())
        self.compte = WrapLabel("", "small")
        self.liste = Liste(theme, "Résultats")
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.timeout.connect(self._demander_fiche)
        self.liste.choisie.connect(lambda _: self._attente.start(PAUSE_FICHE_MS))
        self.liste.ouverte.connect(lambda _: self.ouvrir())
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(self.ouvrir)
        dit = QWidget()
        self._vide_corps = Colonne(theme)
        dit.setLayout(self._vide_corps)
        self._vide = Defilement(dit)
        self._aide = QWidget()
        self.nouvelle = Btn(theme, textes.NOUVELLE, icone_nom="user-plus", touche="Ctrl+N", liee=False)
        self.nouvelle.clicked.connect(lambda: contexte.navigation.nouvelle_visite())
        self.tableau = self._bouton_tableau()
        self.panneau = ListeDetail(theme, textes.RETOUR)
        self.panneau.revenue.connect(self.champ.setFocus)
        self.panneau.change.connect(self._refaire)
        self.fiche: Fiche | None = None
        self._en_cours: str | None = None
        self._encore = False
        self._trouvees = Recherche("", (), False)
        self._ouvrir_ensuite = False
        self._vise: Hashable | None = None
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.champ.setFocus()
        self.champ.selectAll()
        self._chercher()

    def viser(self, cle: Hashable, texte: str) -> None:
        """The person with this id, among those of that name."""
        self._vise = cle
        self.champ.setText(texte)

    @property
    def ligne_montree(self) -> tuple[Hashable, str] | None:
        personne = self.fiche.fiche.personne if self.fiche is not None else None
        return (personne.personne_id, personne.nom_complet) if personne is not None else None

    @property
    def en_saisie(self) -> bool:
        return self.fiche is not None and self.fiche.accompagnements.en_saisie

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)
        self.nouvelle.montrer_touche(not etroite)
        self._aide.setVisible(not etroite and self._vide.isHidden())

    def primaire(self) -> Btn | None:
        return self.fiche.bouton if self.fiche is not None else None

    def regions(self) -> tuple[QWidget, ...]:
        parties = (self.fiche, self.fiche.pied) if self.fiche is not None else ()
        suite = tuple(partie for partie in parties if partie is not None and partie.isVisible())
        return (self.champ, *suite) if self.champ.isVisible() else suite

    def nom_a_inscrire(self) -> str:
        """What Ctrl+N starts a visit with: the name searched, when nobody has it."""
        nobody = not self._trouvees.trouvees and self._trouvees.texte == self.champ.text()
        return textes.nom_a_inscrire(self.champ.text()) if nobody else ""

    def ouvrir(self) -> None:
        """The person chosen: its one act takes the focus (once it is read)."""
        if self.liste.cle() is None:
            return
        self.panneau.ouvrir()
        if self.fiche is not None and self.fiche.fiche.personne.personne_id == self.liste.cle():
            self.fiche.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
            self.detail_ouvert.emit()
        else:
            self._ouvrir_ensuite = True
            self._demander_fiche()

    def _monter(self) -> None:
        theme = self._contexte.theme
        entete = Ligne(theme, ecart=12)
        entete.addWidget(Titre(theme, textes.TITRE), 1)
        entete.addWidget(self.tableau, 0, Qt.AlignmentFlag.AlignVCenter)
        entete.addWidget(self.nouvelle)
        haut = QWidget()
        haut.setLayout(entete)
        self.panneau.ceder(haut)
        gauche = self.panneau.gauche
        marge = Colonne(theme, ecart=8, marges=(8, 4, 8, 0))
        marge.addWidget(self.champ)
        # In the column of the words of the rows.
        compte = Ligne(theme, marges=(8, 0, 8, 0))
        compte.addWidget(self.compte)
        marge.addLayout(compte)
        tete = QWidget()
        tete.setLayout(marge)
        self.panneau.tete(tete)
        gauche.addWidget(self.liste, 1)
        gauche.addWidget(self._vide, 1)
        aide = Ligne(theme, ecart=10, marges=(16, 8, 16, 4))
        aide.addWidget(Icone(theme, "info-circle", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        aide.addWidget(WrapLabel(textes.AIDE, "small"), 1)
        self._aide.setLayout(aide)
        gauche.addWidget(self._aide)
        self._vide.hide()
        corps = Colonne(theme, ecart=16)
        corps.addWidget(haut)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)
        self._sans_fiche("")

    def _bouton_tableau(self) -> Btn:
        bouton = Btn(self._contexte.theme, BOUTON_TABLEAU, genre="discret")
        bouton.clicked.connect(lambda: self._contexte.navigation.ouvrir_page(PageImporter(self._contexte)))
        return bouton

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and genres & {"personnes", "visites", "carnets", "envoi"}:
            self._chercher()

    def _chercher(self) -> None:
        """One search at a time: what is typed meanwhile is looked up after it, once."""
        if self._en_cours is None:
            self._en_cours = self.champ.text()
            self._contexte.lancer(
                chercher,
                self._en_cours,
                self._contexte.communes,
                apres=self._recevoir,
                sur_panne=self._en_panne,
                ecran=self,
            )
            return
        self._encore = True

    def _recevoir(self, recherche: Recherche) -> None:
        self._en_cours = None
        if self._encore or recherche.texte != self.champ.text():
            self._encore = False
            self._chercher()
            return
        self._trouvees = recherche
        communes = self._contexte.communes
        self.liste.montrer([textes.rangee(t, recherche.texte, communes) for t in recherche.trouvees], recherche.texte)
        phrase = textes.annonce(recherche)
        if phrase != self.compte.text():
            self.compte.setText(phrase)
            annoncer(self, phrase)
        self.compte.setVisible(bool(recherche.trouvees))
        self._montrer_vide(recherche)
        self._attente.start(0)
        vise, self._vise = self._vise, None
        if vise is not None and self.liste.choisir(vise):
            self.ouvrir()

    def _en_panne(self, panne: KnownError) -> None:
        """Said where the count stands; the next letter asks again."""
        self._en_cours, self._encore = None, False
        self.compte.setText(str(message(panne.code, **panne.faits)))
        self.compte.show()

    def _montrer_vide(self, recherche: Recherche) -> None:
        vider(self._vide_corps)
        vide, texte = not recherche.trouvees, recherche.texte
        self.liste.setVisible(not vide)
        self._vide.setVisible(vide)
        self._aide.setVisible(not vide and not self.etroite)
        # An empty desk offers the spreadsheet among what to do first.
        self.tableau.setVisible(not vide or bool(texte.strip()))
        if not vide:
            return
        theme = self._contexte.theme
        if recherche.couverture:
            self._vide_corps.addWidget(EmptyState(theme, "users", textes.COUVERTURE, textes.COUVERTURE_SUITE))
            self._vide_corps.addStretch(1)
            return
        if recherche.est_un_pass:
            controle = Btn(theme, textes.VERIFIER_SCAN, icone_nom="shield-check")
            controle.clicked.connect(lambda: self._contexte.navigation.verifier(texte, self))
            self._vide_corps.addWidget(
                EmptyState(theme, "ticket", textes.SCAN_D_AILLEURS, textes.SCAN_D_AILLEURS_SUITE, controle)
            )
            self._vide_corps.addStretch(1)
            return
        bouton = Btn(
            theme, textes.inscrire(texte), genre="primaire", icone_nom="user-plus", touche="Ctrl+N", liee=False
        )
        bouton.montrer_touche(not self.etroite)
        bouton.clicked.connect(lambda: self._contexte.navigation.nouvelle_visite(None, textes.nom_a_inscrire(texte)))
        titre, suite = (textes.titre_vide(texte), textes.ESSAYER) if texte.strip() else (textes.VIDE, textes.VIDE_SUITE)
        self._vide_corps.addWidget(EmptyState(theme, "users", titre, suite, bouton))
        for cle, mots in textes.autres_reponses(recherche):
            lien = Btn(theme, mots, genre="discret")
            lien.clicked.connect(partial(self._aller_a, cle, texte))
            self._vide_corps.addWidget(lien, 0, Qt.AlignmentFlag.AlignHCenter)
        if not texte.strip():
            self._vide_corps.addWidget(self._bouton_tableau(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._vide_corps.addStretch(1)

    def _aller_a(self, cle: str, texte: str) -> None:
        """A place of the window; the list of places with what was searched."""
        page = self._contexte.navigation.montrer_lieu(cle)
        if cle == "lieux":
            page.viser("", texte)

    def _demander_fiche(self) -> None:
        self._attente.stop()
        cle = self.liste.cle() if self._trouvees.trouvees else None
        if cle is None:
            self._sans_fiche("")
            return
        lue, manquee = partial(self._recevoir_fiche, cle), partial(self._fiche_manquee, cle)
        self._contexte.lancer(fiche, cle, apres=lue, sur_panne=manquee, ecran=self)

    def _fiche_manquee(self, cle: Hashable, panne: KnownError) -> None:
        """Said in its place: beside this row, the file of another person would be read for theirs."""
        if cle == self.liste.cle():
            self._sans_fiche(str(message(panne.code, **panne.faits)))

    def _recevoir_fiche(self, cle: Hashable, lue: FichePersonne | None) -> None:
        if cle != self.liste.cle() or not self._trouvees.trouvees:
            return
        if lue is None:
            self._sans_fiche(textes.ABSENTE)
            return
        self._montrer_fiche(lue)

    def _montrer_fiche(self, lue: FichePersonne) -> None:
        ancienne = self.fiche
        if ancienne is not None and ancienne.accompagnements.en_saisie and _meme(ancienne.fiche, lue):
            # Somebody is writing in it: it is drawn again once that is recorded.
            return
        ouverte, self._ouvrir_ensuite = self._ouvrir_ensuite, False
        avait_focus = ouverte or (self.fiche is not None and self.fiche.bouton.hasFocus())
        contexte = self._contexte
        en_notant = ancienne is not None and ancienne.accompagnements.bouton.hasFocus()
        neuve = Fiche(contexte, lue, etroite=self.panneau.serre)
        neuve.accompagnements.enregistre.connect(lambda: contexte.signaler("personnes", "envoi"))
        neuve.explication.connect(lambda decision: contexte.navigation.expliquer(decision, self))
        neuve.reunion.connect(partial(self._reunir, lue))
        neuve.separation.connect(partial(self._separer, lue))
        neuve.retrait.connect(partial(self._retirer_homonyme, lue))
        neuve.droits.connect(partial(self._droits, lue))
        neuve.demande.connect(partial(self._nouvelle_demande, lue.personne.personne_id))
        neuve.correction.connect(partial(self._corriger, lue.personne.personne_id))
        if lue.visite is not None:
            neuve.reprise.connect(partial(contexte.navigation.reprendre, lue.visite))
        self.panneau.montrer(neuve, neuve.pied, lue.personne.personne_id)
        self.fiche = neuve
        if ancienne is None or not _meme(ancienne.fiche, lue):
            contexte.lancer(noter_consultation, lue.personne.personne_id)
        if en_notant:
            neuve.accompagnements.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        elif avait_focus:
            neuve.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        if ouverte:
            self.detail_ouvert.emit()

    def _refaire(self) -> None:
        if self.fiche is not None:
            self._montrer_fiche(self.fiche.fiche)

    def _nouvelle_demande(self, personne_id: str) -> None:
        # Between a row and the next, the button still belongs to the one before.
        if personne_id == self.liste.cle():
            self._contexte.navigation.nouvelle_visite(personne_id)

    def _reunir(self, lue: FichePersonne) -> None:
        self._contexte.navigation.ouvrir_page(PageFusion(self._contexte, lue.personne, self))

    def _droits(self, lue: FichePersonne) -> None:
        self._contexte.navigation.droits(lue.personne, self)

    def _separer(self, lue: FichePersonne, acte: str) -> None:
        fusion = next(fusion for fusion in lue.fusions if fusion.acte == acte)
        self._contexte.navigation.ouvrir_page(PageSeparation(self._contexte, lue.personne, fusion, self))

    def _retirer_homonyme(self, lue: FichePersonne) -> None:
        if lue.homonyme is not None and lue.personne.personne_id == self.liste.cle():
            demander_retrait(self._contexte, self, lue.homonyme, apres=self._homonyme_retire, sur_panne=self._en_panne)

    def _homonyme_retire(self) -> None:
        """Read again, with the keyboard on its one act: the button pressed is gone."""
        self._ouvrir_ensuite = True
        self._demander_fiche()

    def _corriger(self, personne_id: str) -> None:
        if personne_id == self.liste.cle():
            self._contexte.lancer(ouvrir, personne_id, apres=self._ouvrir_correction, ecran=self)

    def _ouvrir_correction(self, correction: Correction | None) -> None:
        if correction is not None:
            self._contexte.navigation.ouvrir_page(PageFiche(self._contexte, correction))

    def _sans_fiche(self, phrase: str) -> None:
        self.fiche = None
        if not phrase:
            self.panneau.montrer(None)
            return
        attente = QWidget()
        colonne = Colonne(self._contexte.theme, marges=(20, 16, 20, 16))
        colonne.addWidget(WrapLabel(phrase, "small"))
        attente.setLayout(colonne)
        self.panneau.montrer(attente)


def _meme(une: FichePersonne, autre: FichePersonne) -> bool:
    return une.personne.personne_id == autre.personne.personne_id
