"""The decision on a request: pure, explained by reasons, under the règlement of its day of arrival (contracts §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from passdesk.domain.clauses import age_le, comptes, deroger, juger_nombre, juger_personne
from passdesk.domain.demande import Dossier
from passdesk.domain.justificatif import juger_piece, meilleur_etat, premier_jour_accepte
from passdesk.domain.motif import CODES_MOTIF, MOTIFS_INCOMPLET, MOTIFS_REFUS, TOUS_REFUS, Motif, motiver
from passdesk.domain.reglement import Reglement, choisir

__all__ = [
    "CODES_MOTIF",
    "MOTIFS_INCOMPLET",
    "MOTIFS_REFUS",
    "TOUS_REFUS",
    "Decision",
    "Issue",
    "Motif",
    "age_le",
    "evaluer",
    "exigences",
    "repartir",
]

Issue = Literal["accord", "incomplet", "refus"]

RANGS = {code: rang for rang, code in enumerate(CODES_MOTIF)}

_CODE_PIECE = {
    "perimee": "justificatif_perime",
    "posterieure": "justificatif_posterieur",
    "sans_date": "justificatif_manquant",
    None: "justificatif_manquant",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person is entitled to now. `reste`: pass they could still ask for later, 0 unless *accord*.

    `carnets`: sizes to print now. `manquants`: requirements not met, each as the proofs that would meet it, in the
    order of the règlement; they are given with a *refus* too, since all reasons that apply are given.
    """

    issue: Issue
    reglement: str
    pass_accordes: int
    carnets: tuple[int, ...]
    reste: int
    motifs: tuple[Motif, ...]
    manquants: tuple[tuple[str, ...], ...]


def exigences(public: str, reglement: Reglement) -> tuple[tuple[tuple[str, ...], int | None], ...]:
    """The proofs to ask of a public: groups of alternatives with the age limit in months (None: no limit), in order."""
    return tuple((e.preuves, e.moins_de_mois) for e in reglement.exigences if public in e.publics)


def evaluer(dossier: Dossier, reglements: Sequence[Reglement]) -> Decision:
    """The decision on a request, from nothing but its facts and the règlements: same input, same answer, years later.

    The règlement is the one enforceable on the day of arrival; when the request arrived before all of them, the oldest.
    *Refus* beats *incomplet*; reasons of award are given only with an award, `reglement_anterieur` whatever the issue.
    Raises KeyError for a public outside PUBLICS, ValueError without any règlement.
    """
    reglement = choisir(reglements, dossier.arrivee_le)
    recus = comptes(dossier, reglement, reglements)
    droit = juger_nombre(dossier, reglement, recus)
    papiers, manquants = _papiers(dossier, reglement, bool(recus))
    motifs, leves = deroger(dossier, reglement, [*juger_personne(dossier, reglement), *droit.motifs])
    motifs += papiers
    codes = {motif.code for motif in motifs}
    issue: Issue = "refus" if codes.intersection(TOUS_REFUS) else "incomplet" if codes else "accord"
    if issue == "accord" and droit.quantite.motif is not None:
        motifs.append(motiver(droit.quantite.motif, reglement, droit.quantite, nombre=droit.montant))
    motifs += leves
    motifs += _regle(dossier, reglement)
    accorde = droit.montant if issue == "accord" else 0
    return Decision(
        issue=issue,
        reglement=reglement.id,
        pass_accordes=accorde,
        carnets=() if reglement.a_l_unite else repartir(accorde, reglement.carnets.valeur),
        reste=max(0, droit.possible - accorde) if issue == "accord" else 0,
        motifs=tuple(sorted(motifs, key=lambda motif: RANGS[motif.code])),
        manquants=manquants,
    )


def _regle(dossier: Dossier, reglement: Reglement) -> list[Motif]:
    """What is said of the règlement itself, whatever the issue."""
    motifs = []
    if reglement.anterieur.valeur:
        faits = {"arrivee_le": dossier.arrivee_le, "reglement": reglement.id}
        motifs.append(motiver("reglement_anterieur", reglement, reglement.anterieur, **faits))
    retenus = reglement.accompagnement
    if retenus is not None and dossier.prescripteur is not None and not reglement.compte(dossier.prescripteur):
        motifs.append(motiver("prescripteur_non_retenu", reglement, retenus, prescripteur=dossier.prescripteur))
    return motifs


def repartir(nombre: int, carnets: Sequence[int]) -> tuple[int, ...]:
    """The carnets that make up a number of pass, largest first."""
    tailles: list[int] = []
    for taille in sorted(carnets, reverse=True):
        while nombre >= taille:
            tailles.append(taille)
            nombre -= taille
    return tuple(tailles)


def _papiers(dossier: Dossier, reglement: Reglement, suite: bool) -> tuple[list[Motif], tuple[tuple[str, ...], ...]]:
    """The requirements not met, one reason each, in the order of the règlement."""
    if suite and not reglement.a_renouveler_pour_la_suite.valeur:
        return [], ()
    motifs: list[Motif] = []
    manquants: list[tuple[str, ...]] = []
    jusqu_au = reglement.dates_acceptees_jusqu_au.valeur
    for exigence in reglement.exigences:
        if dossier.public not in exigence.publics:
            continue
        pieces = [piece for piece in dossier.justificatifs if piece.type in exigence.preuves]
        juges = [(juger_piece(p, exigence.moins_de_mois, dossier.arrivee_le, jusqu_au), p) for p in pieces]
        etat = meilleur_etat(juge for juge, _ in juges)
        if etat == "bonne":
            continue
        faits: dict[str, object] = {"exigence": exigence.nom, "preuves": " ".join(exigence.preuves)}
        if exigence.moins_de_mois is not None:
            faits["mois"] = exigence.moins_de_mois
            faits["date_debut"] = premier_jour_accepte(exigence.moins_de_mois, dossier.arrivee_le)
        dates = [(piece.date, piece.type) for juge, piece in juges if juge == etat and piece.date is not None]
        if dates:
            faits["date"], faits["piece"] = max(dates)
        motifs.append(motiver(_CODE_PIECE[etat], reglement, exigence, **faits))
        manquants.append(exigence.preuves)
    return motifs, tuple(manquants)
