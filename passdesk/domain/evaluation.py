"""The decision on a request: pure, explained by reasons, under the règlement of its day of arrival (contracts §2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from passdesk.domain.commune import departement
from passdesk.domain.demande import Dossier
from passdesk.domain.justificatif import juger_piece, meilleur_etat, premier_jour_accepte
from passdesk.domain.reglement import Branche, Exigence, Parametre, Quantite, Reglement, choisir

Issue = Literal["accord", "incomplet", "refus"]

MOTIFS_REFUS = (
    "domicile_hors_region",
    "age_hors_public",
    "public_ferme",
    "plafond_atteint",
    "complement_non_demande",
    "complement_sans_premier",
    "reserve_epuisee",
)
MOTIFS_INCOMPLET = (
    "justificatif_manquant",
    "justificatif_perime",
    "justificatif_posterieur",
    "identite_incomplete",
)
CODES_MOTIF = (
    "accompagne_carnet_10",
    "autonome_carnet_5",
    "complement_carnet_5",
    "reglement_anterieur",
    *MOTIFS_REFUS,
    *MOTIFS_INCOMPLET,
)
"""The closed list of contracts §2, in its order, which is also the order of the reasons of a decision."""

_CODE_PIECE = {
    "perimee": "justificatif_perime",
    "posterieure": "justificatif_posterieur",
    "sans_date": "justificatif_manquant",
    None: "justificatif_manquant",
}


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason. `article`: the text it rests on; `a_confirmer`: the Region has yet to confirm it.

    `faits` fill the sentence: ISO dates, numbers, proof types parted by spaces (`preuves`); of a paper refused, its
    type (`piece`), its date, and the first day it may be dated (`date_debut`).
    """

    code: str
    article: str
    a_confirmer: bool
    faits: Mapping[str, str] = field(default_factory=dict, repr=False)


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
    recus = _pass_recus(dossier, reglement, reglements)
    branche = reglement.seul if dossier.prescripteur is None else reglement.accompagne
    quantite, montant = _montant(branche, recus, reglement)
    papiers, manquants = _papiers(dossier, reglement, recus)
    motifs = [
        *_personne(dossier, reglement),
        *_nombre(dossier, reglement, branche, recus, montant),
        *papiers,
    ]
    codes = {motif.code for motif in motifs}
    issue: Issue = "refus" if codes & set(MOTIFS_REFUS) else "incomplet" if codes else "accord"
    if issue == "accord" and quantite.motif is not None:
        motifs.append(_motif(quantite.motif, reglement, quantite, nombre=montant))
    if reglement.anterieur.valeur:
        motifs.append(
            _motif(
                "reglement_anterieur",
                reglement,
                reglement.anterieur,
                arrivee_le=dossier.arrivee_le,
                reglement=reglement.id,
            )
        )
    accorde = montant if issue == "accord" else 0
    return Decision(
        issue=issue,
        reglement=reglement.id,
        pass_accordes=accorde,
        carnets=repartir(accorde, reglement.carnets.valeur),
        reste=max(0, reglement.plafond.valeur - recus - accorde) if issue == "accord" else 0,
        motifs=tuple(sorted(motifs, key=lambda motif: CODES_MOTIF.index(motif.code))),
        manquants=manquants,
    )


def age_le(naissance: date, jour: date, anniversaire_29_fevrier: str = "1er mars") -> int:
    """Whole years on that day, negative before birth. Born on 29 February: birthday on 1 March in common years."""
    mois_jour = (naissance.month, naissance.day)
    if mois_jour == (2, 29) and anniversaire_29_fevrier == "28 février":
        mois_jour = (2, 28)
    return jour.year - naissance.year - ((jour.month, jour.day) < mois_jour)


def repartir(nombre: int, carnets: Sequence[int]) -> tuple[int, ...]:
    """The carnets that make up a number of pass, largest first."""
    tailles: list[int] = []
    for taille in sorted(carnets, reverse=True):
        while nombre >= taille:
            tailles.append(taille)
            nombre -= taille
    return tuple(tailles)


