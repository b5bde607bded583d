"""The letter that tells a decision: award, refusal, or what to bring; A4, in plain French (ui/paper §6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.dessin import Ancre, Cadre, Element, Mesure, Page, Papier, Texte, Trait, cercle
from passdesk.domain.evaluation import Decision
from passdesk.domain.examen import ExigenceExaminee
from passdesk.domain.francais import ESPACE, telephone
from passdesk.printing.flux import Flux, Phrase, en_lignes, en_pages, grasse, interligne, simple
from passdesk.printing.fontes import Metriques
from passdesk.printing.mise_en_page import EXEMPLE, Morceau, cartouche_exemple, corps_qui_tient, ligne, morceaux_date
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.pose import poser
from passdesk.printing.toile_pdf import ecrire_pdf

GAUCHE, DROITE, HAUT, BAS, BAS_SEULE = 20.0, 190.0, 22.0, 279.0, 286.0
"""Margins of the text, mm. With several pages, their numbers stand below; a single page goes lower."""
X_ADRESSE, Y_ADRESSE, PAS_ADRESSE, LARGEUR_ADRESSE = 110.0, 54.0, 5.6, 90.0
LIGNES_ADRESSE, SIGNES_ADRESSE = 6, 38
"""What the window of an envelope shows (standard NF Z 10-011)."""
TITRE_PDF = "Réponse à une demande de pass numériques"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courrier:
    """What every letter bears. `destinataire`: lines of the address, the name first, only what is known.

    `gros`: in large print. `telephone_aide`: "" at a desk that has none yet.
    """

    destinataire: tuple[str, ...] = field(repr=False)
    dossier: str
    guichet: str
    telephone_aide: str
    agent: str = field(repr=False)
    le: date
    sans_valeur: bool = False
    gros: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre(Courrier):
    """What the letter of a decision says.

    `decision`: as taken; `examen`: its papers; `pass_recus`: received before it. `reglement`: title of the text
    applied, `controle`: first characters of its SHA-256. `dernier_jour`: of the carnets awarded; `valeur_cents`: of a
    pass. `adresse_recours`: lines given by the Region, empty when it has not. `derogation`: the reason that somebody
    wrote to lift a refusal.
    """

    arrivee_le: date = field(repr=False)
    decision: Decision = field(repr=False)
    examen: tuple[ExigenceExaminee, ...] = field(repr=False)
    pass_recus: int = field(repr=False)
    reglement: str
    controle: str
    dernier_jour: date | None = None
    valeur_cents: int = 1000
    adresse_recours: tuple[str, ...] = ()
    derogation: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LigneLettre:
    """One sentence of a block. `fort`: in the size of what matters; `case`: a drawn box to tick before it."""

    phrase: Phrase = field(repr=False)
    fort: bool = False
    case: bool = False
    petit: bool = False


@dataclass(frozen=True, slots=True)
class BlocLettre:
    """Lines that stay together. `numero`: circled before them; `dessin`: a pictogram; `cadre`: framed."""

    lignes: tuple[LigneLettre, ...] = field(repr=False)
    dessin: str = ""
    numero: int = 0
    cadre: bool = False


@dataclass(frozen=True, slots=True)
class TexteLettre:
    """The words of a letter (`lettre_mots`), and what is told in small at its foot."""

    titre: str
    blocs: tuple[BlocLettre, ...] = field(repr=False)
    pied: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Corps:
    """Sizes of the letter in points; everything else follows from the ratio to the usual size."""

    titre: float
    fort: float
    texte: float
    pied: float

    @property
    def rapport(self) -> float:
        return self.texte / 13.0


NORMAL, GROS = _Corps(20, 14, 13, 10), _Corps(28, 22, 20, 14)
AIRS = (5.6, 4.4, 3.4, 2.4)
"""Between two blocks, mm: as much as one page allows, the least when it takes several."""


def pages_lettre(lettre: Courrier, texte: TexteLettre, mesure: Mesure | None = None) -> tuple[Page, ...]:
    """The pages: more text takes more pages, never smaller type."""
    mesure = mesure or Metriques()
    corps = GROS if lettre.gros else NORMAL
    for air in AIRS:
        pages = _remplir(lettre, texte, corps, BAS_SEULE, air, mesure)
        if len(pages) == 1:
            break
    else:
        pages = _remplir(lettre, texte, corps, BAS, AIRS[-1], mesure)
        for numero, page in enumerate(pages, 1):
            page += [
                Texte(GAUCHE, 288, f"Dossier n°{ESPACE}{lettre.dossier}", corps.pied),
                Texte(DROITE, 288, f"Page {numero} sur {len(pages)}", corps.pied, ancre=Ancre.DROITE),
            ]
            if lettre.sans_valeur and numero > 1:
                page.append(Texte(DROITE, 16, EXEMPLE, corps.fort, gras=True, ancre=Ancre.DROITE))
    return en_pages(pages)


def _remplir(
    lettre: Courrier, texte: TexteLettre, corps: _Corps, bas: float, air: float, mesure: Mesure
) -> list[list[Element]]:
    flux = Flux(HAUT, bas, mesure, y=_y_dossier(lettre) + 5.0)
    flux.tracer(*_entete(lettre, mesure))
    flux.lignes(GAUCHE, en_lignes(grasse(texte.titre), corps.titre, DROITE - GAUCHE, mesure), corps.titre)
    flux.y += 2.6
    pied = [en_lignes(simple(phrase), corps.pied, DROITE - GAUCHE, mesure) for phrase in texte.pied]
    hauteur_pied = sum(interligne(corps.pied) * len(lignes) for lignes in pied) + 2.0
    for rang, bloc in enumerate(texte.blocs, 1):
        # The last block stays with the small print: no page holds that alone.
        _poser_bloc(flux, bloc, corps, mesure, suite=hauteur_pied if rang == len(texte.blocs) else 0.0)
        flux.y += air * corps.rapport
    _poser_pied(flux, pied, hauteur_pied, corps)
    return flux.pages()


def papier_lettre(lettre: Courrier, texte: TexteLettre, titre: str = TITRE_PDF) -> Papier:
    """The letter as a PDF and as pages for a printer; same letter, same bytes. `titre` holds no personal data."""
    pages = pages_lettre(lettre, texte)
    pdf = ecrire_pdf(pages, titre, range(len(pages)))
    return Papier("PassDesk lettre", pdf, tuple(poser(page) for page in pages))


def lignes_adresse(lignes: tuple[str, ...]) -> tuple[str, ...]:
    """At most 6 lines of 38 characters: a longer one goes on at a space, on a line of its own."""
    posees: list[str] = []
    for texte in lignes:
        reste = " ".join(texte.split())
        while len(reste) > SIGNES_ADRESSE:
            coupe = reste.rfind(" ", 0, SIGNES_ADRESSE + 1)
            coupe = coupe if coupe > 0 else SIGNES_ADRESSE
            posees.append(reste[:coupe].rstrip())
            reste = reste[coupe:].lstrip()
        posees += [reste] if reste else []
    return tuple(posees) if len(posees) <= LIGNES_ADRESSE else (*posees[: LIGNES_ADRESSE - 1], posees[-1])


def _y_dossier(lettre: Courrier) -> float:
    """Below the address; one of six lines moves the rest down, none other does."""
    return 83.0 if len(lignes_adresse(lettre.destinataire)) < LIGNES_ADRESSE else 89.0


def _entete(lettre: Courrier, mesure: Mesure) -> list[Element]:
    corps = corps_qui_tient(lettre.guichet, 13, True, 120, mesure)
    numero = telephone(lettre.telephone_aide)
    elements: list[Element] = [
        Texte(GAUCHE, 22, lettre.guichet, corps, gras=True),
        *([Texte(GAUCHE, 27.6, f"Téléphone{ESPACE}: {numero}", 12)] if numero else []),
        *(_suivi(lettre.agent, 33.2 if numero else 27.6, mesure) if lettre.agent else []),
        Texte(GAUCHE, _y_dossier(lettre), f"Dossier n°{ESPACE}{lettre.dossier}", 12),
    ]
    for rang, texte in enumerate(lignes_adresse(lettre.destinataire)):
        tient = corps_qui_tient(texte, 12, False, LARGEUR_ADRESSE, mesure)
        elements.append(Texte(X_ADRESSE, Y_ADRESSE + PAS_ADRESSE * rang, texte, tient))
    date_ = [Morceau("Le ", 12), *morceaux_date(lettre.le, 12, gras=False)]
    large = sum(mesure.largeur(m.texte, m.corps, m.gras) for m in date_)
    elements += ligne(DROITE - large, _y_dossier(lettre), date_, mesure)
    if lettre.sans_valeur:
        elements += cartouche_exemple(150, 14, 40, 18, 14)
    return elements


def _suivi(agent: str, y: float, mesure: Mesure) -> list[Element]:
    phrase = f"Dossier suivi par {agent}"
    return [Texte(GAUCHE, y, phrase, corps_qui_tient(phrase, 12, False, 120, mesure))]


def _poser_bloc(flux: Flux, bloc: BlocLettre, corps: _Corps, mesure: Mesure, suite: float) -> None:
    r = corps.rapport
    air = 4.4 * r if bloc.cadre else 0.0
    marge = (20.0 if bloc.cadre else 14.0) * r if bloc.dessin or bloc.numero else (6.4 if bloc.cadre else 0.0)
    x, droite = GAUCHE + marge, DROITE - (6.4 if bloc.cadre else 0.0)
    posees = []
    for une in bloc.lignes:
        taille = corps.fort if une.fort else corps.pied + 2 if une.petit else corps.texte
        decale = 7.0 * r if une.case else 0.0
        posees.append((une, taille, decale, en_lignes(une.phrase, taille, droite - x - decale, mesure)))
    hauteur = 1.7 * air + sum(interligne(taille) * len(lignes) for _, taille, _, lignes in posees)
    if bloc.dessin or bloc.numero:
        hauteur = max(hauteur, air + 11 * r + (11 * r if bloc.dessin and bloc.numero else 0) + air * 0.6)
    flux.reserver(min(hauteur + suite, flux.hauteur_de_page))
    depart = flux.y
    _marquer(flux, bloc, air, corps)
    tient = depart + hauteur <= flux.bas
    if bloc.cadre and tient:
        flux.tracer(Cadre(GAUCHE, depart, DROITE - GAUCHE, hauteur, 1.2, 2.0))
    flux.y += air
    for une, taille, decale, lignes in posees:
        if une.case:
            pas = interligne(taille)
            flux.reserver(pas)
            cote = 4.0 * r
            flux.tracer(Cadre(x, flux.y + pas * 0.72 - cote * 0.82, cote, cote, 1.1))
        flux.lignes(x + decale, lignes, taille)
    if tient:
        flux.y = depart + hauteur


def _marquer(flux: Flux, bloc: BlocLettre, air: float, corps: _Corps) -> None:
    """The circled number, and the pictogram under it or in its place."""
    r, y = corps.rapport, flux.y + air * 0.8
    milieu = GAUCHE + (10.0 if bloc.cadre else 5.4) * r
    if bloc.numero:
        rayon = 4.2 * r
        base = y + rayon + 0.668 * corps.fort * 0.3528 / 2
        flux.tracer(
            cercle(milieu, y + rayon, rayon, 1.4),
            Texte(milieu, base, str(bloc.numero), corps.fort, gras=True, ancre=Ancre.CENTRE),
        )
        y += 2 * rayon + 2.0 * r
    if bloc.dessin:
        cote = (11.0 if bloc.numero else 9.4) * r
        flux.tracer(*pictogramme(bloc.dessin, milieu - cote / 2, y, cote))


def _poser_pied(flux: Flux, pied: list[list[list[Morceau]]], hauteur: float, corps: _Corps) -> None:
    """Small print at the bottom of the last page: what a person may skip, and another may ask for."""
    flux.reserver(min(hauteur, flux.hauteur_de_page))
    flux.y = max(flux.y, flux.bas - hauteur)
    flux.tracer(Trait(GAUCHE, flux.y, DROITE, flux.y, 0.9))
    flux.y += 1.6
    for lignes in pied:
        flux.lignes(GAUCHE, lignes, corps.pied)
