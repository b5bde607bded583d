"""Headings and lines on as many A4 pages as it takes: what is kept of one person, and the pages of the same kind."""

from __future__ import annotations

from passdesk.domain.dessin import Ancre, Cadre, Element, Mesure, Page, Papier, Texte, Trait
from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.domain.francais import ESPACE, telephone
from passdesk.printing.flux import Flux, en_lignes, en_pages, grasse, interligne, simple
from passdesk.printing.fontes import Metriques
from passdesk.printing.mise_en_page import Morceau, corps_qui_tient, ligne, morceaux_date
from passdesk.printing.pose import poser
from passdesk.printing.toile_pdf import ecrire_pdf

GAUCHE, DROITE, HAUT, BAS, Y_PIED = 20.0, 190.0, 20.0, 280.0, 289.0
NOMS = 52.0
"""Width of the column of names, mm."""
TITRE, RUBRIQUE, TEXTE, PIED = 20.0, 14.0, 11.0, 10.0
"""Sizes in points, the least: what has room on its pages is larger (`AMPLEURS`)."""
AMPLEURS = (1.2, 1.1, 1.0)
"""13 points when it takes no more pages, else 12, else 11."""
GROS = 1.5
"""How much larger everything is in large print; the names then stand above their values."""
A_COPIER = 22.0
"""Size, in points, of what is copied by hand."""


def pages_dossier(dossier: DossierPapier, mesure: Mesure | None = None) -> tuple[Page, ...]:
    """The pages, numbered, each with the name of the person."""
    mesure = mesure or Metriques()
    essais = [_remplir(dossier, r, mesure) for r in ((GROS,) if dossier.gros else AMPLEURS)]
    r, pages = next((r, pages) for r, pages in essais if len(pages) <= len(essais[-1][1]))
    for numero, page in enumerate(pages, 1):
        page += _bas(dossier, numero, len(pages), r, mesure)
    return en_pages(pages)


def _remplir(dossier: DossierPapier, r: float, mesure: Mesure) -> tuple[float, list[list[Element]]]:
    flux = Flux(HAUT, BAS, mesure, y=HAUT)
    _entete(flux, dossier, r, mesure)
    for rubrique in dossier.rubriques:
        titre = en_lignes(grasse(rubrique.titre), RUBRIQUE * r, DROITE - GAUCHE, mesure)
        # A heading is never alone at the foot of a page: what it opens, which may be long, goes with it.
        suite = _hauteur(rubrique.lignes[0], r, mesure) if rubrique.lignes and not rubrique.encadree else 0.0
        suite = max(2 * interligne(TEXTE * r), min(suite, flux.hauteur_de_page / 2))
        flux.reserver(interligne(RUBRIQUE * r) * len(titre) + 2.4 * r + 1.6 + suite)
        flux.y += 2.4 * r
        flux.lignes(GAUCHE, titre, RUBRIQUE * r)
        if rubrique.encadree:
            _encadrer(flux, rubrique, mesure)
            continue
        flux.tracer(Trait(GAUCHE, flux.y + 0.4, DROITE, flux.y + 0.4, 0.6))
        flux.y += 1.6
        for posee in rubrique.lignes:
            _poser(flux, posee, r, mesure)
    flux.y += 3.0 * r
    for phrase in dossier.pied:
        flux.lignes(GAUCHE, en_lignes(simple(phrase), PIED * r, DROITE - GAUCHE, mesure), PIED * r)
    return r, flux.pages()


def _encadrer(flux: Flux, rubrique: Rubrique, mesure: Mesure) -> None:
    """What is copied by hand, by somebody in a hurry: large, bold, alone in its frame."""
    air, large = 4.0, DROITE - GAUCHE
    lignes = [
        pose for une in rubrique.lignes for pose in en_lignes(grasse(une.valeur), A_COPIER, large - 2 * air, mesure)
    ]
    hauteur = 2 * air + interligne(A_COPIER) * len(lignes)
    flux.reserver(min(hauteur, flux.hauteur_de_page))
    flux.y += 1.2
    flux.tracer(Cadre(GAUCHE, flux.y, large, hauteur, 1.2, 2.0))
    flux.y += air
    flux.lignes(GAUCHE + air, lignes, A_COPIER)
    flux.y += air


