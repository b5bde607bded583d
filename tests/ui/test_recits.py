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


@pytest.mark.parametrize(
    ("canal", "attendu"),
    [
        ("courrier", "Reçue par courrier le 15\u00a0novembre 2021 · sans accompagnement"),
        ("plateforme_region", "Reçue par la plateforme de la Région le 15\u00a0novembre 2021 · sans accompagnement"),
        ("guichet", "Sans accompagnement"),
        (None, "Sans accompagnement"),
    ],
)
def test_une_demande_venue_d_ailleurs_le_dit(canal: str | None, attendu: str) -> None:
    faits = {"demande": "d1", "prescripteur": None, "arrivee_le": "2021-11-15", "canal": canal}
    recit = raconter(Fait("demande.deposer", datetime(2026, 11, 25, tzinfo=UTC), faits))
    assert (recit.titre, recit.detail) == ("Demande déposée", attendu)


def test_un_accompagnement_se_raconte_avec_ses_themes() -> None:
    quand = datetime(2026, 11, 25, tzinfo=UTC)
    faits = {"accompagnement": "a1", "thematiques": ["email", "justice"], "duree": 75, "le": "2026-11-20"}
    recit = raconter(Fait("accompagnement.noter", quand, faits))
    assert recit.detail == "Courrier électronique, Justice · 1\u00a0h\u00a015"
    assert raconter(Fait("accompagnement.noter", quand, {"accompagnement": "a1", "retire": True})).titre == (
        "Accompagnement retiré"
    )
    assert raconter(Fait("accompagnement.noter", quand, {"demande": "d1", "prescripteur": None})).detail == ""
