"""Dossiers that are granted as they are, to be spoiled one fact at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from passdesk.domain.demande import Anterieur, Dossier, JustificatifPresente
from passdesk.domain.evaluation import Decision, evaluer
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.reglement import Reglement

FICHIERS = Path(__file__).parent.parent.parent / "resources" / "reglements"
ARRIVEE = date(2022, 3, 15)
ARRIVEE_2020 = date(2022, 1, 31)

PAPIERS = {
    "demandeur_emploi": ("justificatif_domicile", "piece_identite", "attestation_france_travail"),
    "jeune_insertion": ("justificatif_domicile", "piece_identite", "attestation_stage"),
    "senior": ("justificatif_domicile", "piece_identite"),
    "lyceen": ("justificatif_domicile", "piece_identite"),
}
NAISSANCES = {
    "demandeur_emploi": date(1987, 4, 12),
    "jeune_insertion": date(2001, 5, 1),
    "senior": date(1951, 6, 2),
    "lyceen": date(2006, 1, 9),
}


def reglement(nom: str) -> Reglement:
    """One of the règlements shipped."""
    return lire_reglement((FICHIERS / f"{nom}.toml").read_bytes(), f"{nom}.toml")


REGLEMENTS = (reglement("2020-07-01"), reglement("2022-02-01"))


def dossier(public: str = "demandeur_emploi", **faits: Any) -> Dossier:
    """A request of that public with all its papers, dated the day before it; `recus`: pass already received."""
    arrivee: date = faits.pop("arrivee_le", ARRIVEE)
    recus: tuple[int, ...] = faits.pop("recus", ())
    veille = date.fromordinal(arrivee.toordinal() - 1)
    complet = Dossier(
        id="cas",
        naissance=NAISSANCES[public],
        commune="59392",
        public=public,
        prescripteur=None,
        arrivee_le=arrivee,
        justificatifs=tuple(JustificatifPresente(papier, veille) for papier in PAPIERS[public]),
        anterieurs=tuple(Anterieur(nombre, date(2022, 2, 3)) for nombre in recus),
    )
    return replace(complet, **faits)


def avec_papier(cas: Dossier, papier: str, jour: date | None, vu_le: date | None = None) -> Dossier:
    """The same request with that paper dated otherwise."""
    autres = tuple(piece for piece in cas.justificatifs if piece.type != papier)
    return replace(cas, justificatifs=(*autres, JustificatifPresente(papier, jour, vu_le)))


def sans_papier(cas: Dossier, *papiers: str) -> Dossier:
    """The same request without those papers."""
    return replace(cas, justificatifs=tuple(p for p in cas.justificatifs if p.type not in papiers))


def decider(cas: Dossier) -> Decision:
    """The decision under the règlements shipped."""
    return evaluer(cas, REGLEMENTS)


def codes(decision: Decision) -> list[str]:
    """The reasons, in order."""
    return [motif.code for motif in decision.motifs]


def reglement_2(*changes: tuple[str, str], fin: str = "") -> Reglement:
    """The règlement of 2022 written in schema 2, some of its text replaced, `fin` added after it."""
    return lire_reglement(texte_2(*changes, fin=fin).encode(), "essai.toml")


def texte_2(*changes: tuple[str, str], fin: str = "") -> str:
    """The same before it is read; what is to be replaced must be there."""
    texte = (FICHIERS / "2022-02-01.toml").read_text(encoding="utf-8").replace("schema = 1", "schema = 2")
    for avant, apres in changes:
        assert avant in texte, avant
        texte = texte.replace(avant, apres, 1)
    return texte + fin
