"""*Effacer la fiche*: what goes and what stays is read first, then a reason, then one question; never undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.effacement import ApercuEffacement
from passdesk.domain.erreurs import KnownError
from passdesk.domain.personne import Personne
from passdesk.services.effacement import apercu_effacement, effacer_personne
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Combo,
    Defilement,
    Disque,
    Field,
    Flexible,
    Icone,
    Ligne,
    Page,
    Titre,
    WrapLabel,
    annoncer,
    confirmer,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte
from passdesk.ui.droits import textes
from passdesk.ui.messages import droits, message
from passdesk.ui.personnes.textes import faits_personne, nom_affiche


class PageEffacement(Page):
    """Built from the person and the page to come back to with `Échap`; nothing of the person stays on it afterwards."""

    aide = "droits"

    def __init__(self, contexte: Contexte, personne: Personne, retour: Page) -> None:
        super().__init__(f"effacement-{personne.personne_id}", textes.EFFACER)
        self._contexte, self._retour = contexte, retour
        self._personne: Personne | None = personne
        self._vu: ApercuEffacement | None = None
        theme = contexte.theme
        self.revenir = Btn(theme, textes.GARDER, touche="Échap")
        self.revenir.clicked.connect(self._revenir)
        self.raison = Combo(theme, [("", "Choisir…"), *droits.MOTIFS.items()], textes.POURQUOI)
        self.champ = Field(theme, textes.POURQUOI, saisie=self.raison)
        self.raison.currentIndexChanged.connect(lambda _: self._accorder())
        self.bouton = Btn(theme, textes.CHOISIR, genre="danger")
        self.bouton.setEnabled(False)
        self.bouton.clicked.connect(self._demander)
        self.bandeau = Banner(theme, "warn", "alert-triangle", textes.SANS_RETOUR)
        self.parts, self.restes = Card(theme, textes.PART), Card(theme, textes.RESTE)
        self._listes: list[Colonne] = []
        for carte in (self.parts, self.restes):
            self._listes.append(Colonne(theme, ecart=6))
            carte.corps.addLayout(self._listes[-1])
            carte.corps.addStretch(1)
        self._titre_page = Titre(theme, textes.EFFACER)
        self._qui = WrapLabel(f"{nom_affiche(personne)} · {faits_personne(personne, contexte.communes)}", "small")
        self._deux = Flexible(theme, ecart=8)
        self._bas = QWidget()
        self._bas_rang = Flexible(theme, ecart=16)
        self._corps = Colonne(theme, ecart=12)
        self._monter()

    def arriver(self) -> None:
        """Asks again what would go; the keyboard stands on the way back."""
        self.revenir.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._personne is not None:
            self._contexte.lancer(apercu_effacement, self._personne.personne_id, apres=self._recevoir, ecran=self)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.revenir.montrer_touche(not etroite)
        self._deux.empiler(etroite)
        self._bas_rang.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self._zone, self._bas)

    def _monter(self) -> None:
        theme = self._contexte.theme
        titres = Colonne(theme, ecart=0)
        titres.addWidget(self._titre_page)
        titres.addWidget(self._qui)
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignTop)
        self._contenu = QWidget()
        dedans = Colonne(theme, ecart=8)
        dedans.addWidget(self.bandeau)
        self._deux.addWidget(self.parts, 1)
        self._deux.addWidget(self.restes, 1)
        dedans.addLayout(self._deux)
        dedans.addStretch(1)
        self._contenu.setLayout(dedans)
        self._zone = Defilement(self._contenu)
        self._bas_rang.addWidget(self.champ, 1)
        self._bas_rang.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        self._bas.setLayout(self._bas_rang)
        self._corps.addLayout(haut)
        self._corps.addWidget(self._zone, 1)
        self._corps.addWidget(self._bas)
        self.setLayout(self._corps)
        self.cadrer(self._corps)

    def _recevoir(self, vu: ApercuEffacement | None) -> None:
        if vu is None:
            self._revenir()
            return
        self._vu = vu
        for liste, phrases, icone in zip(
            self._listes, (droits.part(vu), droits.reste(vu)), ("ban", "lock"), strict=True
        ):
            self._remplir(liste, phrases, icone)
        self._dire_obstacle(vu)

    def _dire_obstacle(self, vu: ApercuEffacement) -> None:
        """What must be settled first stands in the place of the act."""
        self._bas.setVisible(vu.obstacle is None)
        if vu.obstacle is not None:
            phrases = message(vu.obstacle)
            self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        else:
            self.bandeau.set_textes(textes.SANS_RETOUR, textes.sans_retour(vu))

    def _remplir(self, liste: Colonne, phrases: tuple[str, ...], icone: str) -> None:
        theme = self._contexte.theme
        vider(liste)
        for phrase in phrases:
            rang = QWidget()
            ligne = Ligne(theme, ecart=10)
            ligne.addWidget(Icone(theme, icone, "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
            ligne.addWidget(WrapLabel(phrase), 1)
            rang.setLayout(ligne)
            liste.addWidget(rang)

    def _accorder(self) -> None:
        """The act is there once its reason is; until then the button says what it waits for."""
        motif = bool(self.raison.valeur())
        self.bouton.setEnabled(motif)
        self.bouton.set_texte(textes.EFFACER if motif else textes.CHOISIR)

    def _demander(self) -> None:
        motif = str(self.raison.valeur() or "")
        vu = self._vu
        if vu is None or self._personne is None or not motif:
            return
        if confirmer(
            self._contexte.theme,
            self.window(),
            question=textes.question(nom_affiche(vu.personne)),
            consequences=textes.consequences(vu),
            garder=textes.GARDER,
            faire=textes.EFFACER,
        ):
            self._contexte.lancer(
                effacer_personne,
                vu.personne.personne_id,
                motif,
                apres=lambda propre: self._effacee(vu, propre),
                sur_panne=self._refusee,
                ecran=self,
            )

    def _effacee(self, vu: ApercuEffacement, propre: bool) -> None:
        """Nothing of the person stays on any page, this one included."""
        relie, ids = vu.relie, vu.fiches
        self._personne = self._vu = None
        self._contexte.navigation.oublier_personnes(ids)
        self._contexte.signaler("personnes", "visites", "carnets", "litiges", "envoi")
        self._contexte.navigation.envoyer()
        theme = self._contexte.theme
        for widget in (self._qui, self.parts, self.restes, self._bas, self.bandeau):
            widget.hide()
        self._qui.setText("")
        for liste in self._listes:
            vider(liste)
        suite = droits.suites(relie, propre)
        dit = Card(theme)
        ligne = Ligne(theme, ecart=16)
        ligne.addWidget(Disque(theme, "circle-check", "ok", 44), 0, Qt.AlignmentFlag.AlignTop)
        mots = Colonne(theme, ecart=8)
        mots.addWidget(WrapLabel(textes.FAIT, "h2"))
        mots.addWidget(WrapLabel(suite))
        ligne.addLayout(mots, 1)
        dit.corps.addLayout(ligne)
        self._deux.addWidget(dit, 1)
        self.revenir.set_texte(textes.RETOUR_PERSONNES)
        self.revenir.setFocus(Qt.FocusReason.OtherFocusReason)
        annoncer(self, f"{textes.FAIT}. {suite}")

    def _refusee(self, trouble: KnownError) -> None:
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())

    def _revenir(self) -> None:
        vers = self._retour if self._personne is not None else self._contexte.navigation.montrer_lieu("personnes")
        self._contexte.navigation.fermer_page(self, vers)