def papier_dossier(dossier: DossierPapier) -> Papier:
    """The pages as a PDF and for a printer; same content, same bytes. Its title names nobody."""
    pages = pages_dossier(dossier)
    pdf = ecrire_pdf(pages, dossier.titre, range(len(pages)))
    return Papier("PassDesk dossier", pdf, tuple(poser(page) for page in pages))


def _entete(flux: Flux, dossier: DossierPapier, r: float, mesure: Mesure) -> None:
    large = DROITE - GAUCHE
    flux.lignes(GAUCHE, en_lignes(grasse(dossier.guichet), TEXTE * r, large, mesure), TEXTE * r)
    if dossier.telephone_aide:
        numero = f"Téléphone{ESPACE}: {telephone(dossier.telephone_aide)}"
        flux.lignes(GAUCHE, en_lignes(simple(numero), TEXTE * r, large, mesure), TEXTE * r)
    flux.y += 5.0
    flux.lignes(GAUCHE, en_lignes(grasse(dossier.titre), TITRE * r, large, mesure), TITRE * r)
    if dossier.personne:
        flux.lignes(GAUCHE, en_lignes(simple(dossier.personne), RUBRIQUE * r, large, mesure), RUBRIQUE * r)
    flux.y += 1.6 * r
    for phrase in dossier.introduction:
        flux.lignes(GAUCHE, en_lignes(simple(phrase), TEXTE * r, large, mesure), TEXTE * r)


def _couper(posee: LigneDossier, r: float, mesure: Mesure) -> tuple[bool, list[list[Morceau]], list[list[Morceau]]]:
    """Whether the name stands at the left of its value (above it in large print), and the lines of both."""
    corps = TEXTE * r
    a_gauche = bool(posee.nom) and r < GROS
    place = DROITE - GAUCHE - (NOMS * r if a_gauche else 0.0)
    nom = en_lignes(grasse(posee.nom), corps, NOMS * r - 3.0 if a_gauche else place, mesure)
    valeur = [pose for part in posee.valeur.split("\n") for pose in en_lignes(simple(part), corps, place, mesure)]
    return a_gauche, nom, valeur


def _hauteur(posee: LigneDossier, r: float, mesure: Mesure) -> float:
    """What one line of a rubric takes, mm."""
    a_gauche, nom, valeur = _couper(posee, r, mesure)
    return interligne(TEXTE * r) * (max(len(nom), len(valeur)) if a_gauche else len(nom) + len(valeur))


def _poser(flux: Flux, posee: LigneDossier, r: float, mesure: Mesure) -> None:
    """The name and its value, from the same first line."""
    corps = TEXTE * r
    a_gauche, nom, valeur = _couper(posee, r, mesure)
    x = GAUCHE + NOMS * r if a_gauche else GAUCHE
    if not a_gauche:
        flux.lignes(GAUCHE, [*nom, *valeur], corps)
        flux.y += 0.8 * r
        return
    hauteur = interligne(corps) * max(len(nom), len(valeur))
    flux.reserver(min(hauteur, flux.hauteur_de_page))
    depart = flux.y
    for rang, morceaux in enumerate(nom):
        flux.tracer(*ligne(GAUCHE, depart + interligne(corps) * (rang + 0.72), morceaux, mesure))
    flux.lignes(x, valeur, corps)
    flux.y = max(flux.y, depart + interligne(corps) * len(nom)) if flux.y >= depart else flux.y
    flux.y += 0.8 * r


def _bas(dossier: DossierPapier, numero: int, total: int, r: float, mesure: Mesure) -> list[Element]:
    """The name, the day and the number of the page: sheets that get apart find each other again."""
    corps = PIED * min(r, 1.3)
    elements: list[Element] = []
    date_ = morceaux_date(dossier.le, corps, gras=False)
    elements += ligne(GAUCHE, Y_PIED, date_, mesure)
    if dossier.personne:
        tient = corps_qui_tient(dossier.personne, corps, False, 80.0, mesure)
        elements.append(Texte((GAUCHE + DROITE) / 2, Y_PIED, dossier.personne, tient, ancre=Ancre.CENTRE))
    if total > 1:
        elements.append(Texte(DROITE, Y_PIED, f"Page {numero} sur {total}", corps, ancre=Ancre.DROITE))
    return elements
