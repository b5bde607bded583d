"""The summary of a visit, on one sheet: what was asked, the papers seen, the answer and why, what was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.demande import JustificatifPresente
from passdesk.domain.evaluation import Decision
from passdesk.domain.examen import ExigenceExaminee
from passdesk.domain.francais import ESPACE, date_longue, euros
from passdesk.printing.lettre import BlocLettre, Courrier, LigneLettre, TexteLettre
from passdesk.printing.lettre_mots import PREUVES, phrase, phrases_de, titre_de_bloc

TITRE_PDF = "Résumé d’une visite"
SITUATIONS: Mapping[str, str] = {
    "demandeur_emploi": "En recherche d’emploi",
    "jeune_insertion": "De 18 à 25 ans, en insertion",
    "senior": "60 ans et plus",
    "lyceen": "En lycée",
}
PRESCRIPTEURS: Mapping[str, str] = {
    "france_services": "France Services",
    "mission_locale": "Mission locale",
    "france_travail": "France Travail",
    "antenne_region": "Antenne de la Région",
    "structure_insertion": "Structure d’insertion",
    "autre": "une autre structure",
}
ISSUES: Mapping[str, str] = {
    "accord": "La demande est acceptée.",
    "incomplet": "La demande est gardée : il manque encore un papier ou une information.",
    "refus": "La demande n’est pas acceptée.",
}
NON_ENREGISTRE = "Imprimé avant l’enregistrement : cette réponse peut encore changer."
"""A draft is worth nothing: its paper says so."""


@dataclass(frozen=True, slots=True)
class CarnetResume:
    """A carnet of the visit. `remis_le`: None while it was not handed over."""

    serie: str
    taille: int
    dernier_jour: date
    remis_le: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Courrier):
    """What the sheet says. `decision`: as taken, or as it would be today while `enregistre` is False; `fait_a`: where a
    desk that moves is, "" for another."""

    arrivee_le: date = field(repr=False)
    public: str = field(repr=False)
    prescripteur: str | None = field(repr=False)
    complementaire: bool
    pieces: tuple[JustificatifPresente, ...] = field(repr=False)
    decision: Decision = field(repr=False)
    examen: tuple[ExigenceExaminee, ...] = field(repr=False)
    carnets: tuple[CarnetResume, ...] = ()
    valeur_cents: int = 1000
    enregistre: bool = True
    fait_a: str = ""


def texte_resume(resume: Resume) -> TexteLettre:
    """The words of the sheet."""
    fait = f"Fait à {resume.fait_a}, le" if resume.fait_a else "Fait le"
    return TexteLettre(
        "Résumé de la visite",
        (
            BlocLettre((titre_de_bloc("Ce qui est demandé"), *_demande(resume)), "aide"),
            BlocLettre((titre_de_bloc("Papiers vus"), *_papiers(resume)), "feuille"),
            BlocLettre((titre_de_bloc("Réponse"), *_reponse(resume)), "ordinateur", cadre=True),
            *_suite(resume),
        ),
        (f"{fait} {date_longue(resume.le)}.",),
    )


def _demande(resume: Resume) -> Iterator[LigneLettre]:
    yield phrase("Situation : ", (SITUATIONS.get(resume.public, resume.public),), ".")
    yield phrase("Demande arrivée le ", (date_longue(resume.arrivee_le),), ".")
    if resume.prescripteur is None:
        yield phrase("Sans accompagnement.")
    else:
        yield phrase("Avec accompagnement : ", (PRESCRIPTEURS.get(resume.prescripteur, resume.prescripteur),), ".")
    if resume.complementaire:
        yield phrase("Demande complémentaire, pour un second carnet.")


def _papiers(resume: Resume) -> Iterator[LigneLettre]:
    if not resume.pieces:
        yield phrase("Aucun papier vu.")
    for piece in resume.pieces:
        nom = _nom(piece.type)
        if piece.date is None:
            yield phrase((nom,), ".")
        else:
            yield phrase((nom,), f", daté{_accord(piece.type)} du {date_longue(piece.date)}.")


def _reponse(resume: Resume) -> Iterator[LigneLettre]:
    decision = resume.decision
    yield phrase((ISSUES[decision.issue],))
    if decision.issue == "accord":
        nombre, valeur = decision.pass_accordes, resume.valeur_cents
        yield phrase(f"{nombre} pass de {euros(valeur)}, soit {euros(nombre * valeur)}.")
    for motif in decision.motifs:
        if motif.code not in ("justificatif_manquant", "justificatif_perime", "justificatif_posterieur"):
            yield from (phrase(idee) for idee in phrases_de(motif))
    if not resume.enregistre:
        yield phrase(NON_ENREGISTRE)


def _suite(resume: Resume) -> Iterator[BlocLettre]:
    """What was given, or what is to be brought."""
    if resume.carnets:
        lignes = [titre_de_bloc("Ce qui est remis")]
        for carnet in resume.carnets:
            quand = f"remis le {date_longue(carnet.remis_le)}" if carnet.remis_le else "pas encore remis"
            lignes.append(
                phrase(
                    (f"Carnet n°{ESPACE}{carnet.serie}".replace(" ", ESPACE),),
                    f", {carnet.taille} pass, {quand}, valable jusqu’au {date_longue(carnet.dernier_jour)}.",
                )
            )
        yield BlocLettre(tuple(lignes), "coupon_donne")
    manques = [examinee for examinee in resume.examen if not examinee.remplie]
    if resume.decision.issue == "incomplet" and manques:
        lignes = [titre_de_bloc("À apporter")]
        for examinee in manques:
            depuis = f" : une date du {date_longue(examinee.date_debut)} ou après" if examinee.date_debut else ""
            papiers = ", ou ".join(PREUVES.get(preuve, preuve).partition(" (")[0] for preuve in examinee.preuves)
            lignes.append(phrase((papiers[:1].upper() + papiers[1:],), f"{depuis}."))
        yield BlocLettre(tuple(lignes), "calendrier")


def _nom(preuve: str) -> str:
    """ "Une attestation de stage" without its article, as a list has it."""
    nom = PREUVES.get(preuve, preuve).partition(" (")[0].partition(" ")[2] or preuve
    return nom[:1].upper() + nom[1:]


def _accord(preuve: str) -> str:
    return "e" if PREUVES.get(preuve, "").startswith("une ") else ""
