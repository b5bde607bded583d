"""*Ajouter un agent*, *Changer ma phrase* (or a colleague's), *Changer la clé du poste*."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from passdesk.domain.erreurs import KnownError
from passdesk.services.agents import MEDIATEUR, AgentDuPoste, ajouter_agent, changer_phrase, donner_phrase
from passdesk.services.cle_du_poste import CleDuPoste, changer_la_cle, cle_du_poste, verifier_le_changement
from passdesk.services.poste import Poste
from passdesk.ui.agents import textes
from passdesk.ui.agents.geste import PageGeste
from passdesk.ui.composants import Field, GroupeRadios, Page, Radio, Rangs, Texte, WrapLabel
from passdesk.ui.contexte import Contexte, Remplacement
from passdesk.ui.messages import message
from passdesk.ui.phrase import NouvellePhrase, champ_phrase


class PageAjout(PageGeste):
    """Name, role, and the passphrase that the newcomer types. `fait` carries what to say once it is done."""

    fait = Signal(str)

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        partir = partial(contexte.navigation.fermer_page, self, retour)
        super().__init__(contexte, "agent-ajout", textes.AJOUT, textes.AJOUTER, partir)
        theme = contexte.theme
        self._partir = partir
        self.nom = Field(theme, textes.NOM)
        self.nom.modifie.connect(lambda _: self.nom.set_message(""))
        self.roles = GroupeRadios(self)
        radios = []
        for role, mots in textes.ROLES.items():
            radio = Radio(theme, mots)
            self.roles.ajouter(radio, role)
            radios.append(radio)
        self.roles.set_valeur(MEDIATEUR)
        self.phrase = NouvellePhrase(theme, textes.AJOUTER_AVERTISSEMENT, lambda: (self.nom.texte(),), textes.PHRASE_DE)
        self.phrase.validee.connect(self.agir)
        self.corps.addWidget(self.nom)
        self.corps.addWidget(Texte(textes.ROLE, "label"))
        self.corps.addWidget(Rangs(theme, radios, 28))
        self.corps.addWidget(WrapLabel(textes.ROLES_AIDE, "small"))
        self.corps.addWidget(self.phrase)

    def arriver(self) -> None:
        """The keyboard goes to the name."""
        self.nom.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def quitter(self) -> None:
        """The passphrase does not outlive the page."""
        self.phrase.oublier()

    def agir(self) -> None:
        if not self.acte.isEnabled():
            return
        nom = " ".join(self.nom.texte().split())
        if not nom:
            self.nom.set_message(str(message("agent_nom_vide", maximum=80)))
            self.nom.saisie.setFocus()
            return
        if (champ := self.phrase.premier_a_revoir()) is not None:
            champ.saisie.setFocus()
            return
        self.acte.setEnabled(False)
        self._contexte.lancer(
            ajouter_agent, nom, str(self.roles.valeur()), self.phrase.texte(),
            apres=lambda _: self._ajoute(nom), sur_panne=self._refuse, ecran=self,
        )  # fmt: skip

    def _ajoute(self, nom: str) -> None:
        self._contexte.signaler("envoi")
        self._partir()
        self.fait.emit(textes.ajoute(nom))

    def _refuse(self, panne: KnownError) -> None:
        self.acte.setEnabled(True)
        champ = self.nom if panne.code.startswith("agent_") else self.phrase.phrase
        champ.set_message(str(message(panne.code, **panne.faits)))
        champ.saisie.setFocus()


class PagePhrase(PageGeste):
    """One's own passphrase, of which the present one is asked; or a colleague's. `fait`: what to say once done."""

    fait = Signal(str)

    def __init__(self, contexte: Contexte, agent: AgentDuPoste, retour: Page) -> None:
        partir = partial(contexte.navigation.fermer_page, self, retour)
        titre = textes.CHANGER if agent.moi else textes.nouvelle_phrase_de(agent.nom)
        super().__init__(contexte, f"agent-phrase-{agent.agent_id}", titre, textes.GARDER_PHRASE, partir)
        theme = contexte.theme
        self._agent, self._partir = agent, partir
        self.ancienne = champ_phrase(theme, textes.ANCIENNE)
        self.ancienne.modifie.connect(lambda _: self.ancienne.set_message(""))
        if isinstance(self.ancienne.saisie, QLineEdit):
            self.ancienne.saisie.returnPressed.connect(self.agir)
        avertissement = textes.CHANGER_AVERTISSEMENT if agent.moi else textes.AJOUTER_AVERTISSEMENT
        self.phrase = NouvellePhrase(theme, avertissement, lambda: (agent.nom,), textes.PHRASE_NOUVELLE)
        self.phrase.validee.connect(self.agir)
        self.corps.addWidget(self.ancienne)
        self.corps.addWidget(self.phrase)
        self.ancienne.setVisible(agent.moi)

    def arriver(self) -> None:
        """The keyboard goes where typing begins."""
        (self.ancienne if self._agent.moi else self.phrase.phrase).saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def quitter(self) -> None:
        """The passphrases do not outlive the page."""
        self.ancienne.set_texte("")
        self.phrase.oublier()

    def agir(self) -> None:
        if not self.acte.isEnabled():
            return
        if (champ := self.phrase.premier_a_revoir()) is not None:
            champ.saisie.setFocus()
            return
        self.acte.setEnabled(False)
        nouvelle = self.phrase.texte()
        changer: Callable[[Poste, str, str], None] = changer_phrase if self._agent.moi else donner_phrase
        de_qui = self.ancienne.texte() if self._agent.moi else self._agent.agent_id
        self._contexte.lancer(changer, de_qui, nouvelle, apres=self._changee, sur_panne=self._refuse, ecran=self)

    def _changee(self, _: None) -> None:
        self._partir()
        self.fait.emit(textes.phrase_changee("" if self._agent.moi else self._agent.nom))

    def _refuse(self, panne: KnownError) -> None:
        self.acte.setEnabled(True)
        champ = self.ancienne if panne.code == "ancienne_phrase_autre" else self.phrase.phrase
        champ.set_message(str(message(panne.code, **panne.faits)))
        champ.saisie.setFocus()


class PageCle(PageGeste):
    """Another key for the desk: what it does, for whom, then one's own passphrase; the desk closes for it."""

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        partir = partial(contexte.navigation.fermer_page, self, retour)
        super().__init__(contexte, "cle-du-poste", textes.CLE, textes.CLE_FAIRE, partir)
        self.phrase = champ_phrase(contexte.theme, textes.CLE_PHRASE)
        self.phrase.modifie.connect(lambda _: self.phrase.set_message(""))
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.returnPressed.connect(self.agir)
        self._lue, self._a_lire = CleDuPoste((), feuille=False), False
        self._feuille, self._collegues = WrapLabel(textes.CLE_FEUILLE), WrapLabel("")
        for effet in textes.CLE_EFFETS:
            self.corps.addWidget(WrapLabel(effet))
        for widget in (self._feuille, self._collegues, self.phrase):
            self.corps.addWidget(widget)
        self._zone.setAccessibleName(textes.CLE)
        self._zone.verticalScrollBar().rangeChanged.connect(self._lire_d_abord)
        self._montrer(self._lue)

    def arriver(self) -> None:
        """Asks for whom it is; the keyboard goes to the passphrase, unless what is above it does not fit."""
        self._contexte.lancer(cle_du_poste, apres=self._montrer, ecran=self)
        self._a_lire = True
        self.phrase.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lire_d_abord(self) -> None:
        """At large text the passphrase, with the keyboard, would push what is asked about out of sight: the text has
        the keyboard first, arrows read it, and Tab goes on.
        """
        contenu = self._zone.widget()
        pied = 0 if contenu is None else self.phrase.mapTo(contenu, self.phrase.rect().bottomLeft()).y()
        depasse = pied > self._zone.viewport().height()
        self._zone.setFocusPolicy(Qt.FocusPolicy.TabFocus if depasse else Qt.FocusPolicy.NoFocus)
        if depasse and self._a_lire and self.phrase.saisie.hasFocus() and not self.phrase.texte():
            self._a_lire = False
            self._zone.setFocus(Qt.FocusReason.OtherFocusReason)
            self._zone.verticalScrollBar().setValue(0)

    def verrouiller(self) -> None:
        """What was asked for is not done behind the lock."""
        self._contexte.taches.oublier(self)
        super().verrouiller()

    def quitter(self) -> None:
        """The passphrase does not outlive the page."""
        self.phrase.set_texte("")
        self.acte.setEnabled(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Left for another page, it asks again."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._contexte.taches.oublier(self)
            self.quitter()

    def agir(self) -> None:
        if not self.acte.isEnabled():
            return
        self.acte.setEnabled(False)
        self._a_lire = False
        phrase = self.phrase.texte()
        self._contexte.lancer(
            verifier_le_changement, phrase, sur_panne=self._refuse, ecran=self,
            apres=lambda _: self._changer(phrase),
        )  # fmt: skip

    def _montrer(self, lue: CleDuPoste) -> None:
        self._lue = lue
        self._feuille.setVisible(lue.feuille)
        self._collegues.setText(textes.cle_collegues(lue.collegues))

    def _changer(self, phrase: str) -> None:
        contexte = self._contexte
        faire = partial(changer_la_cle, contexte.poste.dossier, phrase, contexte.horloge)
        faite = textes.cle_faite(bool(self._lue.collegues), self._lue.feuille)
        contexte.navigation.remplacer(Remplacement(faire, textes.CLE_ATTENTE, faite))

    def _refuse(self, panne: KnownError) -> None:
        self.acte.setEnabled(True)
        self.phrase.set_message(str(message(panne.code, **panne.faits)))
        self.phrase.saisie.setFocus()
