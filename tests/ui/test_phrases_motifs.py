"""Sentences: each reason has its own, in plain words, short, with dates as people say them."""

from __future__ import annotations

import re

import pytest

from passdesk.domain.demande import PUBLICS, TYPES_JUSTIFICATIF
from passdesk.domain.evaluation import CODES_MOTIF, Motif
from passdesk.domain.francais import typographie
from passdesk.domain.motif import CODES_CONTRAT, DEROGEABLES
from passdesk.ui.messages import FAMILLES, Message, message, phrase_motif
from passdesk.ui.messages.commun import RAISONS
from passdesk.ui.messages.motifs import LEVES, MESSAGES, PIECES
from passdesk.ui.messages.motifs import PUBLICS as NOMS_DES_PUBLICS


def test_each_reason_of_the_closed_list_has_a_sentence_and_nothing_else_has() -> None:
    assert tuple(MESSAGES) == CODES_MOTIF
    assert len({str(m) for m in MESSAGES.values()}) == len(CODES_MOTIF)
    assert len(CODES_CONTRAT) == 15


def test_every_paper_and_public_has_its_name() -> None:
    assert tuple(PIECES) == TYPES_JUSTIFICATIF
    assert tuple(NOMS_DES_PUBLICS) == PUBLICS
    assert tuple(LEVES) == DEROGEABLES


@pytest.mark.parametrize(
    ("motif", "phrase"),
    [
        (
            Motif("reglement_anterieur", "", False, {"arrivee_le": "2022-01-01", "reglement": "2020-07-01"}),
            "Demande arrivée le 1er\u00a0janvier 2022\u00a0: le règlement du 1er\u00a0juillet 2020 s’applique.",
        ),
        (
            Motif("age_hors_public", "", False, {"age": "17", "age_min": "18", "age_max": "25"}),
            "17\u00a0ans à l’arrivée de la demande\u00a0: il faut de 18 à 25\u00a0ans.",
        ),
        (
            Motif("age_hors_public", "", False, {"age": "1", "age_min": "60"}),
            "1\u00a0an à l’arrivée de la demande\u00a0: il faut au moins 60\u00a0ans.",
        ),
        (
            Motif("justificatif_perime", "", False, {
                "preuves": "justificatif_domicile attestation_hebergement attestation_domiciliation", "mois": "3",
                "piece": "attestation_hebergement", "date": "2021-12-15", "date_debut": "2021-12-16"}),
            "Attestation d’hébergement du 15\u00a0décembre 2021\u00a0: 3\u00a0mois ou plus. "
            "Il faut une date du 16\u00a0décembre 2021 ou après.",
        ),
        (
            Motif("justificatif_manquant", "", False, {"preuves": "attestation_stage attestation_mission_locale"}),
            "Il manque un papier\u00a0: attestation de stage ou attestation de la mission locale.",
        ),
        (
            Motif("domicile_hors_region", "", False, {"departement": "75"}),
            "Le domicile est hors des Hauts-de-France (département 75).",
        ),
        (
            Motif("domicile_hors_region", "", False, {"departement": "99", "pays": "99131"}),
            "Le domicile est en Belgique, hors des Hauts-de-France.",
        ),
        (
            # Decided before the country was kept.
            Motif("domicile_hors_region", "", False, {"departement": "99"}),
            "Le domicile est à l’étranger, hors des Hauts-de-France.",
        ),
        (
            Motif("derogation", "", False, {"par": "region", "leves": "domicile_hors_region age_hors_public"}),
            "Refus levé par dérogation (Région)\u00a0: domicile hors de la région, âge hors du public.",
        ),
        (
            Motif("identite_incomplete", "", False, {"identite": "naissance commune"}),
            "Il manque la date de naissance et la commune. À demander à la personne.",
        ),
    ],
    ids=lambda valeur: getattr(valeur, "code", None),
)  # fmt: skip
def test_a_reason_reads_well(motif: Motif, phrase: str) -> None:
    assert phrase_motif(motif) == phrase


def test_sentences_stay_under_fifteen_words() -> None:
    longues = [
        phrase
        for famille in ("motifs", "commun")
        for modele in FAMILLES[famille].values()
        for partie in (modele.quoi, modele.sur, modele.faire)
        for phrase in re.split(r"[.:] ", partie)
        if len(phrase.split()) > 15
    ]
    assert longues == []


def test_facts_are_data_never_a_pattern() -> None:
    assert "{cle}" in str(message("fichier_introuvable", fichier="{cle}"))
    assert "…" in str(message("fichier_introuvable"))


def test_three_sentences_in_their_order() -> None:
    assert str(Message("Quoi.", "Sûr.", "Faire.")) == "Quoi. Sûr. Faire."
    assert str(Message("Quoi.", faire="Faire.")) == "Quoi. Faire."


def test_what_is_wrong_with_a_value_is_said_in_words() -> None:
    for raison, texte in RAISONS.items():
        assert typographie(texte) in str(message("valeur_inattendue", ou="Dossier", cle="x", raison=raison))
