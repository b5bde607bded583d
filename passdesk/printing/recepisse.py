"""The receipt of a hand-over: one A4 sheet cut in two, the person's half above, without any name (ui/paper §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.domain.dessin import Ancre, Cadre, Element, Mesure, Page, Papier, Texte, Trait
from passdesk.domain.francais import ESPACE, euros, telephone, typographie
from passdesk.printing.fontes import Metriques
from passdesk.printing.mise_en_page import Morceau, cartouche_exemple, corps_qui_tient, ligne, morceaux_date
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.pose import poser
from passdesk.printing.toile_pdf import ecrire_pdf

GAUCHE, DROITE, X_VALEUR, COUPE = 20.0, 190.0, 62.0, 148.5
"""Margins, where the values start, where the sheet is cut (mm)."""
LARGEUR_VALEUR = DROITE - X_VALEUR
CORPS_DEUX_LIGNES, ECARTS_SERRES, ECARTS_LIBRES = 8.0, (-2.3, 1.1), (0.0, 5.6)
"""A long name between two rows is set on two small lines round its baseline: the next row does not move (points, mm).

The last row has room below it: its second line comes under the first, at 12 points.
"""

TITRE = "Récépissé de remise"
MOTIFS: Mapping[str, str] = {
    "accompagne_carnet_10": "personne accompagnée : carnet de {taille}",
    "autonome_carnet_5": "personne seule : premier carnet de {taille}",
    "complement_carnet_5": "demande complémentaire : second carnet de {taille}",
}
"""The reasons of an award (contracts §2) as the paper says them."""
DONNEES = (
    "Le guichet garde votre nom et les numéros",
    "du carnet pour prouver la remise.",
    "Vous pouvez les voir et les faire corriger.",
)


@dataclass(frozen=True, slots=True)
class Recepisse:
    """What both halves say. `personne` and `dossier` are printed on the desk's half alone.

    `reglement`: the day of the règlement applied; `motifs`: codes of the decision; `guichet`: the desk's name.
    """

    personne: str = field(repr=False)
    dossier: str = field(repr=False)
    campagne_numero: int
    serie_carnet: str
    taille: int
    valeur_cents: int
    dernier_jour: date
    remis_le: date
    guichet: str
    telephone_aide: str
    reglement: date
    motifs: tuple[str, ...]

    @property
    def sans_valeur(self) -> bool:
        """True when both halves must say that the carnet is worth nothing (protocol §2)."""
        return self.campagne_numero == CAMPAGNE_DEMONSTRATION

    @property
    def motif(self) -> str:
        """Why the carnet was given, in words; empty when no known reason was recorded."""
        connus = (MOTIFS[code] for code in self.motifs if code in MOTIFS)
        return typographie(next(connus, "").format(taille=self.taille))


def page_recepisse(recepisse: Recepisse, mesure: Mesure | None = None) -> Page:
    """The sheet; nothing moves when a name is long: it is set smaller, or on two lines, never cut."""
    mesure = mesure or Metriques()
    elements: list[Element] = [
        *_moitie_personne(recepisse, mesure),
        Trait(5, COUPE, 205, COUPE, 0.5, (1, 2.4)),
        Texte(105, COUPE - 2, "✂", 9, ancre=Ancre.CENTRE),
        *_moitie_guichet(recepisse, mesure),
    ]
    return Page(tuple(elements))


def render_recepisse(recepisse: Recepisse) -> bytes:
    """The PDF; same receipt, same bytes. Its title holds no personal data."""
    return ecrire_pdf([page_recepisse(recepisse)], TITRE, [0])


def papier_recepisse(recepisse: Recepisse) -> Papier:
    """The same sheet as a PDF and as a page for a printer."""
    return Papier("PassDesk recepisse", render_recepisse(recepisse), (poser(page_recepisse(recepisse)),))


def _moitie_personne(recepisse: Recepisse, mesure: Mesure) -> list[Element]:
    numero = telephone(recepisse.telephone_aide)
    appel = typographie(f"Carnet perdu ou volé ? Appelez vite le {numero}.")
    demande = f"Demandez au guichet, ou au {numero}."
    elements: list[Element] = [
        *_tete(0, "Pour vous"),
        Texte(GAUCHE, 34, f"Vous avez reçu un carnet de {recepisse.taille} pass numériques.", 14),
    ]
    rangees = (*_rangees(recepisse, 14), ("Guichet", _long(recepisse.guichet, 14, 12, mesure)))
    elements += _tableau(45, 7.6, rangees, ECARTS_LIBRES, mesure)
    elements += [
        *pictogramme("telephone", GAUCHE, 85.8, 12),
        Texte(36, 92.2, appel, corps_qui_tient(appel, 14, True, DROITE - 36, mesure), gras=True),
        Texte(36, 99.2, "Gardez ce papier. Ne le rangez pas avec le carnet.", 14),
        *_signature(GAUCHE, 111, 74, 24, "Signature de l’agent"),
        Texte(102, 111, "Vos données", 12, gras=True),
    ]
    for rang, phrase in enumerate((*DONNEES, demande)):
        corps = corps_qui_tient(phrase, 12, False, DROITE - 102, mesure)
        elements.append(Texte(102, 117 + 5.4 * rang, phrase, corps))
    if recepisse.sans_valeur:
        elements += cartouche_exemple(150, 48.4, 40, 18, 14)
    return elements


def _moitie_guichet(recepisse: Recepisse, mesure: Mesure) -> list[Element]:
    accord = [*morceaux_date(recepisse.reglement, 12)]
    if recepisse.motif:
        accord.append(Morceau(typographie(f" ; {recepisse.motif}"), 12, True))
    rangees = (
        ("Personne", _long(recepisse.personne, 12, CORPS_DEUX_LIGNES, mesure)),
        ("Dossier", [[Morceau(f"n°{ESPACE}{recepisse.dossier}", 12, True)]]),
        *_rangees(recepisse, 12),
        ("Règlement", [accord]),
    )
    engagement = "Je signe parce que j’ai reçu ce carnet et que l’on m’a expliqué comment l’utiliser."
    elements: list[Element] = [
        *_tete(COUPE, "Pour le guichet"),
        *_tableau(COUPE + 33, 6.6, rangees, ECARTS_SERRES, mesure),
        Texte(GAUCHE, COUPE + 84, engagement, 12),
        *_signature(GAUCHE, COUPE + 93, 84, 28, "Signature de la personne"),
        *_signature(110, COUPE + 93, 80, 28, "Nom et signature de l’agent"),
        Cadre(GAUCHE, COUPE + 127.6, 4, 4, 1.1),
        Texte(26.6, COUPE + 131, "La personne ne peut pas signer. L’agent signe seul et l’indique ici.", 12),
        Texte(GAUCHE, COUPE + 139.2, "À ranger sous clé. À détruire à la date fixée par la Région.", 10),
    ]
    if recepisse.sans_valeur:
        elements += cartouche_exemple(150, COUPE + 49.4, 40, 17.4, 14)
    return elements


def _tete(y: float, pour: str) -> list[Element]:
    return [
        Texte(GAUCHE, y + 20, TITRE, 22, gras=True),
        Texte(DROITE, y + 20, pour, 14, gras=True, ancre=Ancre.DROITE),
        Trait(GAUCHE, y + 24, DROITE, y + 24, 1.4),
    ]


Rangee = tuple[str, Sequence[Sequence[Morceau]]]
"""A label, and the line of its value, or both lines."""


def _rangees(recepisse: Recepisse, corps: float) -> tuple[Rangee, ...]:
    """What both halves say of the carnet."""
    taille, valeur = recepisse.taille, recepisse.valeur_cents
    numero = f"n°{ESPACE}{recepisse.serie_carnet}, de {taille} pass (n°{ESPACE}1 à {taille})"
    total = f"{taille} × {euros(valeur)} = {euros(taille * valeur)}"
    return (
        ("Carnet", [[Morceau(numero, corps, True)]]),
        ("Valeur", [[Morceau(total, corps, True)]]),
        ("Valable jusqu’au", [morceaux_date(recepisse.dernier_jour, corps)]),
        ("Remis le", [morceaux_date(recepisse.remis_le, corps)]),
    )


def _tableau(
    y: float, pas: float, rangees: Sequence[Rangee], deux: tuple[float, float], mesure: Mesure
) -> list[Element]:
    """Labels and values every `pas` mm; `deux`: how far from the baseline two lines stand."""
    elements: list[Element] = []
    for rang, (nom, lignes) in enumerate(rangees):
        base = y + pas * rang
        elements.append(Texte(GAUCHE, base, nom, 12))
        ecarts = (0.0,) if len(lignes) == 1 else deux
        for ecart, morceaux in zip(ecarts, lignes, strict=True):
            elements += ligne(X_VALEUR, base + ecart, morceaux, mesure)
    return elements


def _signature(x: float, y: float, largeur: float, hauteur: float, nom: str) -> list[Element]:
    return [Texte(x, y, nom, 12), Cadre(x, y + 2.6, largeur, hauteur, 1.2)]


def _long(texte: str, corps: float, petit: float, mesure: Mesure) -> list[list[Morceau]]:
    """A name of any length: on one line down to 10 points, on two of `petit` cut at a space, then as small as it takes.

    Two lines share the letters evenly; a text without a space is cut in the middle.
    """
    texte = " ".join(texte.split())
    for taille in (corps, 12.0, 10.0):
        if petit < taille <= corps and mesure.largeur(texte, taille, True) <= LARGEUR_VALEUR:
            return [[Morceau(texte, taille, True)]]
    milieu = len(texte) // 2
    blancs = [place.start() for place in re.finditer(" ", texte)]
    coupe = min(blancs, key=lambda place: abs(place - milieu), default=milieu)
    if abs(coupe - milieu) > milieu // 2:
        coupe = milieu
    moities = (texte[:coupe].rstrip(), texte[coupe:].lstrip())
    taille = min(corps_qui_tient(moitie, petit, True, LARGEUR_VALEUR, mesure) for moitie in moities)
    return [[Morceau(moitie, taille, True)] for moitie in moities]
