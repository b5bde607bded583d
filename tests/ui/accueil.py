"""What a person brings to the desk, and the keys that a mediator presses for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from passdesk.ui.impression import PageImpression
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite import PageVisite
from tests.ui.guichet import CTRL, Guichet, nom_lu

ALT = Qt.KeyboardModifier.AltModifier
AUJOURDHUI = date(2026, 11, 23)
EMPLOI, JEUNE, SENIOR = "En recherche d’emploi", "18 à 25\u00a0ans, en insertion", "60\u00a0ans et plus"
SITUATIONS = (EMPLOI, JEUNE, SENIOR, "En lycée")
OUI, NON = (f"Accompagnement par un prescripteur\u00a0: {mot}" for mot in ("oui", "non"))
FRANCE_SERVICES, MISSION_LOCALE = "France Services", "Mission locale"
IDENTITE, DOMICILE = "Pièce d’identité", "Justificatif de domicile"
FRANCE_TRAVAIL, STAGE = "Attestation France Travail", "Attestation de stage"
ATTESTATION_MISSION = "Attestation mission locale"
MAELLE = ("Dufresnoy", "Maëlle", "12041987")
SANS_DATE = "-"


@dataclass(frozen=True)
class Personnage:
    """Somebody at the desk: who they are, what they ask, who comes with them, the papers they show (name → date)."""

    identite: tuple[str, str, str]
    situation: str
    prescripteur: str | None
    pieces: Mapping[str, str]


EN_EMPLOI = {IDENTITE: SANS_DATE, DOMICILE: "18/10/2026", FRANCE_TRAVAIL: "02/11/2026"}
CHACUN = {
    "demandeur_emploi": Personnage(MAELLE, EMPLOI, FRANCE_SERVICES, EN_EMPLOI),
    "jeune_insertion, stage": Personnage(
        ("Obin", "Rémi", "14022004"),
        JEUNE,
        MISSION_LOCALE,
        {IDENTITE: SANS_DATE, DOMICILE: "01/09/26", STAGE: "3/9/25"},
    ),
    "jeune_insertion, mission locale": Personnage(
        ("Kone", "Awa", "30/09/2008"),
        JEUNE,
        None,
        {IDENTITE: SANS_DATE, DOMICILE: "011026", ATTESTATION_MISSION: "1/7/26"},
    ),
    "senior": Personnage(
        ("Walbecq", "Odette", "23111966"), SENIOR, FRANCE_SERVICES, {IDENTITE: SANS_DATE, DOMICILE: "18/10/2026"}
    ),
}
TYPES = {
    IDENTITE: "piece_identite",
    DOMICILE: "justificatif_domicile",
    FRANCE_TRAVAIL: "attestation_france_travail",
    STAGE: "attestation_stage",
    ATTESTATION_MISSION: "attestation_mission_locale",
}


def nouvelle_visite(g: Guichet, identite: tuple[str, str, str], commune: str = "fourmi") -> PageVisite:
    """Ctrl+N, then the identity as it is typed."""
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    g.calme()
    for texte in identite:
        g.frapper(texte)
        g.tabuler()
    g.frapper(commune)
    g.tabuler()
    g.calme()
    return page_visite(g)


def page_visite(g: Guichet) -> PageVisite:
    page = g.page
    assert isinstance(page, PageVisite)
    return page


def choisir(g: Guichet, choix: str, *groupe: str) -> None:
    """Tab to a question, arrows to the answer, space when no arrow chose it."""
    ici = g.aller_a(*groupe)
    for _ in groupe:
        if ici == choix:
            break
        g.touche(Qt.Key.Key_Right)
        ici = nom_lu(g.focus)
    bouton = g.focus
    assert isinstance(bouton, QAbstractButton) and ici == choix
    if not bouton.isChecked():
        g.touche(Qt.Key.Key_Space)
    g.calme()


def accompagner(g: Guichet, prescripteur: str | None) -> None:
    choisir(g, OUI if prescripteur else NON, OUI, NON)
    if prescripteur:
        g.aller_a("Prescripteur")
        liste = g.focus
        assert isinstance(liste, QComboBox)
        for _ in range(liste.count()):
            if liste.currentText() != prescripteur:
                # Its first letter goes to it.
                g.touche(Qt.Key(ord(prescripteur[0])))
        assert liste.currentText() == prescripteur
        g.calme()


def montrer(g: Guichet, pieces: Mapping[str, str]) -> None:
    """Each paper shown: its tick, or its date typed on the tick, which ticks it."""
    for nom, jour in pieces.items():
        if jour == SANS_DATE:
            g.aller_a(nom)
            g.touche(Qt.Key.Key_Space)
        else:
            champ = f"{nom}, daté du"
            if g.aller_a(nom, champ) == nom:
                g.lettre(jour[0])
                jour = jour[1:]
            assert nom_lu(g.focus) == champ
            g.frapper(jour)
            g.tabuler()
        g.calme()


def accueillir(g: Guichet, qui: Personnage, commune: str = "fourmi") -> PageVisite:
    """A whole form, typed from top to bottom."""
    page = nouvelle_visite(g, qui.identite, commune)
    choisir(g, qui.situation, *SITUATIONS)
    accompagner(g, qui.prescripteur)
    montrer(g, qui.pieces)
    return page


def lu(g: Guichet) -> str:
    """All that the page says."""
    return "\n".join(g.textes())


def imprimer_et_remettre(g: Guichet) -> tuple[int, int]:
    """From the printer's question to the end of the visit: everything came out. Says what it took (`Gestes`)."""
    assert isinstance(g.page, PageImpression)
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    g.valider()
    assert "Carnet remis" in g.textes()
    comptes = g.gestes.comptes
    g.valider()
    assert g.page.cle == "aujourdhui"
    return comptes
