"""How the proofs asked for become rows: tick, name, date, and what is to be thought of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from passdesk.domain.demande import JustificatifPresente
from passdesk.domain.francais import date_longue
from passdesk.domain.justificatif import EtatPiece, juger_piece, premier_jour_accepte
from passdesk.domain.saisie_date import lire_date
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.ui.visite import textes
from passdesk.ui.visite.saisies import piece

Exigence = tuple[tuple[str, ...], int | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Icon, tone and words at the end of a row; `bonne`: this proof counts."""

    icone: str
    ton: Literal["ok", "warn", "bad", "neutre"]
    texte: str
    bonne: bool = False


_DEFAUTS = {
    "perimee": Verdict("hourglass", "warn", "Trop ancien"),
    "posterieure": Verdict("hourglass", "warn", "Trop récent"),
    "sans_date": Verdict("hourglass", "warn", "Date à écrire"),
}
_A_VENIR = Verdict("hourglass", "warn", "Date à venir")
_DATE_ACCEPTEE = Verdict("check", "ok", "Date acceptée", True)


@dataclass(frozen=True, slots=True)
class LignePiece:
    """One proof. `erreur`: code of the sentence under its date; `datee`: it has a date field."""

    type: str
    nom: str
    vue: bool
    date: str = field(repr=False)
    datee: bool
    verdict: Verdict
    erreur: str | None = None


@dataclass(frozen=True, slots=True)
class GroupePieces:
    """Proofs of which one is enough. `titre` is empty for a proof that stands alone.

    `secondaires`: the rows that stay behind a quiet link until one of them is used.
    """

    titre: str
    lignes: tuple[LignePiece, ...]
    secondaires: tuple[LignePiece, ...] = ()

    @property
    def satisfait(self) -> bool:
        """True when one of them counts."""
        return any(ligne.verdict.bonne for ligne in (*self.lignes, *self.secondaires))


def presenter_pieces(
    exigences: Sequence[Exigence],
    brouillon: Brouillon,
    arrivee: date | None,
    aujourdhui: date,
    *,
    toutes: bool = False,
    jusqu_au: str = "jour_vu",
) -> tuple[GroupePieces, ...]:
    """The rows for what the règlement asks, identity first. Without a day of arrival, freshness is counted from today.

    `toutes`: also the proofs of the home that are rarely shown; `jusqu_au`: see `juger_piece`.
    """
    jour = arrivee or aujourdhui
    groupes = []
    for types, mois in exigences:
        avant = [_juger(piece(brouillon, t), mois, jour, aujourdhui, jusqu_au) for t in types]
        faite = any(ligne.verdict.bonne for ligne in avant)
        lignes = tuple(_alleger(ligne) if faite else ligne for ligne in avant)
        rares = types[0] == "justificatif_domicile" and not toutes and not any(_servie(x) for x in lignes[1:])
        if rares and len(lignes) > 1:
            groupes.append(GroupePieces("", lignes[:1], lignes[1:]))
        else:
            groupes.append(GroupePieces(_titre(len(lignes)), lignes))
    return tuple(sorted(groupes, key=lambda g: (len(g.lignes) > 1, g.lignes[0].type != "piece_identite")))


def compte(groupes: Sequence[GroupePieces]) -> str:
    """ "2 sur 3": how many requirements are met."""
    return f"{sum(g.satisfait for g in groupes)} sur {len(groupes)}"


def noms_alternatives(types: Sequence[str]) -> str:
    """ "Attestation de stage, ou attestation mission locale"; two of one kind share its name: "ou de domiciliation"."""
    phrase, genre = textes.PIECES[types[0]], ""
    for nom in (textes.PIECES[t] for t in types[1:]):
        debut, _, suite = nom.partition(" ")
        phrase += f" ou {suite}" if debut == genre and suite.startswith("d") else f", ou {nom[0].lower()}{nom[1:]}"
        genre = debut
    return phrase


def date_demandee(types: Sequence[str], exigences: Sequence[Exigence], arrivee: date) -> str:
    """ "Il faut une date du 4 décembre 2025 ou après.", by the day of arrival; empty when any date will do."""
    mois = next((m for groupe, m in exigences if set(groupe) == set(types)), None)
    debut = premier_jour_accepte(mois, arrivee)
    return "" if debut is None else f"Il faut une date du {date_longue(debut)} ou après."


def _titre(nombre: int) -> str:
    return {1: "", 2: "Une seule des deux suffit", 3: "Une seule des trois suffit"}.get(nombre, "Une seule suffit")


def _servie(ligne: LignePiece) -> bool:
    return ligne.vue or bool(ligne.date.strip())


def _alleger(ligne: LignePiece) -> LignePiece:
    """Once one of a group counts, the others are not asked for any more."""
    if ligne.verdict.bonne or _servie(ligne):
        return ligne
    return LignePiece(ligne.type, ligne.nom, ligne.vue, ligne.date, ligne.datee, Verdict("", "neutre", ""), None)


def _juger(saisie: PieceSaisie, mois: int | None, arrivee: date, aujourdhui: date, jusqu_au: str) -> LignePiece:
    nom = textes.PIECES[saisie.type]
    datee = mois is not None or saisie.type not in textes.PIECES_SANS_DATE
    lecture = lire_date(saisie.date, aujourdhui, passe=False)
    presentee = JustificatifPresente(saisie.type, lecture.date, saisie.vu_le)
    etat = juger_piece(presentee, mois, arrivee, jusqu_au)
    # Dated after the arrival, it was accepted by another rule than its age.
    depuis = lecture.date is not None and lecture.date > arrivee
    verdict = _DATE_ACCEPTEE if etat == "bonne" and depuis and mois is not None else None
    if verdict is None or not saisie.vue or lecture.erreur is not None:
        verdict = _verdict(saisie.vue, lecture.erreur, mois, etat)
    if lecture.date is not None and lecture.date > aujourdhui and verdict is _DEFAUTS["posterieure"]:
        verdict = _A_VENIR
    return LignePiece(saisie.type, nom, saisie.vue, saisie.date, datee, verdict, lecture.erreur)


def _verdict(vue: bool, erreur: str | None, mois: int | None, etat: EtatPiece) -> Verdict:
    if not vue:
        return Verdict("hourglass", "warn", "À apporter")
    if erreur is not None:
        return Verdict("alert-circle", "bad", "Date à revoir")
    if etat == "bonne":
        return Verdict("check", "ok", "Vue" if mois is None else f"Moins de {mois}\u00a0mois", True)
    return _DEFAUTS[etat]
