"""The summary of a visit says what was asked, seen, answered and given, on one sheet, and never more than it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import PieceSaisie
from passdesk.printing.resume import NON_ENREGISTRE, Resume
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.resume import dessiner_resume, resume_de_la_demande, resume_de_la_visite, resume_du_carnet
from passdesk.services.visite import attribuer, garder
from tests.builders import poste_enrole, visite_accord


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as poste:
        yield poste


def mots(resume: Resume) -> str:
    """What the one sheet says."""
    pdf = pypdfium2.PdfDocument(dessiner_resume(resume).papier.pdf)
    assert len(pdf) == 1
    texte = pdf[0].get_textpage().get_text_range()
    return " ".join(texte.replace("\u00a0", " ").split())


def test_what_was_given_is_told_with_its_reasons(poste: Poste) -> None:
    carnet = attribuer(poste, visite_accord(poste)).carnet
    avant = mots(resume_du_carnet(poste, carnet.campagne, carnet.numero))
    assert "pas encore remis" in avant and NON_ENREGISTRE not in avant
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    lu = mots(resume_du_carnet(poste, carnet.campagne, carnet.numero))
    for attendu in (
        "Maëlle DUFRESNOY", "Résumé de la visite", "Situation : En recherche d’emploi.",
        "Demande arrivée le 23 novembre 2026.", "Avec accompagnement : France Services.", "Pièce d’identité.",
        "Justificatif de domicile, daté du 18 octobre 2026.",
        "Attestation de France Travail, datée du 2 novembre 2026.", "La demande est acceptée.",
        "10 pass de 10 €, soit 100 €.", "Une structure vous accompagne dans cette demande : vous recevez 10 pass.",
        "remis le 23 novembre 2026", "Fait le 23 novembre 2026.",
    ):  # fmt: skip
        assert attendu in lu, attendu


def test_what_is_missing_is_told_as_what_to_bring(poste: Poste) -> None:
    ancien = (
        PieceSaisie("piece_identite", vue=True),
        PieceSaisie("justificatif_domicile", vue=True, date="01/03/2026"),
    )
    garde = garder(poste, visite_accord(poste, pieces=ancien, accompagnement=False))
    assert garde is not None and garde.demande_id is not None
    lu = mots(resume_de_la_demande(poste, garde.demande_id))
    assert "La demande est gardée : il manque encore un papier ou une information." in lu
    assert "Sans accompagnement." in lu and "À apporter" in lu
    assert "Une attestation de France Travail : une date du 24 août 2026 ou après." in lu
    assert "remis" not in lu.replace("Ce qui est remis", "")


def test_a_draft_says_that_it_may_still_change(poste: Poste) -> None:
    brouillon = visite_accord(poste)
    lu = mots(resume_de_la_visite(poste, brouillon))
    assert NON_ENREGISTRE in lu and "La demande est acceptée." in lu and "Ce qui est remis" not in lu
    with pytest.raises(SaisieRefusee, match="dossier_inacheve"):
        resume_de_la_visite(poste, replace(brouillon, public=None))


def test_a_refusal_says_why(poste: Poste) -> None:
    loin = visite_accord(poste, commune="51454")
    assert garder(poste, loin) is None
    lu = mots(resume_de_la_demande(poste, loin.brouillon_id))
    assert "La demande n’est pas acceptée." in lu and "L’adresse donnée est dans le département 51." in lu
