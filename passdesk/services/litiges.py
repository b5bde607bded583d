"""What a person has to look at: the cases of the Region about carnets of this desk, and the acts it keeps aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from passdesk.domain.carnet import Carnet
from passdesk.domain.demande import Anterieur
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.homonyme import HomonymeNote
from passdesk.domain.personne import Personne
from passdesk.protocol.serie import serie_carnet
from passdesk.services import reglements
from passdesk.services.anterieurs import pass_recus
from passdesk.services.homonyme import note_de
from passdesk.services.liste_tenue import liste_tenue
from passdesk.services.poste import NOM, TELEPHONE_AIDE, Poste
from passdesk.storage import agents, carnets, consultation, envoi, fusions, litiges, personnes
from passdesk.storage import poste as identite
from passdesk.storage.fusions import Defaite

LONGUEUR_NOTE = 500
"""Characters kept of a note."""
PASS_MAX = 10
"""Pass of the largest carnet."""
RENDENT = ("homonyme", "erreur", "clos")
"""Decisions of the Region after which all the pass of a case are good."""


@dataclass(frozen=True, slots=True)
class CarnetDuCas:
    """A carnet of a case awarded here. `bloques`: how many of its pass no place takes while the case is open."""

    carnet: Carnet
    serie: str
    bloques: int


@dataclass(frozen=True, slots=True)
class NoteDuCas:
    """What somebody wrote here about a case (UTC)."""

    texte: str = field(repr=False)
    agent: str = field(repr=False)
    quand: datetime


@dataclass(frozen=True, slots=True)
class Cas:
    """A case as the desk sees it. `ailleurs`: serials awarded at `postes`, the other desks to call.

    `excedent`: pass above what one person may have, 0 when it is about a number. `traite`: seen here.
    """

    litige_id: str
    personne: Personne | None = field(repr=False)
    excedent: int
    ici: tuple[CarnetDuCas, ...]
    ailleurs: tuple[str, ...]
    nom_poste: str
    postes: tuple[str, ...]
    recu: datetime
    notes: tuple[NoteDuCas, ...]
    traite: bool
    homonyme: bool = False
    """A desk said that two persons share the identity: as known here, or because nothing is in excess."""
    note: HomonymeNote | None = field(default=None, repr=False)
    """What was said here, while it can be taken back."""
    retire: bool = False
    """It was said here, then taken back."""

    donnes_ailleurs: tuple[Anterieur, ...] = ()
    """What the Region told of the carnets of the other desks: how many pass, and when; oldest first."""

    separees: datetime | None = None
    """When the two records that were one for this case were made two again here (UTC), None for most."""

    nuls_ailleurs: tuple[tuple[int, ...], ...] | None = None
    """Of each carnet of `ailleurs`, the ranks that no place takes; None when this desk cannot know."""

    decision: str = ""
    """What the Region decided, "" before: its code."""

    decide: datetime | None = None
    """When this desk heard it (UTC)."""


@dataclass(frozen=True, slots=True)
class ActeEnSuspens:
    """An act that the Region holds without applying it. `genre`: the operation's type; `raison`: its code."""

    epoch: int
    seq: int
    genre: str
    raison: str
    quand: datetime
    personne: Personne | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReglementEcarte:
    """A règlement that this desk received and does not apply. `raison`: the code of why."""

    reglement: str
    generation: int
    executoire_le: date
    raison: str
    recu: datetime


@dataclass(frozen=True, slots=True)
class AVerifier:
    """Cases to look at (latest first), those seen, the acts kept aside (oldest first), the règlements not applied.

    `telephone_aide`: the help number of this desk, "" while nobody chose one; `nom_poste`: what it is called.
    """

    ouverts: tuple[Cas, ...]
    vus: tuple[Cas, ...]
    suspens: tuple[ActeEnSuspens, ...]
    reglements: tuple[ReglementEcarte, ...] = ()
    telephone_aide: str = ""
    nom_poste: str = ""


def a_verifier(poste: Poste) -> AVerifier:
    """All that waits for somebody's eyes at this desk."""
    connus = litiges.lister(poste.base)
    defaites = fusions.defaites(poste.base) if connus else ()
    cas = [_cas(poste, litige, defaites) for litige in reversed(connus)]
    suspens = (_suspens(poste, issue) for issue in envoi.en_suspens(poste.base) if issue.resultat == "en_attente")
    return AVerifier(
        tuple(c for c in cas if not c.traite),
        tuple(c for c in cas if c.traite),
        tuple(acte for acte in suspens if acte is not None),
        tuple(
            ReglementEcarte(r.id, r.generation, r.executoire_le, r.raison or "", r.recu)
            for r in reglements.refuses(poste)
        ),
        identite.lire_texte(poste.base, TELEPHONE_AIDE) or "",
        identite.lire_texte(poste.base, NOM) or "",
    )


def noter_vu(poste: Poste, litige_id: str, texte: str) -> None:
    """Records that somebody saw the case, with a note; the Region receives it. Raises SaisieRefusee("cas_inconnu").

    Said twice, it is noted once.
    """
    litige = litiges.get(poste.base, litige_id)
    if litige is None:
        raise SaisieRefusee("cas_inconnu")
    if litige.traite:
        return
    _inscrire(poste, litige_id, texte, traite=True)


