"""The sync strip: last line of every screen, always the same height and colour, never alarming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from passdesk.domain.francais import heure, typographie
from passdesk.ui.composants import Btn, Icone, Ligne, WrapLabel
from passdesk.ui.composants.textes import Gras
from passdesk.ui.theme import Theme

RIEN = "rien à envoyer"
ENVOYER, CHERCHER = "Envoyer maintenant", "Chercher du nouveau"
"""What the button says: the same exchange, by what it is good for."""
SEPARATION = " \u00a0·\u00a0 "


@dataclass(frozen=True, slots=True)
class EtatEnvoi:
    """What the strip tells. `dernier_contact`: last answer of the Region (UTC); `en_cours`: a cycle is running.

    `progres`: acts sent and acts there were, once known. `refus`: the sentence of what the Region did not accept.
    """

    relie: bool
    en_ligne: bool
    en_cours: bool
    a_envoyer: int
    dernier_contact: datetime | None
    progres: tuple[int, int] | None = None
    refus: str | None = None


def actes(nombre: int) -> str:
    """ "1 acte", "14 actes"."""
    return f"{nombre} acte{'s' if nombre > 1 else ''}"


def depuis(duree: timedelta) -> str:
    """ "2 jours", "3 heures", "12 minutes": the biggest unit that fits."""
    minutes = max(1, int(duree.total_seconds() // 60))
    for unite, taille in (("jour", 1440), ("heure", 60)):
        if minutes >= taille:
            nombre = minutes // taille
            return f"{nombre} {unite}{'s' if nombre > 1 else ''}"
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def phrase_envoi(etat: EtatEnvoi, maintenant: datetime) -> tuple[str, str, tuple[str, ...]]:
    """Icon, bold words, then the other facts (guide §4, sync strip)."""
    reste = f"{actes(etat.a_envoyer)} à envoyer" if etat.a_envoyer else RIEN
    # Nothing waits here: there is nothing that could be lost.
    faits = (reste, "rien n’est perdu") if etat.a_envoyer else (reste,)
    if not etat.relie:
        gardes = f"{actes(etat.a_envoyer)} gardé{'s' if etat.a_envoyer > 1 else ''} ici" if etat.a_envoyer else ""
        return "cloud-off", "Poste pas encore relié à la Région", (gardes or "tout est gardé ici",)
    if etat.en_cours and etat.progres is not None and etat.progres[1]:
        return "refresh", "Envoi en cours", (f"{etat.progres[0]} sur {etat.progres[1]}",)
    if etat.en_cours and etat.a_envoyer:
        return "refresh", "Envoi en cours", (reste,)
    if etat.refus is not None:
        return "alert-circle", etat.refus.rstrip("."), faits
    if etat.en_ligne:
        return "cloud", "En ligne", (reste,) if etat.a_envoyer else ("tout est envoyé", *_reponse(etat, maintenant))
    duree = f" depuis {depuis(maintenant - etat.dernier_contact)}" if etat.dernier_contact else ""
    return "cloud-off", f"Hors ligne{duree}", faits


def _reponse(etat: EtatEnvoi, maintenant: datetime) -> tuple[str, ...]:
    """When the Region last answered, if that was today; local time."""
    contact = etat.dernier_contact.astimezone() if etat.dernier_contact else None
    du_jour = contact is not None and contact.date() == maintenant.astimezone().date()
    return (f"dernière réponse à {heure(contact)}",) if contact is not None and du_jour else ()


class Bandeau(QFrame):
    """The strip itself; `envoyer` fires on its button (F5 is bound by the window)."""

    envoyer = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setAccessibleName("État des envois")
        self._icone = Icone(theme, "cloud-off", "ink", 20)
        self.texte = WrapLabel("", "body")
        self.bouton = Btn(theme, ENVOYER, genre="discret", touche="F5", liee=False)
        self.bouton.clicked.connect(self.envoyer)
        ligne = Ligne(theme, ecart=10, marges=(24, 3, 32, 3))
        ligne.addWidget(self._icone)
        ligne.addWidget(self.texte, 1)
        ligne.addWidget(self.bouton)
        self.setLayout(ligne)
        self._relie = self._etroite = False
        self.bouton.hide()
        self._theme = theme
        theme.change.connect(self._hauteur)
        self._hauteur()

    def montrer(self, etat: EtatEnvoi, maintenant: datetime) -> None:
        """Tells this state, in the same place as always."""
        icone_nom, gras, faits = phrase_envoi(etat, maintenant)
        self._icone.set_icone(icone_nom, "ink")
        self.texte.set_phrase(Gras(typographie(gras)), *(f"{SEPARATION}{typographie(fait)}" for fait in faits))
        self._relie = etat.relie
        self.bouton.set_texte(ENVOYER if etat.a_envoyer else CHERCHER)
        self.bouton.setEnabled(not etat.en_cours)
        self.bouton.setVisible(self._relie and not self._etroite)

    def disposer(self, etroite: bool) -> None:
        """No button when narrow: F5 does the same."""
        self._etroite = etroite
        self.bouton.setVisible(self._relie and not etroite)

    def _hauteur(self) -> None:
        self.setMinimumHeight(self._theme.px(40) if self._theme.echelle == 1 else self._theme.px(30))
