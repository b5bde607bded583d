"""*Séparer à nouveau*: a merge that was a mistake is undone, once what happens was read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.personne import Personne
from passdesk.services.fusion import Fusion, defaire
from passdesk.ui.composants import Banner, Btn, Card, Colonne, Defilement, Ligne, Page, Titre, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.personnes import textes, textes_fusion
from passdesk.ui.personnes.fusion import consequences


class PageSeparation(Page):
    """Built from the person kept, the merge, and the page to come back to with `Échap`."""

    aide = "reunir"

    def __init__(self, contexte: Contexte, garde: Personne, fusion: Fusion, retour: Page) -> None:
        super().__init__(f"separation-{fusion.acte}", textes_fusion.TITRE_SEPARER)
        self._contexte, self._garde, self._fusion, self._retour = contexte, garde, fusion, retour
        theme = contexte.theme
        self.revenir = Btn(theme, textes_fusion.REVENIR, genre="discret", touche="Échap")
        self.revenir.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self.bouton = Btn(theme, textes_fusion.SEPARER, genre="primaire", icone_nom="users", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self._separer)
        self.autre_visite = Btn(theme, textes_fusion.AUTRE_VISITE)
        self.autre_visite.clicked.connect(self._visiter_l_autre)
        self.bandeau = Banner(theme, "warn", "alert-circle", "", "", self.autre_visite)
        self.bandeau.hide()
        haut = Ligne(theme, ecart=20)
        haut.addWidget(Titre(theme, textes_fusion.TITRE_SEPARER), 1)
        haut.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignTop)
        carte = Card(theme)
        dedans = Colonne(theme, ecart=12)
        for personne in (garde, fusion.absorbee):
            qui = Colonne(theme, ecart=0)
            qui.addWidget(WrapLabel(textes.nom_affiche(personne), "h2"))
            qui.addWidget(WrapLabel(textes.faits_personne(personne, contexte.communes), "small"))
            dedans.addLayout(qui)
        # Names are data: what they hold is never read as a form to fill.
        phrases = tuple(p.replace("{garde}", textes.nom_affiche(garde)) for p in textes_fusion.SUITES_SEPARER)
        dedans.addWidget(consequences(theme, phrases))
        carte.corps.addLayout(dedans)
        contenu = QWidget()
        cartes = Colonne(theme, ecart=8)
        cartes.addWidget(self.bandeau)
        cartes.addWidget(carte)
        cartes.addStretch(1)
        contenu.setLayout(cartes)
        self._zone = Defilement(contenu)
        bas = Ligne(theme, ecart=12)
        bas.addStretch(1)
        bas.addWidget(self.bouton)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(self._zone, 1)
        corps.addLayout(bas)
        self.setLayout(corps)
        self.cadrer(corps)

    def arriver(self) -> None:
        """The keyboard goes to the one act."""
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        for bouton in (self.revenir, self.bouton):
            bouton.montrer_touche(not etroite)

    def primaire(self) -> Btn | None:
        return self.bouton

    def regions(self) -> tuple[QWidget, ...]:
        return (self._zone, self.bouton)

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return self._garde.personne_id in personnes_id

    def _separer(self) -> None:
        self._contexte.lancer(
            defaire,
            self._fusion.acte,
            self._garde.personne_id,
            apres=lambda _: self._separees(),
            sur_panne=self._refusee,
            ecran=self,
        )

    def _separees(self) -> None:
        self._contexte.signaler("personnes", "visites", "carnets", "envoi")
        self._contexte.navigation.fermer_page(self, self._retour)

    def _refusee(self, trouble: KnownError) -> None:
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        # Where two persons cannot be told apart any more, the other one still has a way to ask.
        melee = trouble.code == "fusion_melee"
        self.autre_visite.setVisible(melee)
        self.bouton.setEnabled(not melee)
        self.bandeau.show()
        if melee:
            self.autre_visite.setFocus(Qt.FocusReason.OtherFocusReason)

    def _visiter_l_autre(self) -> None:
        self._contexte.navigation.nouvelle_visite(None, self._fusion.absorbee.nom_naissance)
