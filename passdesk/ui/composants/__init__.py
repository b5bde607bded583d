"""The components of the guide (§4), each with the theme as its first argument."""

from passdesk.ui.composants.anneau import FocusRing
from passdesk.ui.composants.annonce import annoncer
from passdesk.ui.composants.bloc import (
    Avis,
    Badge,
    Banner,
    Card,
    CellulesStock,
    Disque,
    EmptyState,
    Icone,
    Numero,
    ProgressStrip,
    Sunk,
    Ton,
)
from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.champ import Combo, Field
from passdesk.ui.composants.champ_lignes import ChampLignes
from passdesk.ui.composants.choix import Case, GroupeRadios, PuceTouche, Radio, Tuile, Verdict
from passdesk.ui.composants.defilement import Defilement
from passdesk.ui.composants.dialogue import Dialogue, confirmer
from passdesk.ui.composants.flux import Flux
from passdesk.ui.composants.liste import Liste, Rangee
from passdesk.ui.composants.liste_detail import ListeDetail
from passdesk.ui.composants.menu import BtnMenu
from passdesk.ui.composants.mise import Colonne, Flexible, Grille, Ligne, Rangs, amener, trait
from passdesk.ui.composants.page import Page, PageSeconde
from passdesk.ui.composants.recherche import ChampRecherche
from passdesk.ui.composants.textes import Gras, Texte, TexteElide, Titre, WrapLabel
from passdesk.ui.composants.touches import lier, sequences

__all__ = [
    "Avis",
    "Badge",
    "Banner",
    "Btn",
    "BtnMenu",
    "Card",
    "Case",
    "CellulesStock",
    "ChampLignes",
    "ChampRecherche",
    "Colonne",
    "Combo",
    "Defilement",
    "Dialogue",
    "Disque",
    "EmptyState",
    "Field",
    "Flexible",
    "Flux",
    "FocusRing",
    "Gras",
    "Grille",
    "GroupeRadios",
    "Icone",
    "Ligne",
    "Liste",
    "ListeDetail",
    "Numero",
    "Page",
    "PageSeconde",
    "ProgressStrip",
    "PuceTouche",
    "Radio",
    "Rangee",
    "Rangs",
    "Sunk",
    "Texte",
    "TexteElide",
    "Titre",
    "Ton",
    "Tuile",
    "Verdict",
    "WrapLabel",
    "amener",
    "annoncer",
    "confirmer",
    "lier",
    "sequences",
    "trait",
]
