"""A règlement that opens the experiment with lycéens to one named school, and somebody of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services.poste import Poste
from passdesk.storage import reglements as recus
from tests.builders import visite_accord
from tests.domain.dossiers import texte_2

LYCEE, AUTRE_LYCEE = "0590001F", "0590002G"
OUVERTURE = (
    ('id = "2022-02-01"', 'id = "2026-10-15"'),
    ("valeur = 2022-02-01", "valeur = 2026-11-01"),
    ("[publics.lyceen]\nouvert = { valeur = false",
     f'[publics.lyceen]\netablissements = {{ valeur = ["{LYCEE}"], source = "délibération à venir" }}\n'
     "ouvert = { valeur = true"),
)  # fmt: skip


def publier(poste: Poste, *changes: tuple[str, str]) -> None:
    octets = texte_2(*OUVERTURE, *changes).encode()
    recus.noter(
        poste.base, reglement_id="2026-10-15", generation=1, executoire_le=date(2026, 11, 1),
        empreinte=hashlib.sha256(octets).digest(), octets=octets, raison=None,
    )  # fmt: skip


def lyceen(poste: Poste, etablissement: str = LYCEE, nom: str = "Lemaire") -> Brouillon:
    return replace(
        visite_accord(poste, nom_naissance=nom),
        naissance="09/01/2010",
        public="lyceen",
        etablissement=etablissement,
        accompagnement=False,
        prescripteur=None,
        pieces=(
            PieceSaisie("justificatif_domicile", True, "01/11/2026"),
            PieceSaisie("piece_identite", True, ""),
        ),
    )
