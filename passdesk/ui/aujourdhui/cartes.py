"""The cards of *Aujourd'hui* beside the visits: what is to be done, carnets left, dates of the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from passdesk.services.lien import REFUS_DEFINITIFS
from passdesk.services.poste import EtatPoste
from passdesk.services.rappels import LIMITE, Compte
from passdesk.services.stock import StockPot
from passdesk.ui.aujourdhui.rangees import Etape, RangeeActe, date_courte
from passdesk.ui.composants import Btn, Card, CellulesStock, Colonne, Icone, Ligne, Texte, WrapLabel, trait
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.composants.textes import Gras
from passdesk.ui.messages import message
from passdesk.ui.mots_envoi import actes
from passdesk.ui.rappels.textes import personnes_sans_numero, que_faire_sans_numero
from passdesk.ui.saisie import date_chiffres
from passdesk.ui.theme import Theme

SANS_CONTACT = "Le délai de garde est passé. Rien ne s’efface sans vous."
ATTENTE = "Ils partiront seuls au retour du réseau."
ISOLE = "Ils partiront seuls au retour du réseau. D’ici là, une clé USB peut les porter\u00a0: Réglages, Ce poste."
ENVOYER = "Envoyer"
SANS_USAGE = "Carnet remis, aucun pass utilisé à notre connaissance."
PREVENIR = "Par courrier, ou quand la personne passe."
PAS_RELIE = "Vous pouvez déjà inscrire des personnes. Les carnets viendront de la Région."
RELIER = Etape("Relier ce poste à la Région", "link", "info", "Relier")
A_RELIER = frozenset({*REFUS_DEFINITIFS, "cles_appareil_absentes"})
"""What sending again does not mend."""
DEMANDER = "Un envoi peut en apporter. Sinon, demandez-en à la Région."
SANS_FEUILLE = "Pas encore de feuille de secours\u00a0: sans elle, une phrase oubliée ferme le poste."
FAIRE_LA_FEUILLE = "Imprimer la feuille de secours"
VOIR_LISTE = "Voir la liste"
VOIR_CARNETS = "Voir les carnets du poste"
POUR = {"general": "", "lycee": "pour lycéens"}
"""After the carnets of a pot: whom they are kept for."""
SEUIL_BAS = 3
"""At this count or under, carnets are said to run out soon."""


class LigneStock(QWidget):
    """Big number, words, twenty cells; low is said in words too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._titre = WrapLabel("", "strong")
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
        textes.addWidget(self._titre)
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

    def montrer(self, pot: StockPot, taille: int, nombre: int) -> None:
        """This many carnets of a size can be awarded from a pot; 0: of whatever size, none was ever received."""
        bas = nombre <= SEUIL_BAS
        self._titre.setText(
            " ".join(mot for mot in ("carnets", f"de {taille}" if taille else "", POUR[pot.pot]) if mot)
        )
        self._nombre.setText(str(nombre))
        self._icone.setVisible(bas)
        self._mots.setText(_mots(pot, taille, nombre))
        self._mots.set_ton("warn" if bas else "ink2")
        self._cellules.set_nombre(nombre, bas)

    def _aligner(self) -> None:
        # Two figures: the words of all sizes begin on one line.
        self._nombre.setMinimumWidth(self._theme.px(50))
        self._nombre.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _mots(pot: StockPot, taille: int, nombre: int) -> str:
    if nombre:
        return "Bientôt épuisés" if nombre <= SEUIL_BAS else "Disponibles au poste"
    if pot.arretee:
        return "La remise est arrêtée"
    if pot.cle_attendue:
        return "En attente de la Région"
    if pot.en_attente:
        return "Attendent un envoi"
    return "Il n’y en a plus" if taille else "Aucun reçu encore"


class CarteStock(Card):
    """Carnets this desk may award today, by pot and size. `carnets` leads to those of the desk: one that nobody came
    for may be among them."""

    carnets = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Carnets au poste", ecart=14)
        self._theme = theme
        self._lignes: list[LigneStock] = []
        self._pots = Colonne(theme, ecart=14)
        self.corps.addLayout(self._pots)
        self.bouton = Btn(theme, VOIR_CARNETS)
        self.bouton.clicked.connect(self.carnets)
        self._epuises = QWidget()
        que_faire = Colonne(theme, ecart=8)
        que_faire.addWidget(WrapLabel(DEMANDER, "small"))
        que_faire.addWidget(self.bouton)
        self._epuises.setLayout(que_faire)
        self._epuises.hide()
        self.corps.addWidget(self._epuises)
        self.hide()

    def montrer(self, pots: Sequence[StockPot], relie: bool) -> None:
        """The counts; hidden while the desk has never received any lot."""
        comptes = [(pot, taille, nombre) for pot in pots for taille, nombre in pot.carnets or ((0, 0),)]
        for _ in range(len(self._lignes), len(comptes)):
            ligne = LigneStock(self._theme)
            self._pots.addWidget(ligne)
            self._lignes.append(ligne)
        for rang, ligne in enumerate(self._lignes):
            ligne.setVisible(rang < len(comptes))
            if rang < len(comptes):
                ligne.montrer(*comptes[rang])
        self._epuises.setVisible(any(n <= SEUIL_BAS and not (p.arretee or p.en_attente) for p, _, n in comptes))
        self.setVisible(relie or any(nombre for _, _, nombre in comptes))


