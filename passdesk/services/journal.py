"""The journal: who did what and who looked at which file, the latest first, filtered, and the same as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from passdesk.domain.csv_francais import ligne_csv
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import ordre_alphabetique
from passdesk.protocol.operations import Entete
from passdesk.protocol.serie import serie_carnet
from passdesk.services.carnets import lire_numero
from passdesk.services.histoire import Fait, carnets_de, fait_de
from passdesk.services.poste import Poste, est_responsable
from passdesk.storage import agents, carnets, consultation, effacables, litiges, personnes, trouver
from passdesk.storage.traces import SANS_FIN, FiltreTraces, Repere, Trace, lire

__all__ = [
    "GENRES",
    "REGARD",
    "ChoixJournal",
    "FiltreJournal",
    "NoteJournal",
    "PageJournal",
    "Repere",
    "choix_journal",
    "lire_journal",
    "tableau_journal",
]

PAR_PAGE, PAR_TABLEAU = 100, 1000
"""Lines shown at once, and lines read at once for the table."""
PERSONNES_MAX = 200
"""Persons that a text may mean: beyond, it means nobody in particular."""
REGARD = "regard."
"""What the kind of a look begins with; then its gesture (`services.consultations`)."""
GENRES: Mapping[str, tuple[tuple[str, ...] | None, tuple[str, ...] | None]] = {
    "": (None, None),
    "fiches": (("personne.",), ()),
    "demandes": (("demande.", "justificatif.", "accompagnement.", "attribution."), ()),
    "carnets": (("carnet.",), ()),
    "regards": ((), None),
    "effacements": (("personne.effacer",), ()),
    "poste": (("lot.", "agent.", "poste.", "litige."), ()),
}
"""Kinds to choose from: beginnings of types of acts, and looks (None: all)."""
ENTETE = ("Jour", "Heure", "Agent", "Acte", "Repère", "Carnet")
_SUR_PERSONNE = ("personne.", "demande.", "justificatif.", "accompagnement.", "attribution.", "carnet.", REGARD)
_REPERE = re.compile(r"[0-9a-f]{8}")
_PREMIER, _DERNIER = date(1970, 1, 3), date(2999, 12, 29)
"""The days that Windows turns into an instant, a day of margin on each side for the time zone; others raise there."""


@dataclass(frozen=True, slots=True)
class FiltreJournal:
    """`genre`: a key of GENRES; `texte`: a person, a carnet or the mark of a file; days included on both sides."""

    agent_id: str = ""
    genre: str = ""
    texte: str = field(default="", repr=False)
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True, slots=True)
class NoteJournal:
    """A line. `genre`: type of the act, or REGARD and the gesture; `fait`: the act, None for a look or once erased.

    `repere`: the mark of the file of the person it is about, or whose case it is, which says nothing elsewhere, ""
    for what is about nobody; `personne_id`,
    `personne`: "" once erased; `serie`: its first carnet as printed, "" without one.
    """

    cle: str
    genre: str
    quand: datetime
    agent: str = field(repr=False)
    fait: Fait | None = field(repr=False)
    repere: str
    personne_id: str
    personne: str = field(repr=False)
    carnet: tuple[int, int] | None = None

    @property
    def effacee(self) -> bool:
        """About a person who was erased."""
        return bool(self.repere) and not self.personne_id

    @property
    def serie(self) -> str:
        """The carnet as printed."""
        return serie_carnet(*self.carnet) if self.carnet is not None else ""


@dataclass(frozen=True, slots=True)
class PageJournal:
    """Lines, the latest first; `suite`: where the next ones begin, None at the end."""

    notes: tuple[NoteJournal, ...]
    suite: Repere | None


@dataclass(frozen=True, slots=True)
class ChoixJournal:
    """Whom to choose from (id, name), those gone too; `peut_sortir`: whether this agent may save the table."""

    agents: tuple[tuple[str, str], ...]
    peut_sortir: bool


def choix_journal(poste: Poste) -> ChoixJournal:
    """The agents of this desk, by name."""
    noms = sorted(
        ((a.agent_id, a.nom) for a in agents.lister(poste.base)), key=lambda choix: ordre_alphabetique(choix[1])
    )
    return ChoixJournal(tuple(noms), est_responsable(poste))


def lire_journal(
    poste: Poste, filtre: FiltreJournal, repere: Repere | None = None, limite: int = PAR_PAGE
) -> PageJournal:
    """A page of what the filter keeps, from `repere` on (None: the latest). A text that means nobody finds nothing."""
    cherche, numeros = _chercher(poste, filtre)
    nommer = _nommer(poste)
    notes: list[NoteJournal] = []
    suite: Repere | None = repere or Repere()
    while suite is not None and len(notes) < limite:
        traces, suite = lire(poste.base, cherche, suite, limite - len(notes))
        lues = (nommer(trace) for trace in traces)
        notes += [note for note in lues if not numeros or (note.fait and carnets_de(note.fait) & numeros)]
    return PageJournal(tuple(notes), suite)


def tableau_journal(
    poste: Poste, filtre: FiltreJournal, repere: Repere | None, dire: Callable[[NoteJournal], str]
) -> tuple[str, int, Repere | None]:
    """The next lines as CSV (contracts §4), how many, and where the following begin; the headers first.

    `dire`: the act in words of ours. Agents are named; of the persons, the mark of the file alone.
    Raises SaisieRefusee("journal_reserve"): the agent is no *responsable*.
    """
    if not est_responsable(poste):
        raise SaisieRefusee("journal_reserve")
    page = lire_journal(poste, filtre, repere, PAR_TABLEAU)
    lignes = [] if repere is not None else [ligne_csv(ENTETE)]
    for note in page.notes:
        quand = note.quand.astimezone()
        jour = (quand.date().isoformat(), quand.strftime("%H:%M"))
        lignes.append(ligne_csv((*jour, note.agent, dire(note), note.repere, note.serie)))
    return "".join(lignes), len(page.notes), page.suite


def _chercher(poste: Poste, filtre: FiltreJournal) -> tuple[FiltreTraces, set[tuple[int, int]]]:
    """What to read, and the carnets to keep among it (none: all of it)."""
    types, gestes = GENRES[filtre.genre]
    depuis = _debut(filtre.du) if filtre.du else 0
    avant = _debut(filtre.au, apres=1) if filtre.au else SANS_FIN
    traces = FiltreTraces(filtre.agent_id, types, gestes, depuis=depuis, avant=avant)
    texte = filtre.texte.strip()
    if not texte:
        return traces, set()
    numero = lire_numero(texte)
    if numero is not None:
        trouves = set(consultation.carnets_du_numero(poste.base, numero[1], numero[0]))
        if trouves:
            suivis = (carnets.get(poste.base, *cle) for cle in trouves)
            sujets = _ensemble(poste, (suivi.personne_id for suivi in suivis if suivi is not None))
            return replace(traces, sujets=sujets), trouves
    connues = trouver.chercher(poste.base, texte, PERSONNES_MAX)
    fin = texte.lower() if _REPERE.fullmatch(texte.lower()) else ""
    sujets = _ensemble(poste, (p.personne_id for p in connues))
    return replace(traces, sujets=(*sujets, *_cas_de(poste, sujets, fin)), fin_sujet=fin), set()


def _ensemble(poste: Poste, personnes_id: Iterable[str]) -> tuple[str, ...]:
    """These persons and those merged into them."""
    return tuple({fiche for ident in personnes_id for fiche in effacables.concernees(poste.base, ident)})


def _nommer(poste: Poste) -> Callable[[Trace], NoteJournal]:
    """From what is stored to a line; each name is read once."""
    noms = {agent.agent_id: agent.nom for agent in agents.lister(poste.base)}
    personne_de = cache(lambda ident: personnes.get(poste.base, ident))
    du_cas = cache(lambda litige_id: _du_cas(poste, litiges.get(poste.base, litige_id)))

    def nommer(trace: Trace) -> NoteJournal:
        acte = trace.operation
        genre = acte.entete.type if acte is not None else REGARD + trace.geste
        fait = fait_de(poste, acte) if acte is not None and not acte.efface else None
        if fait is not None and genre.startswith("agent."):
            fait = replace(fait, faits={"nom": noms.get(trace.sujet_id, ""), **fait.faits})
        if genre == "litige.noter" and acte is not None and not _note_sur_personne(acte.entete):
            sujet = du_cas(trace.sujet_id)
        else:
            sujet = trace.sujet_id if genre.startswith((*_SUR_PERSONNE, "litige.noter")) else ""
        personne = personne_de(sujet) if sujet else None
        return NoteJournal(
            acte.entete.op_id if acte is not None else f"{REGARD}{trace.rang}",
            genre,
            trace.quand,
            noms.get(trace.agent_id, ""),
            fait,
            sujet[-8:],
            personne.personne_id if personne is not None else "",
            personne.nom_courant if personne is not None else "",
            min(carnets_de(fait), default=None) if fait is not None else None,
        )

    return nommer


def _du_cas(poste: Poste, litige: litiges.Litige | None) -> str:
    """Whose case it is: told by the Region, or who holds its carnet here; "" when nobody is known."""
    if litige is None:
        return ""
    ici = (carnets.get(poste.base, litige.campagne, numero) for numero in litige.carnets)
    return litige.sujet or next((suivi.personne_id for suivi in ici if suivi is not None), None) or ""


def _cas_de(poste: Poste, sujets: Container[str], fin: str = "") -> tuple[str, ...]:
    """The cases of these persons, or of those whose id ends so: a note on one is about them too."""
    titulaires = ((litige.litige_id, _du_cas(poste, litige)) for litige in litiges.lister(poste.base))
    return tuple(cas for cas, qui in titulaires if qui and (qui in sujets or (fin and qui.endswith(fin))))


def _note_sur_personne(entete: Entete) -> bool:
    """The second kind of note is about a person, the first about a case."""
    return entete.type == "litige.noter" and entete.v > 1


def _debut(jour: date, *, apres: int = 0) -> int:
    """When the day begins here that comes `apres` days after this one, ms since 1970."""
    if not _PREMIER <= jour <= _DERNIER:
        return 0 if jour < _PREMIER else SANS_FIN
    return int(datetime.combine(jour + timedelta(days=apres), time()).astimezone().timestamp() * 1000)
