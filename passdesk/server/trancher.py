"""What a person decides of a case: pass given back, or void for good, in a bundle that is published at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.server.corps import lire_corps
from passdesk.server.litiges import (
    Litige,
    annuler_entier,
    cles_du_litige,
    dire_aux_postes,
    lever_blocages,
    lister_litiges,
)
from passdesk.server.magasin import Transaction
from passdesk.server.nullite import tient
from passdesk.server.publication import annoncer
from passdesk.server.region import Region
from passdesk.server.settlement import regler_plafond

DECISIONS = ("meme_personne", "homonyme", "erreur", "fraude")
"""One person, in good faith: what is above 10 stays void. Two persons: all of it is good. A mistake of a desk, which
the person does not pay for: all of it is good. Fraud: the carnets in excess are void whole."""
MAINTIENNENT = ("meme_personne", "fraude")
"""Those that leave void what the case blocked, and admit nothing above the cap."""


@dataclass(frozen=True, slots=True)
class Tranche:
    """What a decision did: pass given back, pass voided. `publiee`: a bundle says so; `suite`: the case that this
    opened in turn, when a merge undone meanwhile left another excess."""

    litige: str
    leves: int
    annules: int
    publiee: bool
    suite: str | None


@dataclass(frozen=True, slots=True)
class AttributionDuLitige:
    """An award of a case. `etat`: en_vigueur or how it left; `le`: day at the desk."""

    poste: str
    campagne: int
    carnet: int
    taille: int
    le: date
    etat: str
    remis: bool


@dataclass(frozen=True, slots=True)
class NoteDuPoste:
    """What somebody wrote on the case at a desk. It may name people: shown, never kept elsewhere."""

    poste: str
    texte: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LitigeDetaille:
    """A case with all that helps to decide it."""

    litige: Litige
    attributions: tuple[AttributionDuLitige, ...]
    notes: tuple[NoteDuPoste, ...]


def montrer_litige(region: Region, identifiant: str, decision: str = "") -> LitigeDetaille:
    """A case, open or closed; before this decision, when one is given. Raises SaisieRefusee(litige_inconnu), and what
    `trancher` raises."""
    with region.magasin.lire() as tx:
        litige = _trouver(tx, identifiant)
        if decision:
            _verifier(litige, decision)
        attributions = tuple(
            AttributionDuLitige(nom, campagne, carnet, taille, date.fromisoformat(le), etat, bool(remis))
            for nom, campagne, carnet, taille, le, etat, remis in tx.toutes(
                "SELECT p.nom, a.campagne, a.carnet, a.taille, a.le, a.etat, a.remis FROM litige_carnet c "
                "JOIN attribution a ON a.campagne = c.campagne AND a.carnet = c.carnet AND a.device = c.device "
                "JOIN poste p ON p.device = a.device WHERE c.litige = ? ORDER BY a.srv_seq, a.carnet",
                litige.litige,
            )
        )
        return LitigeDetaille(litige, attributions, _notes(region, tx, litige.litige))


def trancher(region: Region, identifiant: str, decision: str) -> Tranche:
    """Decides a case. One that was decided against the person can still be decided for them; the other way it cannot.

    Raises SaisieRefusee: litige_inconnu, litige_decision_refusee (not one of DECISIONS, or not for this kind of case),
    litige_deja_tranche.
    """
    with region.magasin.ecrire() as tx:
        litige = _trouver(tx, identifiant)
        _verifier(litige, decision)
        tx.faire(
            "UPDATE litige SET etat = 'clos', decision = ?, decide_le = ? WHERE litige = ?",
            decision,
            region.maintenant(),
            litige.litige,
        )
        dire_aux_postes(tx, litige.litige, decision)
        leves = annules = 0
        suite = None
        if decision == "fraude":
            annules = _annuler_tout(tx, litige)
        elif decision not in MAINTIENNENT:
            leves = lever_blocages(tx, litige.litige)
            for cle in cles_du_litige(tx, litige.litige):
                suite = regler_plafond(tx, region.maintenant(), cle) or suite
        return Tranche(litige.litige, leves, annules, publiee=annoncer(tx, region), suite=suite)


def _verifier(litige: Litige, decision: str) -> None:
    if decision not in DECISIONS or (litige.genre != "plafond" and decision in ("meme_personne", "homonyme")):
        raise SaisieRefusee("litige_decision_refusee", litige=litige.litige)
    revu = litige.decision in MAINTIENNENT and decision not in MAINTIENNENT
    if litige.etat != "ouvert" and not revu:
        raise SaisieRefusee("litige_deja_tranche", litige=litige.litige)


def _annuler_tout(tx: Transaction, litige: Litige) -> int:
    """Voids the carnets in excess, whole: those where this case blocked a pass; of a case about numbers, all of them
    that the desk held. How many pass more."""
    nouveaux = 0
    lignes = tx.toutes(
        # Said twice, of two sizes, the paper may be the larger.
        "SELECT c.campagne, c.carnet, c.device, c.rangs, coalesce(max(a.taille), 10) FROM litige_carnet c "
        # Of a branch that was put aside, the paper is there and the award is not.
        "LEFT JOIN attribution a ON a.campagne = c.campagne AND a.carnet = c.carnet AND a.device = c.device "
        "WHERE c.litige = ? AND c.carnet > 0 GROUP BY c.campagne, c.carnet, c.device, c.rangs "
        "ORDER BY c.campagne, c.carnet, c.device",
        litige.litige,
    )
    for campagne, carnet, device, champ, taille in lignes:
        if not tient(tx, device, campagne, carnet) or (litige.genre == "plafond" and not champ):
            # Of a number that is not its own, the paper is worth nothing; whoever has it keeps a good one.
            continue
        nouveaux += annuler_entier(tx, litige.litige, campagne, carnet, device, taille)
    return nouveaux


def _trouver(tx: Transaction, identifiant: str) -> Litige:
    voulu = identifiant.strip().upper()
    for litige in lister_litiges(tx, tous=True):
        if litige.litige == voulu:
            return litige
    raise SaisieRefusee("litige_inconnu", litige=identifiant[:20])


def _notes(region: Region, tx: Transaction, litige: str) -> tuple[NoteDuPoste, ...]:
    notes: list[NoteDuPoste] = []
    sql = (
        "SELECT o.device, o.epoch, o.seq, p.nom FROM operation o JOIN poste p ON p.device = o.device "
        "WHERE o.sujet = ? AND o.type = 'litige.noter' AND o.resultat <> 'en_attente' "
        "AND EXISTS (SELECT 1 FROM litige_carnet c WHERE c.litige = ? AND c.device = o.device) ORDER BY o.srv_seq"
    )
    for device, epoch, seq, nom in tx.toutes(sql, litige, litige):
        corps = lire_corps(tx, region.cles.corps, device, epoch, seq)
        if corps is None:
            continue
        try:
            texte = Champs(canonique.decode(corps.octets)).texte("texte", 2000)
        except SaisieRefusee:
            continue
        if texte.strip():
            notes.append(NoteDuPoste(str(nom), " ".join(texte.split())))
    return tuple(notes)
