"""The agents in *Réglages*: who works here, one's own passphrase, handing over, the recovery sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.agents import AgentDuPoste, agents_du_poste, retirer_agent
from passdesk.services.cle_du_poste import EtatCle, etat_de_la_cle
from passdesk.services.poste import Poste, est_responsable
from passdesk.services.secours import EtatSecours, etat_secours
from passdesk.services.verrouillage import DELAIS, delai_verrouillage, regler_delai
from passdesk.ui.agents import textes
from passdesk.ui.agents.feuille import PageFeuille
from passdesk.ui.agents.pages import PageAjout, PageCle, PagePhrase
from passdesk.ui.composants import (
    Avis,
    Banner,
    Btn,
    Card,
    Colonne,
    Combo,
    Field,
    Flexible,
    Icone,
    Ligne,
    Page,
    Texte,
    WrapLabel,
    confirmer,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message

Lus = tuple[tuple[AgentDuPoste, ...], EtatSecours, bool, int, EtatCle]


class CarteAgents(Card):
    """A *responsable* adds and removes; everybody changes their own passphrase, and hands over."""

    def __init__(self, contexte: Contexte, page: Page) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.CARTE, ecart=10)
        self._contexte, self._page = contexte, page
        self._lus: Lus | None = None
        self.boutons: dict[tuple[str, str], Btn] = {}
        """The acts on each agent, by what they do and for whom."""
        self._lignes = Colonne(theme, ecart=10)
        self.changer = Btn(theme, textes.CHANGER, icone_nom="key")
        self.changer.clicked.connect(self._changer)
        self.ajouter = Btn(theme, textes.AJOUTER, icone_nom="user-plus")
        self.ajouter.clicked.connect(self._ajouter)
        self.passer = Btn(theme, textes.PASSER, icone_nom="users")
        self.passer.clicked.connect(lambda: contexte.navigation.verrouiller())
        self.delai = Combo(theme, [(minutes, textes.minutes(minutes)) for minutes in DELAIS], textes.DELAI)
        self.delai.choisi.connect(self._regler)
        self.reserve = WrapLabel(textes.RESERVE, "small")
        self.dit = Avis(theme)
        self.secours_titre = Texte(textes.SECOURS, "h2")
        self.secours_dit = WrapLabel("", "small")
        self.secours = Btn(theme, textes.SECOURS_REFAIRE, icone_nom="file-text")
        self.premiere = Btn(theme, textes.SECOURS_FAIRE, icone_nom="file-text")
        for bouton in (self.secours, self.premiere):
            bouton.clicked.connect(self._faire_la_feuille)
        self.sans_secours = Banner(theme, "warn", "alert-triangle", textes.SECOURS_AUCUNE, " ", self.premiere)
        self.sans_secours.hide()
        self.cle_titre = Texte(textes.CLE_TITRE, "h2")
        self.cle_dit = WrapLabel("", "small")
        self.cle_revenue = Banner(theme, "warn", "alert-triangle", textes.CLE_REVENUE, textes.CLE_REVENUE_SUITE)
        self.cle_revenue.hide()
        self.cle = Btn(theme, f"{textes.CLE}…", icone_nom="lock")
        self.cle.clicked.connect(self._changer_la_cle)
        self._etroite = False
        self._rangs: list[Flexible] = []
        passer = Flexible(theme, ecart=12)
        passer.addWidget(self.passer, 0, Qt.AlignmentFlag.AlignLeft)
        passer.addWidget(WrapLabel(textes.PASSER_AIDE, "small"), 1)
        self._passer = passer
        self.corps.insertWidget(1, self.sans_secours)
        self.corps.addLayout(self._lignes)
        self.corps.addWidget(self.dit)
        self.corps.addWidget(self.reserve)
        self.corps.addWidget(self.ajouter, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addSpacing(theme.sp(8))
        self.corps.addLayout(passer)
        self.corps.addWidget(Field(theme, textes.DELAI, indication=textes.DELAI_AIDE, saisie=self.delai))
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(self.secours_titre)
        self.corps.addWidget(self.secours_dit)
        self.corps.addWidget(self.secours, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(self.cle_titre)
        self.corps.addWidget(self.cle_dit)
        self.corps.addWidget(self.cle_revenue)
        self.corps.addWidget(self.cle, 0, Qt.AlignmentFlag.AlignLeft)

    def disposer(self, etroite: bool) -> None:
        """The acts on an agent at the right of the name, or under it."""
        self._etroite = etroite
        self.sans_secours.disposer(etroite)
        for rang in (self._passer, *self._rangs):
            rang.empiler(etroite)

    def actualiser(self) -> None:
        """Asks again who works here."""
        self._contexte.lancer(_lire, apres=self._recevoir, sur_panne=self._refuse, ecran=self._page)

    def _recevoir(self, lus: Lus) -> None:
        if lus != self._lus:
            self._lus = lus
            self._montrer(*lus)

    def _montrer(
        self, agents: tuple[AgentDuPoste, ...], etat: EtatSecours, responsable: bool, delai: int, cle: EtatCle
    ) -> None:
        sur_la_sienne = self.changer.hasFocus()
        # Out of the row that goes: it is in the one that comes.
        self.changer.setParent(self)
        vider(self._lignes)
        self.boutons.clear()
        self._rangs.clear()
        for agent in agents:
            self._lignes.addWidget(self._ligne(agent, self._actes(agent, responsable)))
        self.changer.setVisible(any(agent.moi for agent in agents))
        if sur_la_sienne:
            self.changer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ajouter.setVisible(responsable)
        self.reserve.setVisible(not responsable)
        self.delai.set_valeur(delai)
        self.delai.setEnabled(responsable)
        suite = textes.SECOURS_AUCUNE_SUITE if responsable else textes.SECOURS_A_DEMANDER
        self.sans_secours.set_textes(textes.SECOURS_AUCUNE, suite)
        faite, avait_focus = etat.faite_le is not None, self.premiere.hasFocus()
        self.sans_secours.setVisible(not faite)
        self.premiere.setVisible(responsable and not faite)
        self.secours_dit.setText(textes.secours(etat))
        for widget in (self.secours_titre, self.secours_dit):
            widget.setVisible(faite)
        self.secours.setVisible(responsable and faite)
        self.cle_dit.setText(textes.cle_changee(cle))
        self.cle_revenue.setVisible(responsable and cle.d_avant)
        for partie in (self.cle_titre, self.cle_dit, self.cle):
            partie.setVisible(responsable)
        if avait_focus and faite:
            self.secours.setFocus(Qt.FocusReason.OtherFocusReason)

    def _actes(self, agent: AgentDuPoste, responsable: bool) -> tuple[Btn, ...]:
        """What can be done on this row: one's own passphrase, or another agent's place here."""
        if agent.moi or not responsable:
            return (self.changer,) if agent.moi else ()
        theme = self._contexte.theme
        nouvelle, retirer = Btn(theme, textes.NOUVELLE), Btn(theme, textes.RETIRER, genre="danger")
        nouvelle.clicked.connect(partial(self._donner, agent))
        retirer.clicked.connect(partial(self._retirer, agent))
        for libelle, bouton in ((textes.NOUVELLE, nouvelle), (textes.RETIRER, retirer)):
            bouton.set_texte(f"{libelle}…", f"{libelle}, {agent.nom}")
            self.boutons[libelle, agent.nom] = bouton
        return nouvelle, retirer

    def _ligne(self, agent: AgentDuPoste, actes: tuple[Btn, ...]) -> QWidget:
        theme = self._contexte.theme
        mots = Colonne(theme, ecart=0)
        mots.addWidget(WrapLabel(agent.nom, "strong"))
        mots.addWidget(WrapLabel(textes.role(agent), "small"))
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Icone(theme, "user", "ink2", 22), 0, Qt.AlignmentFlag.AlignTop)
        haut.addLayout(mots, 1)
        ligne = Flexible(theme, ecart=6)
        ligne.empiler(self._etroite)
        self._rangs.append(ligne)
        ligne.addLayout(haut, 1)
        actes_ligne = Ligne(theme, ecart=12)
        for bouton in actes:
            actes_ligne.addWidget(bouton)
        if actes:
            actes_ligne.addStretch(1)
            ligne.addLayout(actes_ligne)
        widget = QWidget()
        widget.setLayout(ligne)
        return widget

    def _changer(self) -> None:
        moi = next((agent for agent in self._lus[0] if agent.moi), None) if self._lus else None
        if moi is not None:
            self._ouvrir(PagePhrase(self._contexte, moi, self._page))

    def _donner(self, agent: AgentDuPoste) -> None:
        self._ouvrir(PagePhrase(self._contexte, agent, self._page))

    def _ajouter(self) -> None:
        self._ouvrir(PageAjout(self._contexte, self._page))

    def _changer_la_cle(self) -> None:
        self.dit.dire("")
        self._contexte.navigation.ouvrir_page(PageCle(self._contexte, self._page))

    def _ouvrir(self, page: PageAjout | PagePhrase) -> None:
        self.dit.dire("")
        page.fait.connect(self.dit.dire)
        self._contexte.navigation.ouvrir_page(page)

    def _faire_la_feuille(self) -> None:
        self.dit.dire("")
        navigation = self._contexte.navigation
        page = PageFeuille(self._contexte, lambda: navigation.fermer_page(page, self._page))
        navigation.ouvrir_page(page)

    def _retirer(self, agent: AgentDuPoste) -> None:
        question, consequences, garder = textes.question_retrait(agent.nom)
        if confirmer(
            self._contexte.theme, self, question=question, consequences=consequences, garder=garder,
            faire=textes.RETIRER,
        ):  # fmt: skip
            self._contexte.lancer(
                retirer_agent, agent.agent_id, apres=lambda _: self._retire(agent.nom), sur_panne=self._refuse,
                ecran=self._page,
            )  # fmt: skip

    def _retire(self, nom: str) -> None:
        self._contexte.signaler("envoi")
        self.dit.dire(textes.retire(nom), "ok")
        self.changer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actualiser()

    def _regler(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self._contexte.lancer(regler_delai, minutes, apres=self._regle, sur_panne=self._refuse, ecran=self._page)

    def _regle(self, _: None) -> None:
        self.dit.dire(textes.DELAI_GARDE, "ok")
        self._contexte.signaler("envoi")
        self.actualiser()

    def _refuse(self, panne: KnownError) -> None:
        self.dit.dire(str(message(panne.code, **panne.faits)), "warn")


def _lire(poste: Poste) -> Lus:
    return (
        agents_du_poste(poste),
        etat_secours(poste),
        est_responsable(poste),
        delai_verrouillage(poste),
        etat_de_la_cle(poste),
    )