class CarteCampagne(Card):
    """Until when carnets may be handed over and pass used; once that is near, how little is left of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Campagne", ecart=8)
        self._alerte = _Rangee(theme, "alert-triangle", "warn")
        self._dates = tuple(_Rangee(theme, dessin, "ink2") for dessin in ("ticket", "calendar", "clock"))
        for rangee in (self._alerte, *self._dates):
            self.corps.addWidget(rangee)
        self.hide()

    def montrer(self, etat: EtatPoste, aujourdhui: date) -> None:
        """The dates of the running campaign, or of the last one when it is over; the end of the lease when it is
        near."""
        campagne = etat.campagne
        self.setVisible(campagne is not None)
        if campagne is None:
            return
        etape = campagne.etape(aujourdhui)
        reste = (campagne.arret_remise - aujourdhui).days
        self._alerte.dire(Gras(_alerte(etape, reste, etat.papiers_en_attente)))
        finie = etape in ("tolerance", "finie")
        phrases = (
            ("Remise jusqu’au " if reste >= 0 else "Dernière remise le ", campagne.arret_remise),
            ("Pass valables jusqu’au ", campagne.dernier_jour),
            ("Les lieux les prennent encore jusqu’au ", campagne.fin_tolerance)
            if etape == "tolerance"
            else (
                "Envoyez avant le "
                if etat.fin_de_bail is None or etat.fin_de_bail >= aujourdhui
                else "Envoi attendu le ",
                None if finie else etat.fin_de_bail,
            ),
        )
        self.titre.setText(f"Campagne {campagne.dernier_jour.year}")
        self.setAccessibleName(self.titre.text())
        for rangee, (debut, jour) in zip(self._dates, phrases, strict=True):
            rangee.dire(*((debut, Gras(_jour_dit(jour, aujourdhui))) if jour is not None else ()))


def _jour_dit(jour: date, aujourdhui: date) -> str:
    """In one piece. Of another year, in figures: « 16 décembre » alone would be read as this one, and spelled out with
    its year it needs a second line."""
    if jour.year != aujourdhui.year:
        return date_chiffres(jour)
    return date_courte(jour, aujourdhui).replace(" ", "\u00a0")


class _Rangee(QWidget):
    """Icon and sentence; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, dessin: str, ton: str) -> None:
        super().__init__()
        rangee = Ligne(theme, ecart=10)
        rangee.addWidget(Icone(theme, dessin, ton, 20), 0, Qt.AlignmentFlag.AlignTop)
        self._texte = WrapLabel("", "body")
        rangee.addWidget(self._texte, 1)
        self.setLayout(rangee)

    def dire(self, *morceaux: str | Gras) -> None:
        """Replaces the sentence; nothing hides the line."""
        self.setVisible(any(str(morceau) for morceau in morceaux))
        self._texte.set_phrase(*morceaux)


def _alerte(etape: str, reste: int, attendent: int) -> str:
    """What the dates mean today; "" while they are far. `reste`: days left to hand over; `attendent`: carnets that
    nobody has yet."""
    if etape == "bientot":
        quand = {0: "C’est le dernier jour", 1: "Plus qu’un jour"}.get(reste, f"Plus que {reste}\u00a0jours")
        carnets = f"{attendent}\u00a0carnets attendent." if attendent > 1 else "1\u00a0carnet attend."
        return f"{quand} pour remettre." + (f" {carnets}" if attendent else "")
    if etape == "sans_remise":
        return "Plus aucun carnet ne se remet."
    if etape == "tolerance":
        return "Les pass de cette campagne sont finis."
    return "La campagne est terminée." if etape == "finie" else ""


