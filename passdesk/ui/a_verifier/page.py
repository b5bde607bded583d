"""*À vérifier*: the list of what only a person can look at, and the case chosen at its right."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.dossier_personne import DossierPapier
from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import typographie
from passdesk.services.dossier_personne import DossierDessine, dessiner_dossier
from passdesk.services.litiges import ActeEnSuspens, AVerifier, CarnetDuCas, Cas, a_verifier, noter_appel, noter_vu
from passdesk.ui import mots_cas
from passdesk.ui.a_verifier import textes
from passdesk.ui.a_verifier.detail import Detail, DetailCas, DetailReglement, DetailSuspens
from passdesk.ui.a_verifier.papier import FICHIER, papier_reglement, papier_suspens
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.composants import (
    Avis,
    Banner,
    Btn,
    Colonne,
    EmptyState,
    Icone,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    Rangee,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.homonyme import demander_retrait
from passdesk.ui.messages import message
from passdesk.ui.papier.attente import dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.textes import pluriel

LARGEUR_LISTE = 344
MOTS = MotsPapier(
    textes.PAPIER_TITRE,
    textes.PAPIER_DETAIL,
    textes.PAPIER_ENVOYE,
    textes.PAPIER_ENREGISTRE,
    "pages",
    "dossier_non_ecrit",
)


class PageAVerifier(Page):
    """A row stays until somebody says that it was seen; those seen are behind one quiet link."""

    aide = "a-verifier"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("a-verifier", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self._lu = AVerifier((), (), ())
        self._avec_vus = self._occupee = self._suite = False
        self._appele: str | None = None
        self._relit = False
        self._refuse: str | None = None
        """The case that the refusal shown is about; None when that case is there no more."""
        self._vise: Hashable | None = None
        self._montree: tuple[Hashable, bool, bool] = (None, False, False)
        self.sous_titre = WrapLabel("", "small")
        self.avis = Avis(theme)
        self.refus = Banner(theme, "warn", "alert-triangle", "")
        self.refus.hide()
        self.liste = Liste(theme, textes.TITRE)
        self.liste.choisie.connect(self._montrer)
        self.liste.ouverte.connect(lambda _: self.ouvrir())
        self.lien_vus = Btn(theme, "", genre="discret")
        self.lien_vus.clicked.connect(self._basculer_vus)
        self.panneau = ListeDetail(theme, textes.RETOUR, LARGEUR_LISTE)
        self.panneau.revenue.connect(self.liste.setFocus)
        self.panneau.change.connect(self._refaire)
        self.panneau.hauteur_change.connect(self._refaire)
        self.detail: DetailCas | DetailReglement | DetailSuspens | None = None
        self._aide = QWidget()
        self._vide = EmptyState(theme, "circle-check", textes.RIEN, textes.RIEN_SUITE)
        # It takes the keyboard when the last case goes from under it: the ring is seen round it, and Tab comes back.
        self._vide.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again; the focus on the list."""
        self.avis.hide()
        self.refus.hide()
        self._appele = None
        self.actualiser()
        self.liste.setFocus()

    def viser(self, cle: Hashable, texte: str) -> None:  # noqa: ARG002
        """The line with this key; with that of a carnet (campaign, number), its case, as long as it is to be seen."""
        self._vise = cle

    @property
    def ligne_montree(self) -> tuple[Hashable, str] | None:
        cle = self.liste.cle() if self.detail is not None else None
        return (cle, "") if cle is not None else None

    @property
    def en_saisie(self) -> bool:
        return isinstance(self.detail, DetailCas) and bool(self.detail.note.texte().strip())

    def actualiser(self) -> None:
        """Asks again for everything it shows."""
        self._contexte.lancer(a_verifier, apres=self._recevoir, ecran=self)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)
        self._aide.setVisible(not etroite)

    def primaire(self) -> Btn | None:
        if isinstance(self.detail, DetailReglement):
            return self.detail.bouton
        return self.detail.bouton if isinstance(self.detail, DetailCas) and not self.detail.cas.traite else None

    def regions(self) -> tuple[QWidget, ...]:
        pied = self.detail.pied if self.detail is not None else None
        suite = tuple(partie for partie in (self.detail, pied) if partie is not None and partie.isVisible())
        return (self.liste, *suite) if self.liste.isVisible() else (*suite, self)

    def ouvrir(self) -> None:
        """The line chosen: its next act takes the focus, and is in sight; the facts above it stay."""
        if self.liste.cle() is None:
            return
        self.panneau.ouvrir()
        self.detail_ouvert.emit()
        if self.panneau.etroite:
            # The facts come first.
            self.panneau.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (bouton := self.primaire()) is not None:
            bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _monter(self) -> None:
        theme = self._contexte.theme
        entete = Ligne(theme, ecart=16)
        entete.addWidget(Titre(theme, textes.TITRE))
        entete.addWidget(self.sous_titre, 1)
        haut = QWidget()
        haut.setLayout(entete)
        self.panneau.ceder(haut)
        gauche = self.panneau.gauche
        dit = Colonne(theme, marges=(16, 2, 16, 2))
        dit.addWidget(self.avis)
        gauche.addLayout(dit)
        gauche.addWidget(self.liste, 1)
        gauche.addWidget(self._vide)
        vus = Ligne(theme, marges=(14, 0, 0, 0))
        vus.addWidget(self.lien_vus)
        vus.addStretch(1)
        gauche.addLayout(vus)
        gauche.addStretch(0)
        aide = Ligne(theme, ecart=10, marges=(16, 8, 16, 4))
        aide.addWidget(Icone(theme, "info-circle", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        aide.addWidget(WrapLabel(textes.RESTE, "small"), 1)
        self._aide.setLayout(aide)
        gauche.addWidget(self._aide)
        self._vide.hide()
        self.lien_vus.hide()
        corps = Colonne(theme, ecart=16)
        corps.addWidget(haut)
        # Over both: where there is little room, the list is not shown with the detail.
        corps.addWidget(self.refus)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and genres & {"litiges", "envoi"}:
            self.actualiser()

    def _recevoir(self, lu: AVerifier) -> None:
        if lu != self._lu or not self.liste.rangees:
            self._dresser(lu)
        vise, self._vise = self._vise, None
        if isinstance(vise, str) and self.liste.choisir(vise):
            self.ouvrir()
            return
        for cas in lu.ouverts if vise is not None else ():
            if vise in [(ici.carnet.campagne, ici.carnet.numero) for ici in cas.ici]:
                self.liste.choisir(cas.litige_id)
                self.ouvrir()
                return

    def _dresser(self, lu: AVerifier) -> None:
        tenu = self.window().focusWidget()
        tenait = tenu is not None and self.isAncestorOf(tenu)
        self._lu = lu
        rangees = [self._rangee_cas(cas) for cas in lu.ouverts]
        rangees += [
            Rangee(f"suspens-{raison}", mots_cas.titre_suspens(actes), "La Région les regarde", icone="clock")
            for raison, actes in self._suspens().items()
        ]
        rangees += [
            Rangee(
                f"reglement-{ecarte.generation}-{rang}",
                mots_cas.titre_reglement(ecarte),
                "Le poste continue avec celui d’avant",
                icone="file-text",
            )
            for rang, ecarte in enumerate(lu.reglements)
        ]
        self.sous_titre.setText(textes.sous_titre(len(rangees)))
        self._vide.setVisible(not rangees)
        if self._avec_vus:
            rangees += [self._rangee_cas(cas) for cas in lu.vus]
        self.lien_vus.setVisible(bool(lu.vus))
        nombre = pluriel(len(lu.vus), "dossier")
        self.lien_vus.set_texte(
            "Ne montrer que les lignes à voir" if self._avec_vus else typographie(f"Déjà vu : {nombre}")
        )
        self.liste.setVisible(bool(rangees))
        self._aide.setVisible(bool(rangees) and not self.etroite)
        self._relit = True
        self.liste.montrer(rangees)
        self._relit = False
        if not rangees:
            self.detail = None
            self.panneau.montrer(None)
            self.panneau.fermer()
            if tenait:
                # With the last row the keyboard would leave the page.
                refuge = self._vide if self.lien_vus.isHidden() else self.lien_vus
                refuge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _suspens(self) -> dict[str, list[ActeEnSuspens]]:
        tries = sorted(self._lu.suspens, key=lambda acte: acte.raison)
        return {raison: list(actes) for raison, actes in groupby(tries, key=lambda acte: acte.raison)}

    def _rangee_cas(self, cas: Cas) -> Rangee:
        jour = self._contexte.horloge.aujourdhui()
        badge, icone = (textes.DEJA, "check") if cas.traite else ("", "")
        ton = "ink2" if cas.traite else "warn"
        dessin = "scale" if cas.excedent or cas.homonyme or cas.retire else "ticket"
        return Rangee(cas.litige_id, mots_cas.titre_cas(cas), textes.depuis(cas, jour), badge, "ok", icone, dessin, ton)

    def _forme(self) -> tuple[Hashable, bool, bool]:
        """Of what the detail is, and how it is laid out."""
        return self.liste.cle(), self.panneau.serre, self.panneau.bas and not self.panneau.serre

    def _refaire(self) -> None:
        """The detail again, in another form: width and height change both in one resize."""
        if (cle := self.liste.cle()) is not None and self._forme() != self._montree:
            self._montrer(cle)

    def _acte_tenu(self, cle: Hashable) -> tuple[Hashable, int] | None:
        """What has the keyboard in the detail of this row, and the place in what is typed."""
        tenu = self.window().focusWidget()
        if self.detail is None or self._montree[0] != cle or (acte := self.detail.acte_de(tenu)) is None:
            return None
        return acte, tenu.cursorPosition() if isinstance(tenu, QLineEdit) else 0

    def _rendre(self, detail: Detail, acte: Hashable, curseur: int) -> None:
        """The keyboard, to the same act of the detail made again; to the next one when it is gone."""
        touche = detail.touches.get(acte) or self.primaire() or self.liste
        touche.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(touche, QLineEdit):
            touche.setCursorPosition(curseur)

    def _montrer(self, cle: Hashable) -> None:
        if cle != self._montree[0] and not (self._relit and self._refuse is None):
            # What was refused is about the case of before; when that one is gone, it stays until another is chosen.
            self.refus.hide()
        tenu, self._montree = self._acte_tenu(cle), self._forme()
        jour, theme = self._contexte.horloge.aujourdhui(), self._contexte.theme
        cas = next((c for c in (*self._lu.ouverts, *self._lu.vus) if c.litige_id == cle), None)
        if cle != self._appele:
            self._appele = None
        if cas is not None:
            notee = cas.notes[-1] if cas.notes and self._appele else None
            etroite, bas = self.panneau.serre, self.panneau.bas
            page = DetailCas(
                theme, cas, self._contexte.communes, jour, etroite=etroite, bas=bas, note_a_l_instant=notee
            )
            if isinstance(self.detail, DetailCas) and self.detail.cas.litige_id == cle:
                page.note.set_texte(self.detail.note.texte())
            page.vu.connect(lambda note: self._noter(cas.litige_id, note))
            page.appel.connect(lambda texte: self._noter_appel(cas.litige_id, texte))
            page.mene.connect(lambda geste: self._mener(cas, geste))
            page.retrait.connect(lambda: self._retirer_homonyme(cas))
            self.detail = page
        elif str(cle).startswith("reglement-"):
            ecarte, etroite = self._lu.reglements[int(str(cle).rpartition("-")[2])], self.panneau.serre
            reglement = DetailReglement(theme, ecarte, self._lu, etroite=etroite)
            reglement.papier.connect(lambda: self._dessiner(papier_reglement(ecarte, self._lu, jour)))
            self.detail = reglement
        else:
            actes, etroite = self._suspens()[str(cle).removeprefix("suspens-")], self.panneau.serre
            suspens = DetailSuspens(theme, actes, self._lu, jour, etroite=etroite)
            suspens.papier.connect(lambda: self._dessiner(papier_suspens(actes, self._lu, jour)))
            self.detail = suspens
        self.panneau.montrer(self.detail, self.detail.pied, cle)
        if self._suite and isinstance(self.detail, DetailCas) and self.detail.cas.notes:
            # The button pressed is gone: what comes next takes the keyboard.
            self._suite = False
            self.detail.apres_appel().setFocus(Qt.FocusReason.OtherFocusReason)
        elif tenu is not None:
            self._rendre(self.detail, *tenu)

    def _dessiner(self, contenu: DossierPapier) -> None:
        dessiner_papier(self._contexte, self, MOTS.titre, dessiner_dossier, contenu, FICHIER, apres=self._proposer)

    def _proposer(self, dessine: DossierDessine) -> None:
        feuilles = FeuillesNommees(dessine.nom_fichier, dessine.papier, tuple(page.image for page in dessine.apercus))
        DialoguePapier(self._contexte, self, MOTS, feuilles).open()

    def _mener(self, cas: Cas, geste: textes.Geste) -> None:
        navigation = self._contexte.navigation
        if isinstance(geste.cible, CarnetDuCas):
            carnet = geste.cible.carnet
            navigation.montrer_lieu("carnets").viser((carnet.campagne, carnet.numero), geste.cible.serie)
        elif cas.personne is not None and geste.acte == "comparer":
            navigation.ouvrir_page(PageFusion(self._contexte, cas.personne, self))
        elif cas.personne is not None:
            navigation.montrer_lieu("personnes").viser(cas.personne.personne_id, cas.personne.nom_courant)

    def _retirer_homonyme(self, cas: Cas) -> None:
        if cas.note is not None:
            refusee = partial(self._refusee, cas.litige_id)
            demander_retrait(self._contexte, self, cas.note, apres=self._homonyme_retire, sur_panne=refusee)

    def _homonyme_retire(self) -> None:
        self.refus.hide()
        self.actualiser()
        self.liste.setFocus()

    def _noter(self, litige_id: str, note: str) -> None:
        if not self._occupee:
            self._occupee = True
            refusee = partial(self._refusee, litige_id)
            self._contexte.lancer(noter_vu, litige_id, note, apres=self._notee, sur_panne=refusee, ecran=self)

    def _noter_appel(self, litige_id: str, texte: str) -> None:
        if not self._occupee:
            self._occupee = True
            self._contexte.lancer(
                noter_appel,
                litige_id,
                texte,
                apres=partial(self._appel_note, litige_id),
                sur_panne=partial(self._refusee, litige_id),
                ecran=self,
            )

    def _appel_note(self, litige_id: str, _: None) -> None:
        if isinstance(self.detail, DetailCas):
            self.detail.note.set_texte("")
        self._suite, self._appele = True, litige_id
        horloge = self._contexte.horloge
        fait = textes.APPEL_NOTE.format(quand=moment(horloge.maintenant(), horloge.aujourdhui()))
        self._dire(textes.APPEL_PARTI.format(fait=fait))

    def _notee(self, _: None) -> None:
        self._dire(textes.NOTEE)
        self.panneau.fermer()

    def _dire(self, phrase: str) -> None:
        self._occupee = False
        self.refus.hide()
        self.avis.dire(phrase)
        self._contexte.signaler("litiges", "envoi")
        self._contexte.navigation.envoyer()

    def _refusee(self, litige_id: str, trouble: KnownError) -> None:
        """What was not recorded, and why; a note typed stays as long as its case does, and is said to be gone with it.
        The keyboard is then in the list: the detail that comes is another one's."""
        self._occupee = False
        self.avis.hide()
        phrases = message(trouble.code, **trouble.faits)
        suite = [phrases.sur, phrases.faire]
        parti = trouble.code == "cas_inconnu"
        self._refuse = None if parti else litige_id
        if parti and isinstance(self.detail, DetailCas) and self.detail.cas.litige_id == litige_id:
            suite.insert(1, textes.NOTE_PERDUE if self.en_saisie else "")
            self.panneau.fermer()
        dite = " ".join(filter(None, suite))
        self.refus.set_textes(phrases.quoi, dite)
        self.refus.show()
        annoncer(self.refus, f"{phrases.quoi} {dite}".strip())
        self.actualiser()

    def _basculer_vus(self) -> None:
        self._avec_vus = not self._avec_vus
        lu, self._lu = self._lu, AVerifier((), (), ())
        self._recevoir(lu)
