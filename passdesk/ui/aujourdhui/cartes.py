"""The right column of *Aujourd'hui*: carnets left at the desk, acts not sent yet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.campagne import Campagne
from passdesk.domain.francais import typographie
from passdesk.services.poste import EtatPoste
from passdesk.ui.aujourdhui.rangees import date_courte
from passdesk.ui.bandeau import actes
from passdesk.ui.composants import Btn, Card, CellulesStock, Colonne, Icone, Ligne, Texte, WrapLabel
from passdesk.ui.composants.textes import Gras
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme

ATTENTE = "Ils partiront seuls au retour du réseau."
SEUIL_BAS = 3
"""At this count or under, carnets are said to run out soon."""


class LigneStock(QWidget):
    """Big number, words, twenty cells; low is said in words too."""

    def __init__(self, theme: Theme, taille: int) -> None:
        super().__init__()
        self._nombre = Texte("0", "number")
        self._alerte = QWidget()
        alerte = Ligne(theme, ecart=6)
        self._icone = Icone(theme, "alert-triangle", "warn", 18)
        self._mots = Texte("", "small", "warn")
        alerte.addWidget(self._icone)
        alerte.addWidget(self._mots, 1)
        self._alerte.setLayout(alerte)
        self._cellules = CellulesStock(theme, 0)
        textes = Colonne(theme, ecart=0)
        textes.addWidget(Texte(f"carnets de {taille}", "strong"))
        textes.addWidget(self._alerte)
        haut = Ligne(theme, ecart=16)
        haut.addWidget(self._nombre)
        haut.addLayout(textes, 1)
        colonne = Colonne(theme, ecart=4)
        colonne.addLayout(haut)
        colonne.addWidget(self._cellules)
        self.setLayout(colonne)
        self._theme = theme
        theme.change.connect(self._aligner)
        self._aligner()

    def montrer(self, nombre: int) -> None:
        """This many carnets are left."""
        bas = nombre <= SEUIL_BAS
        self._nombre.setText(str(nombre))
        self._icone.setVisible(bas)
        self._mots.setText("Il n’y en a plus" if nombre == 0 else "Bientôt épuisés" if bas else "Disponibles au poste")
        self._mots.set_ton("warn" if bas else "ink2")
        self._cellules.set_nombre(nombre, bas)

    def _aligner(self) -> None:
        self._nombre.setMinimumWidth(self._theme.px(48))
        self._nombre.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class CarteStock(Card):
    """Carnets this desk may still award, by size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Carnets au poste", ecart=14)
        self._lignes = {taille: LigneStock(theme, taille) for taille in (10, 5)}
        for ligne in self._lignes.values():
            self.corps.addWidget(ligne)

    def montrer(self, carnets_10: int, carnets_5: int, relie: bool) -> None:
        """The counts; hidden while the desk has never received any lot."""
        self._lignes[10].montrer(carnets_10)
        self._lignes[5].montrer(carnets_5)
        self.setVisible(relie or bool(carnets_10 + carnets_5))


class CarteCampagne(Card):
    """Until when carnets may be handed over and pass used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Campagne", ecart=8)
        self._lignes = []
        for icone_nom in ("ticket", "calendar", "clock"):
            ligne = QWidget()
            rangee = Ligne(theme, ecart=10)
            rangee.addWidget(Icone(theme, icone_nom, "ink2", 20))
            texte = WrapLabel("", "body")
            rangee.addWidget(texte, 1)
            ligne.setLayout(rangee)
            self.corps.addWidget(ligne)
            self._lignes.append((ligne, texte))
        self.hide()

    def montrer(self, campagne: Campagne | None, fin_de_bail: date | None, aujourdhui: date) -> None:
        """The dates of the running campaign, and the end of the lease when it is near."""
        self.setVisible(campagne is not None)
        if campagne is None:
            return
        phrases = (
            ("Remise jusqu’au ", campagne.arret_remise),
            ("Pass valables jusqu’au ", campagne.dernier_jour),
            ("Envoyez avant le ", fin_de_bail),
        )
        for (ligne, texte), (debut, jour) in zip(self._lignes, phrases, strict=True):
            ligne.setVisible(jour is not None)
            if jour is not None:
                texte.set_phrase(debut, Gras(date_courte(jour, aujourdhui)))


class CarteEnvois(Card):
    """What waits to be sent, said without alarm. `relie`: to link the desk to the Region; `verifie`: to the cases."""

    relie = Signal()
    verifie = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Envois", ecart=8)
        self._relier = Btn(theme, "Relier ce poste", icone_nom="link")
        self._relier.clicked.connect(self.relie)
        self._quoi = WrapLabel("", "strong")
        self._suite = WrapLabel("", "small")
        self.corps.addWidget(self._quoi)
        self._litiges = WrapLabel("", "small", "warn")
        self.corps.addWidget(self._suite)
        self.corps.addWidget(self._litiges)
        self._verifier = Btn(theme, "Voir ce qui est à vérifier", genre="discret")
        self._verifier.clicked.connect(self.verifie)
        self.corps.addWidget(self._verifier, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addWidget(self._relier)

    def montrer(self, etat: EtatPoste, refus: str | None = None) -> None:
        """The count of acts that only exist here so far; `refus`: code of what the Region did not accept."""
        nombre = etat.actes_a_envoyer
        self._quoi.setText(typographie(f"{actes(nombre)} à envoyer" if nombre else "Tout est envoyé"))
        if not etat.enrole:
            self._quoi.setText("Poste pas encore relié à la Région")
            self._suite.setText("Vous pouvez déjà inscrire des personnes. Les carnets viendront de la Région.")
        else:
            self._suite.setText(ATTENTE if nombre else "")
        if refus is not None:
            phrases = message(refus)
            self._quoi.setText(phrases.quoi)
            self._suite.setText(f"{phrases.sur} {phrases.faire}".strip())
        self._litiges.setVisible(bool(etat.litiges))
        self._verifier.setVisible(bool(etat.litiges))
        pluriel = "s" if etat.litiges > 1 else ""
        self._litiges.setText(typographie(f"{etat.litiges} dossier{pluriel} à vérifier : la Région s’en occupe."))
        self._suite.setVisible(bool(self._suite.text()))
        self._relier.setVisible(not etat.enrole)
