"""The components of the guide (§4), each with the theme as its first argument; read when they are first named."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from passdesk.ui.composants.anneau import FocusRing
    from passdesk.ui.composants.annonce import annoncer
    from passdesk.ui.composants.bloc import (
        Avis,
        Badge,
        Banner,
        Card,
        CellulesStock,
        Disque,
        Icone,
        Numero,
        ProgressStrip,
        Sunk,
        Tete,
        Ton,
    )
    from passdesk.ui.composants.bouton import Btn
    from passdesk.ui.composants.champ import Combo, Field
    from passdesk.ui.composants.champ_lignes import ChampLignes
    from passdesk.ui.composants.choix import Basculante, Case, GroupeRadios, PuceTouche, Radio, SousCase, Tuile, Verdict
    from passdesk.ui.composants.defilement import Defilement
    from passdesk.ui.composants.dialogue import Dialogue, confirmer
    from passdesk.ui.composants.en_bref import EnBref
    from passdesk.ui.composants.flux import Flux
    from passdesk.ui.composants.liste import Liste
    from passdesk.ui.composants.liste_detail import ListeDetail
    from passdesk.ui.composants.menu import BtnMenu
    from passdesk.ui.composants.mise import (
        Colonne,
        Flexible,
        Grille,
        Ligne,
        Rangs,
        amener,
        aussi_haute,
        tenir_sa_place,
        trait,
    )
    from passdesk.ui.composants.page import Page, PageSeconde
    from passdesk.ui.composants.page_liste_actes import PageListeActes
    from passdesk.ui.composants.rangee import Rangee
    from passdesk.ui.composants.recherche import ChampRecherche
    from passdesk.ui.composants.textes import Gras, Texte, TexteElide, Titre, WrapLabel
    from passdesk.ui.composants.touches import lier, sequences
    from passdesk.ui.composants.vide import EmptyState

_OU = {
    "FocusRing": "anneau",
    "annoncer": "annonce",
    "Avis": "bloc",
    "Badge": "bloc",
    "Banner": "bloc",
    "Basculante": "choix",
    "Card": "bloc",
    "CellulesStock": "bloc",
    "Disque": "bloc",
    "EmptyState": "vide",
    "Icone": "bloc",
    "Numero": "bloc",
    "ProgressStrip": "bloc",
    "Sunk": "bloc",
    "Tete": "bloc",
    "Ton": "bloc",
    "Btn": "bouton",
    "Combo": "champ",
    "Field": "champ",
    "ChampLignes": "champ_lignes",
    "Case": "choix",
    "GroupeRadios": "choix",
    "PuceTouche": "choix",
    "Radio": "choix",
    "SousCase": "choix",
    "Tuile": "choix",
    "Verdict": "choix",
    "Defilement": "defilement",
    "Dialogue": "dialogue",
    "confirmer": "dialogue",
    "EnBref": "en_bref",
    "Flux": "flux",
    "Liste": "liste",
    "Rangee": "rangee",
    "ListeDetail": "liste_detail",
    "BtnMenu": "menu",
    "Colonne": "mise",
    "Flexible": "mise",
    "Grille": "mise",
    "Ligne": "mise",
    "Rangs": "mise",
    "tenir_sa_place": "mise",
    "aussi_haute": "mise",
    "amener": "mise",
    "trait": "mise",
    "Page": "page",
    "PageListeActes": "page_liste_actes",
    "PageSeconde": "page",
    "ChampRecherche": "recherche",
    "Gras": "textes",
    "Texte": "textes",
    "TexteElide": "textes",
    "Titre": "textes",
    "WrapLabel": "textes",
    "lier": "touches",
    "sequences": "touches",
}
"""Where each is: the first page of the program needs a third of them, and is on the screen sooner (decision 0065)."""


def __getattr__(nom: str) -> object:
    if nom not in _OU:
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    return getattr(import_module(f"{__name__}.{_OU[nom]}"), nom)


__all__ = [
    "Avis",
    "Badge",
    "Banner",
    "Basculante",
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
    "EnBref",
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
    "PageListeActes",
    "PageSeconde",
    "ProgressStrip",
    "PuceTouche",
    "Radio",
    "Rangee",
    "Rangs",
    "SousCase",
    "Sunk",
    "Tete",
    "Texte",
    "TexteElide",
    "Titre",
    "Ton",
    "Tuile",
    "Verdict",
    "WrapLabel",
    "amener",
    "annoncer",
    "aussi_haute",
    "confirmer",
    "lier",
    "sequences",
    "tenir_sa_place",
    "trait",
]