def _motif(code: str, reglement: Reglement, parametre: Parametre[Any] | Exigence, /, **faits: object) -> Motif:
    return Motif(
        code=code,
        article=parametre.source or reglement.titre,
        a_confirmer=parametre.a_confirmer,
        faits={nom: str(fait) for nom, fait in faits.items()},
    )


def _pass_recus(dossier: Dossier, reglement: Reglement, reglements: Sequence[Reglement]) -> int:
    """Pass already received, whatever the day: one awarded while this request was waiting counts too."""
    if reglement.compte_les_autres_reglements.valeur:
        return sum(anterieur.nombre for anterieur in dossier.anterieurs)
    return sum(a.nombre for a in dossier.anterieurs if choisir(reglements, a.le).id == reglement.id)


def _montant(branche: Branche, recus: int, reglement: Reglement) -> tuple[Quantite, int]:
    """Which line of the branch applies and how many pass it gives, never beyond the cap."""
    quantite = branche.suite if recus else branche.premier
    return quantite, max(0, min(quantite.valeur, reglement.plafond.valeur - recus))


def _nombre(dossier: Dossier, reglement: Reglement, branche: Branche, recus: int, montant: int) -> list[Motif]:
    """What stands against the number asked for.

    A complementary request without a first carnet is refused, accompanied or not: only `complement_non_demande` makes
    a difference between them. At the cap that reason stands alone: nothing is left to ask for, in whatever form.
    The stock is only looked at when some number is due: none is under the three other reasons.
    """
    motifs: list[Motif] = []
    plafond = reglement.plafond
    if recus >= plafond.valeur:
        return [_motif("plafond_atteint", reglement, plafond, pass_recus=recus, plafond=plafond.valeur)]
    if recus and branche.suite_sur_demande.valeur and not dossier.complementaire:
        motifs.append(_motif("complement_non_demande", reglement, branche.suite_sur_demande, pass_recus=recus))
    if not recus and dossier.complementaire and not reglement.complement_sans_premier.valeur:
        motifs.append(_motif("complement_sans_premier", reglement, reglement.complement_sans_premier))
    limite = reglement.limite_par_le_stock
    if not motifs and limite.valeur and dossier.stock is not None and dossier.stock < montant:
        motifs.append(_motif("reserve_epuisee", reglement, limite, stock=dossier.stock, besoin=montant))
    return motifs


def _personne(dossier: Dossier, reglement: Reglement) -> list[Motif]:
    """What stands against the person: public closed, home, age; or what is not known of them."""
    motifs: list[Motif] = []
    public = reglement.public(dossier.public)
    if not public.ouvert.valeur:
        motifs.append(_motif("public_ferme", reglement, public.ouvert, public=public.nom))
    if dossier.commune is not None and departement(dossier.commune) not in reglement.departements.valeur:
        motifs.append(
            _motif("domicile_hors_region", reglement, reglement.departements, departement=departement(dossier.commune))
        )
    if dossier.naissance is not None:
        age = age_le(dossier.naissance, dossier.arrivee_le, reglement.anniversaire_29_fevrier.valeur)
        bornes = {"age_min": public.age_min, "age_max": public.age_max}
        trop_jeune = public.age_min is not None and age < public.age_min.valeur
        trop_age = public.age_max is not None and age > public.age_max.valeur
        borne = public.age_min if trop_jeune else public.age_max
        if (trop_jeune or trop_age) and borne is not None:
            limites = {nom: limite.valeur for nom, limite in bornes.items() if limite is not None}
            motifs.append(_motif("age_hors_public", reglement, borne, age=age, **limites))
    absents = [champ for champ in reglement.identite.valeur if getattr(dossier, champ) is None]
    if absents:
        motifs.append(_motif("identite_incomplete", reglement, reglement.identite, identite=" ".join(absents)))
    return motifs


def _papiers(dossier: Dossier, reglement: Reglement, recus: int) -> tuple[list[Motif], tuple[tuple[str, ...], ...]]:
    """The requirements not met, one reason each, in the order of the règlement."""
    if recus and not reglement.a_renouveler_pour_la_suite.valeur:
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
        motifs.append(_motif(_CODE_PIECE[etat], reglement, exigence, **faits))
        manquants.append(exigence.preuves)
    return motifs, tuple(manquants)
