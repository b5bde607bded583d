"""From what is typed to what is judged: a draft becomes a dossier, or the list of what is still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passdesk.domain.demande import Anterieur, Dossier, JustificatifPresente
from passdesk.domain.etablissement import lire_uai
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


def lire_brouillon(
    brouillon: Brouillon,
    anterieurs: tuple[Anterieur, ...],
    aujourdhui: date,
    stock: int | None = None,
    *,
    reglements: Sequence[Reglement] = (),
) -> Lecture:
    """Read a draft. Only what can change the decision is asked; the phone never is.

    `reglements`: those of the desk; the one of the day of arrival says whether the school is asked.
    """
    erreurs: list[tuple[str, str]] = []
    questions: list[str] = []

    def date_de(champ: str, texte: str, *, passe: bool = True) -> date | None:
        if not texte.strip():
            return None
        lecture = lire_date(texte, aujourdhui, passe=passe)
        if lecture.erreur is not None:
            erreurs.append((champ, lecture.erreur))
        return lecture.date

    lue = lire_naissance(brouillon.naissance, aujourdhui)
    naissance = lue.date
    if lue.erreur is not None:
        erreurs.append(("naissance", lue.erreur))
    arrivee = date_de("arrivee_le", brouillon.arrivee_le)
    for champ, rempli in (
        ("nom_naissance", bool(brouillon.nom_naissance.strip())),
        ("prenoms", bool(brouillon.prenoms.strip())),
        ("naissance", naissance is not None),
        ("commune", bool(brouillon.commune)),
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

    justificatifs = []
    for piece in brouillon.pieces:
        datee = date_de(f"piece.{piece.type}", piece.date, passe=False)
        if piece.vue:
            justificatifs.append(JustificatifPresente(piece.type, datee, piece.vu_le))
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
