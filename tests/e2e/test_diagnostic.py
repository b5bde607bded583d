"""The diagnostic says nothing of anybody: every field typed, errors provoked, files named after people."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from passdesk.app import journaliser
from passdesk.services import diagnostic
from passdesk.services.agents import ajouter_agent
from passdesk.services.diagnostic import JOURNAL, diagnostiquer
from passdesk.services.donnees import regler_contact_donnees
from passdesk.services.poste import Poste
from passdesk.services.reglages import regler_adresse_recours, regler_telephone_aide
from passdesk.ui.imprevu import save_rapport
from passdesk.ui.mots_diagnostic import texte
from tests.builders import terrain
from tests.e2e.canaris import canaris, insee, motif_texte, postaux
from tests.e2e.pleine import MOTS, TEMOIN, personne_pleine, servir

PHRASE_CANARI = "Zorglubine compte quatre moutons"
AGENT, GUICHET, DOSSIER = "Wilhelmine Kanaribert", "Maison Kanarival", "poste-Kanarifold"
AUTRES = ("Wilhelmine", "Kanaribert", "Kanarival", "Kanarifold", "Kanarifichier", "Zorglubine", "Kanarierreur")
NUMERO, ADRESSE = "03 53 01 77 88", "12 rue Kanarival"


def garnir(poste: Poste, dossier: Path) -> str:
    """All that people type at a desk, and all that goes wrong there."""
    identite = personne_pleine()
    servir(poste, dossier, identite, tout=True)
    servir(poste, dossier, TEMOIN, tout=False)
    ajouter_agent(poste, AGENT, "mediateur", PHRASE_CANARI)
    regler_telephone_aide(poste, NUMERO)
    regler_adresse_recours(poste, ADRESSE)
    regler_contact_donnees(poste, f"{AGENT}|{ADRESSE}")
    papier = poste.dossier / "papier"
    papier.mkdir(exist_ok=True)
    for ou in (papier, poste.dossier, poste.dossier / "rapports"):
        ou.mkdir(exist_ok=True)
        (ou / "Kanarifichier Dufresnoy.pdf").write_bytes(b"rien")
    return provoquer(poste, {**identite, "agent": AGENT})


def provoquer(poste: Poste, saisie: dict[str, str]) -> str:
    """A bug whose every value and message is somebody's; and what a library would say of it."""
    try:
        try:
            raise KeyError(f"Kanarierreur {saisie['nom_naissance']}")
        except KeyError as cause:
            raise ValueError(" ".join(map(str, saisie.values()))) from cause
    except ValueError as trouble:
        numero = save_rapport(poste.dossier, trouble, poste.horloge)
    fichier = journaliser(poste.dossier)
    try:
        journal = logging.getLogger("passdesk.essai")
        journal.error("report %s: %s", "7F3A", "Kanarierreur de Dufresnoy")
        journal.warning("fichier %s illisible", "Kanarifichier Dufresnoy.pdf")
        journal.error("exchange: %s", saisie["telephone"], exc_info=ValueError(saisie["courriel"]))
        journal.info("exchange: %s, %d sent, %d left", "fini", 12, 0)
        journal.info("agent added: %s", "0190a2b4-1234-7abc-8def-0123456789ab")
    finally:
        logging.getLogger("passdesk").removeHandler(fichier)
        logging.getLogger("passdesk").propagate = True
        fichier.close()
    return numero


def cherches() -> set[str]:
    """Words of everybody; whole ones, so that a number of rows is no telephone."""
    gens = [personne_pleine(), TEMOIN]
    return canaris(gens) | insee(gens) | postaux() | set(MOTS) | set(AUTRES) | {NUMERO, ADRESSE, GUICHET}


@pytest.mark.parametrize("ouvert", [True, False])
def test_it_helps_and_names_nobody(tmp_path: Path, ouvert: bool) -> None:
    with terrain(tmp_path / DOSSIER) as lieu:
        poste = lieu.nouveau_poste(GUICHET)
        numero = garnir(poste, tmp_path)
        lu = diagnostiquer(poste.dossier, poste.horloge, poste if ouvert else None)
        dit = texte(lu)
        assert motif_texte(cherches()).findall(dit) == []
        # What is looked for is really there, on the disk of the desk: the log was told names, by mistake.
        assert "Kanarierreur de Dufresnoy" in (poste.dossier / JOURNAL).read_text(encoding="utf-8")
    # And it is of use: the report by its number and where it happened, what the log says of the program, counts.
    assert f"Rapport {numero}" in dit and "provoquer" in dit and "ValueError" in dit and "KeyError" in dit
    assert "exchange: fini, 12 sent, 0 left" in dit and "agent added: 0190a2b4" in dit
    assert lu.ecartees >= 3 and f"faute d’être reconnues\u00a0: {lu.ecartees}" in dit
    assert ("table personne : 2" in dit) is ouvert
    assert ("poste fermé" in dit) is not ouvert
    assert "papier/ : " in dit and "poste.db : " in dit


def test_a_line_is_kept_for_its_shape_alone(tmp_path: Path) -> None:
    """Were one template loose, a name in the place of a code would get through."""
    for ligne, garde in (
        ("2026-11-23 12:00:00,001 INFO passdesk.app desk open", True),
        ("2026-11-23 12:00:00,001 ERROR passdesk.ui.imprevu report 7F3A: ValueError", True),
        ("2026-11-23 12:00:00,001 ERROR passdesk.ui.imprevu report 7F3A: Dufresnoy", False),
        ("2026-11-23 12:00:00,001 INFO passdesk.app desk open Dufresnoy", False),
        ("2026-11-23 12:00:00,001 INFO Dufresnoy desk open", False),
        ("Dufresnoy", False),
    ):
        assert bool(diagnostic._LIGNE.fullmatch(ligne)) is garde, ligne