def noter_appel(poste: Poste, litige_id: str, texte: str) -> None:
    """Records a note on the case, which stays to be looked at; the Region receives it.

    Raises SaisieRefusee("cas_inconnu"). Once the case is seen, nothing more is noted.
    """
    litige = litiges.get(poste.base, litige_id)
    if litige is None:
        raise SaisieRefusee("cas_inconnu")
    if not litige.traite:
        _inscrire(poste, litige_id, texte, traite=False)


def _inscrire(poste: Poste, litige_id: str, texte: str, *, traite: bool) -> None:
    propre = " ".join(texte.split())[:LONGUEUR_NOTE]
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("litige.noter", litige_id, {"litige": litige_id, "texte": propre, "traite": traite})


def _cas(poste: Poste, litige: litiges.Litige, defaites: Sequence[Defaite]) -> Cas:
    base = poste.base
    ici: list[CarnetDuCas] = []
    ailleurs: list[int] = []
    for numero in litige.carnets:
        carnet = carnets.get(base, litige.campagne, numero)
        if carnet is None:
            ailleurs.append(numero)
        else:
            ici.append(CarnetDuCas(carnet, serie_carnet(litige.campagne, numero), len(carnet.rangs_bloques)))
    nom = identite.lire_texte(base, NOM) or ""
    titulaire = litige.sujet or next((c.carnet.personne_id for c in ici), None)
    concernees = [*({titulaire} if titulaire else set()), *(c.carnet.personne_id for c in ici)]
    note = next((dite for qui in concernees if (dite := note_de(poste, qui)) is not None), None)
    # Said here of one of these persons; or by another desk: two of them, and nothing in excess.
    retire = note is None and any(personnes.homonyme_retire(base, qui) for qui in concernees)
    homonyme = note is not None or (not retire and not litige.excedent and len(litige.postes) > 1)
    tous_bons = litige.decision in RENDENT or (homonyme and not litige.excedent)
    return Cas(
        litige.litige_id,
        personnes.get(base, titulaire) if titulaire else None,
        litige.excedent,
        tuple(ici),
        tuple(serie_carnet(litige.campagne, numero) for numero in ailleurs),
        nom,
        tuple(autre for autre in litige.postes if autre != nom),
        litige.recu,
        tuple(NoteDuCas(n.texte, _agent(poste, n.agent_id), n.quand) for n in litige.notes),
        litige.traite,
        homonyme=homonyme,
        note=note,
        retire=retire,
        donnes_ailleurs=pass_recus(poste, titulaire, None).ailleurs if titulaire and ailleurs else (),
        separees=_separees(poste, litige, set(concernees), defaites),
        nuls_ailleurs=tuple(() for _ in ailleurs) if tous_bons else _nuls(poste, litige, ailleurs, ici),
        decision=litige.decision,
        decide=litige.decide,
    )


def _nuls(
    poste: Poste, litige: litiges.Litige, ailleurs: Sequence[int], ici: Sequence[CarnetDuCas]
) -> tuple[tuple[int, ...], ...] | None:
    """Of these carnets of other desks, the ranks void in the list that the places go by.

    A list that refuses none of them may be older than the case. What is blocked here tells it when it is the whole
    excess.
    """
    liste = liste_tenue(poste.base) if ailleurs else None
    dits: tuple[tuple[int, ...], ...] = tuple(() for _ in ailleurs)
    if liste is not None:
        dits = tuple(
            tuple(rang for rang in range(1, PASS_MAX + 1) if liste.raison_annulation(litige.campagne, numero, rang))
            for numero in ailleurs
        )
    entier = 0 < litige.excedent <= sum(carnet.bloques for carnet in ici)
    return dits if entier or any(dits) else None


def _separees(
    poste: Poste, litige: litiges.Litige, concernees: set[str], defaites: Sequence[Defaite]
) -> datetime | None:
    """When the merge that made this case was undone: the case is of both records, or came while they were one."""
    for defaite in reversed(defaites):
        paire = {defaite.garde, defaite.absorbee}
        cles = {personnes.cle_de(poste.base, personne_id) for personne_id in paire}
        pendant = bool(paire & concernees) and defaite.reunies <= litige.recu <= defaite.separees
        # Under one key they count together whether merged or not.
        if len(cles) == 2 and (paire <= concernees or pendant):
            return defaite.separees
    return None


def _agent(poste: Poste, agent_id: str) -> str:
    agent = agents.get(poste.base, agent_id)
    return agent.nom if agent else ""


def _suspens(poste: Poste, issue: envoi.Issue) -> ActeEnSuspens | None:
    operation = consultation.acte(poste.base, issue.epoch, issue.seq)
    if operation is None:
        return None
    entete = operation.entete
    quand = datetime.fromtimestamp(entete.wall / 1000).astimezone()
    personne = personnes.get(poste.base, entete.subject_id)
    return ActeEnSuspens(issue.epoch, issue.seq, str(entete.type), issue.raison or "", quand, personne)


def compter_a_verifier(poste: Poste) -> int:
    """How many lines `a_verifier` asks to look at: cases, règlements not applied, reasons why acts are kept aside."""
    raisons = {issue.raison for issue in envoi.en_suspens(poste.base) if issue.resultat == "en_attente"}
    return litiges.compter_a_traiter(poste.base) + len(raisons) + len(reglements.refuses(poste))
