"""A history is told in sentences that a person would say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from passdesk.services.histoire import Fait
from passdesk.ui.recits import raconter


@pytest.mark.parametrize(
    ("motifs", "titre", "debut"),
    [
        (["justificatif_manquant"], "Encore une pièce", "Papier à apporter · règlement"),
        (["justificatif_manquant"] * 3, "Encore 3\u00a0pièces", "3\u00a0papiers à apporter · règlement"),
        (
            ["justificatif_perime", "justificatif_manquant"],
            "Encore 2\u00a0pièces",
            "Papier trop ancien · papier à apporter · règlement",
        ),
    ],
)
def test_several_missing_papers_are_counted_not_repeated(motifs: list[str], titre: str, debut: str) -> None:
    faits = {"issue": "incomplet", "motifs": motifs, "reglement": "2022-02-01"}
    recit = raconter(Fait("attribution.refuser", datetime(2026, 11, 25, tzinfo=UTC), faits))
    assert (recit.titre, recit.detail[: len(debut)]) == (titre, debut)
