"""From what is typed to what is judged: a draft becomes a dossier, or the list of what is still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from passdesk.domain.demande import Anterieur, Dossier, JustificatifPresente
from passdesk.domain.etablissement import lire_uai
from passdesk.domain.evaluation import exigences
from passdesk.domain.reglement import Reglement, choisir
from passdesk.domain.saisie_date import lire_date, lire_naissance
from passdesk.domain.visite import Brouillon


@dataclass(frozen=True, slots=True)
class Lecture:
    """A draft read: `dossier` is None while a question is open; `erreurs` are (field, code) pairs to show in place."""

    dossier: Dossier | None
    naissance: date | None
    questions: tuple[str, ...]
    erreurs: tuple[tuple[str, str], ...]


def etablissement_demande(public: str | None, reglement: Reglement) -> bool:
    """True when the règlement opens this public to named schools only."""
    return public is not None and reglement.public(public).etablissements is not None


def inconnu(brouillon: Brouillon, champ: Literal["naissance", "commune"]) -> bool:
    """True when it was said that nobody here knows it: the request is *incomplet*, not a question left open."""
    if champ == "naissance":
        return brouillon.naissance_inconnue and not brouillon.naissance.strip()
    return brouillon.commune_inconnue and not (brouillon.commune or brouillon.commune_saisie.strip())


def lire_brouillon(
    brouillon: Brouillon,
    anterieurs: tuple[Anterieur, ...],
    aujourdhui: date,
    stock: int | None = None,
    *,
    reglements: Sequence[Reglement] = (),
) -> Lecture:
    """Read a draft. Only what can change the decision is asked; the phone never is.

    `reglements`: those of the desk; the one of the day of arrival says whether the school is asked, and which papers.
    """
    erreurs: list[tuple[str, str]] = []
    questions: list[str] = []

    arrivee_lue = lire_date(brouillon.arrivee_le, aujourdhui)
    arrivee = arrivee_lue.date
    lue = lire_naissance(brouillon.naissance, aujourdhui, arrivee)
    naissance = lue.date
    if lue.erreur is not None:
        erreurs.append(("naissance", lue.erreur))
    if arrivee_lue.erreur is not None:
        erreurs.append(("arrivee_le", arrivee_lue.erreur))
    for champ, rempli in (
        ("nom_naissance", bool(brouillon.nom_naissance.strip())),
        ("prenoms", bool(brouillon.prenoms.strip())),
        ("naissance", naissance is not None or inconnu(brouillon, "naissance")),
        ("commune", bool(brouillon.commune) or inconnu(brouillon, "commune")),
        ("public", brouillon.public is not None),
        ("arrivee_le", arrivee is not None),
        ("accompagnement", brouillon.accompagnement is not None),
        ("prescripteur", not brouillon.accompagnement or brouillon.prescripteur is not None),
    ):
        if not rempli:
            questions.append(champ)

    etablissement = lire_uai(brouillon.etablissement)
    reglement = choisir(reglements, arrivee or aujourdhui) if reglements else None
    if reglement is not None and etablissement_demande(brouillon.public, reglement) and etablissement is None:
        questions.append("etablissement")

    demandees = None
    if reglement is not None and brouillon.public is not None:
        demandees = {preuve for preuves, _ in exigences(brouillon.public, reglement) for preuve in preuves}
    justificatifs = []
    for piece in brouillon.pieces:
        lue = lire_date(piece.date, aujourdhui, passe=False)
        if lue.erreur is not None and demandees is not None and piece.type not in demandees:
            # Of another situation, which was declared before: it has no row any more where its date could be mended.
            continue
        if lue.erreur is not None:
            erreurs.append((f"piece.{piece.type}", lue.erreur))
        if piece.vue:
            justificatifs.append(JustificatifPresente(piece.type, lue.date, piece.vu_le))
    dossier = None
    if not questions and brouillon.public is not None and arrivee is not None:
        dossier = Dossier(
            id=brouillon.demande_id or brouillon.brouillon_id,
            naissance=naissance,
            commune=brouillon.commune or None,
            public=brouillon.public,
            prescripteur=brouillon.prescripteur if brouillon.accompagnement else None,
            arrivee_le=arrivee,
            complementaire=brouillon.complementaire,
            justificatifs=tuple(justificatifs),
            anterieurs=anterieurs,
            etablissement=etablissement,
            stock=stock,
            # A desk does not know households: it answers as if nobody else had any, and awards nothing (decision 0015).
            pass_foyer=0 if reglement is not None and reglement.plafond_foyer is not None else None,
        )
    return Lecture(dossier, naissance, tuple(questions), tuple(erreurs))