class LigneSecours(QWidget):
    """No recovery sheet is printed yet: said quietly, until it is done. `faire` leads there."""

    faire = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bouton = Btn(theme, FAIRE_LA_FEUILLE, genre="discret")
        self.bouton.clicked.connect(self.faire)
        textes = Colonne(theme, ecart=4)
        textes.addWidget(WrapLabel(SANS_FEUILLE, "small"))
        textes.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignLeft)
        rangee = Ligne(theme, ecart=10)
        rangee.addWidget(Icone(theme, "key", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        rangee.addLayout(textes, 1)
        self.setLayout(rangee)
        self.hide()


@dataclass(frozen=True, slots=True)
class Attentes:
    """What waits for somebody, counted: cases to look at, and the first of them in words; files that nobody has come
    for; persons to call back."""

    cas: int = 0
    premier_cas: str = ""
    fiches: int = 0
    appels: Compte = field(default_factory=Compte)


def _appels(compte: Compte) -> tuple[Etape, str]:
    """The row of those who have spent nothing of their carnet, and its facts: nobody is « to call » without a
    number."""
    sans = min(compte.sans_numero, LIMITE), compte.sans_numero > LIMITE
    if not compte.joignables:
        qui = personnes_sans_numero(sans[0], reste=sans[1])
        return Etape(f"Prévenir {qui}", "user", "info", VOIR_LISTE), f"{SANS_USAGE} {PREVENIR}"
    qui = f"plus de {LIMITE}" if compte.joignables > LIMITE else str(compte.joignables)
    etape = Etape(f"Rappeler {qui}\u00a0personne{'s' if compte.joignables > 1 else ''}", "phone", "info", VOIR_LISTE)
    return etape, f"{SANS_USAGE} Et {que_faire_sans_numero(sans[0], reste=sans[1])}." if sans[0] else SANS_USAGE


class CarteAFaire(Card):
    """What waits for the agent, one row each; hidden when nothing does.

    `relie`: to link the desk to the Region; `verifie`: to the cases; `envoie`: to send now; `efface`: to the files that
    nobody has come for; `appelle`: to those who have spent nothing of their carnet.
    """

    relie = Signal()
    appelle = Signal()
    verifie = Signal()
    envoie = Signal()
    efface = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "À faire", ecart=4)
        self._theme = theme
        self._liste = Colonne(theme, ecart=0)
        self.corps.addLayout(self._liste)
        self.rangees: list[RangeeActe] = []
        self._etroite = False
        self.hide()

    def montrer(
        self,
        etat: EtatPoste,
        attentes: Attentes,
        refus: str | None,
        en_ligne: bool,
        *,
        isole: bool = False,
    ) -> None:
        """The rows that this state of the desk asks for. `refus`: code of what the Region did not accept; `isole`:
        nobody there has answered for days."""
        vider(self._liste)
        self.rangees = []
        if not etat.enrole:
            self._ajouter(RELIER, PAS_RELIE, self.relie)
        if attentes.appels != Compte():
            self._ajouter(*_appels(attentes.appels), self.appelle)
        if combien := attentes.cas:
            nombre = f"{combien}\u00a0dossier{'s' if combien > 1 else ''}"
            reste = "un autre dossier" if combien == 2 else f"{combien - 1}\u00a0autres dossiers"
            autres = f", et {reste}" if combien > 1 else ""
            etape = Etape(f"Vérifier {nombre}", "clipboard-check", "warn", "Vérifier")
            self._ajouter(etape, f"{attentes.premier_cas}{autres}.", self.verifie)
        definitif = refus in A_RELIER
        if refus is not None and (etat.enrole or not definitif):
            phrases = message(refus)
            etape = Etape(phrases.quoi, "alert-circle", "warn", RELIER.bouton if definitif else ENVOYER)
            self._ajouter(etape, f"{phrases.sur} {phrases.faire}".strip(), self.relie if definitif else self.envoie)
        elif etat.enrole and etat.actes_a_envoyer and not en_ligne:
            etape = Etape(f"{actes(etat.actes_a_envoyer)} à envoyer", "cloud-off", "neutre", ENVOYER)
            self._ajouter(etape, ISOLE if isole else ATTENTE, self.envoie)
        if fiches := attentes.fiches:
            nombre = f"{fiches}\u00a0fiche{'s' if fiches > 1 else ''}"
            self._ajouter(
                Etape(f"Revoir {nombre} sans contact", "clock", "neutre", "Revoir"), SANS_CONTACT, self.efface
            )
        self.setVisible(bool(self.rangees))

    def disposer(self, etroite: bool) -> None:
        """Without the discs when narrow."""
        self._etroite = etroite
        for rangee in self.rangees:
            rangee.disposer(etroite)

    def _ajouter(self, etape: Etape, faits: str, signal: SignalInstance) -> None:
        if self.rangees:
            self._liste.addWidget(trait())
        rangee = RangeeActe(self._theme, etape, WrapLabel(faits, "small"))
        rangee.bouton.set_texte(etape.bouton, f"{etape.bouton} : {etape.texte}")
        rangee.pressee.connect(signal)
        rangee.disposer(self._etroite)
        self._liste.addWidget(rangee)
        self.rangees.append(rangee)
