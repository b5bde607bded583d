"""Everything that this desk has printed: when, by whom, which carnet, where, what came out; and the same as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from passdesk.domain.carnet import Etat
from passdesk.domain.csv_francais import ligne_csv
from passdesk.domain.phonetique import replier
from passdesk.domain.tirage import Tirage
from passdesk.protocol.serie import serie_carnet
from passdesk.services.carnets import lire_numero
from passdesk.services.poste import Poste
from passdesk.services.tirages import ACTES, reunir
from passdesk.storage import agents, carnets, consultation, personnes

A_DIRE, A_REFAIRE = "a_dire", "a_refaire"
"""Printings to show alone: those whose answer is awaited, those of which something had to be printed again."""
ENTETE = ("Jour", "Heure", "Agent", "Campagne", "Carnet", "Pass", "Imprimante", "Feuilles", "Ce qui est sorti")


@dataclass(frozen=True, slots=True)
class TirageNote:
    """A printing of the log. `acte`: its op_id; `serie`: as printed; `a_dire`: its answer is awaited.

    `taille`: pass of the carnet; `titulaire`, `agent`: names, "" when nobody here bears it any more.
    """

    acte: str
    cle: tuple[int, int]
    serie: str
    taille: int
    tirage: Tirage
    a_dire: bool
    titulaire: str = field(repr=False)
    agent: str = field(repr=False)


def voir_tirages(poste: Poste, jours: int | None, quoi: str = "", texte: str = "") -> tuple[TirageNote, ...]:
    """The printings of the last `jours` days, today included (None: all), latest first.

    `quoi`: "" for all, A_DIRE or A_REFAIRE. `texte`: the number of a carnet, or the beginning of words of a holder, an
    agent or a printer. Of a person erased since, the number alone is left.
    """
    depuis = 0
    if jours is not None:
        premier = poste.horloge.maintenant().astimezone().date() - timedelta(days=jours - 1)
        depuis = _debut(premier)
    actes = consultation.actes_du_type(poste.base, [str(genre) for genre in ACTES], depuis)
    attendus = {
        (suivi.carnet.campagne, suivi.carnet.numero)
        for suivi in carnets.par_etat(poste.base, Etat.A_CONFIRMER_IMPRESSION)
    }
    nom_agent = cache(lambda agent_id: agent.nom if (agent := agents.get(poste.base, agent_id)) is not None else "")
    notes = []
    for acte, cle, tirage in reversed(reunir(actes)):
        carnet = carnets.get(poste.base, *cle)
        if carnet is None:
            continue
        personne = personnes.get(poste.base, carnet.personne_id)
        a_dire = tirage.sortie is None and cle in attendus
        # The latest of its printings alone: an earlier one without an answer was cut short by a spoiled carnet.
        attendus -= {cle}
        note = TirageNote(
            acte.entete.op_id,
            cle,
            serie_carnet(*cle),
            carnet.taille,
            tirage,
            a_dire,
            personne.nom_courant if personne is not None else "",
            nom_agent(tirage.agent_id),
        )
        if _montree(note, quoi) and _repond(note, texte.strip()):
            notes.append(note)
    return tuple(notes)


def tirages_csv(notes: Sequence[TirageNote], dire: Callable[[TirageNote], str]) -> str:
    """The same as CSV (contracts §4). `dire`: what came out, in words. No name of a person who holds a carnet: its
    number leads to them, at this desk alone.
    """
    lignes = [ligne_csv(ENTETE)]
    for note in notes:
        quand, tirage = note.tirage.quand.astimezone(), note.tirage
        lignes.append(
            ligne_csv(
                (
                    quand.date().isoformat(),
                    quand.strftime("%H:%M"),
                    note.agent,
                    note.cle[0],
                    note.serie,
                    note.taille,
                    tirage.imprimante,
                    ", ".join(map(str, tirage.feuilles)),
                    dire(note),
                )
            )
        )
    return "".join(lignes)


def _debut(jour: date) -> int:
    """When a day begins here, ms since 1970."""
    return int(datetime.combine(jour, time()).astimezone().timestamp() * 1000)


def _montree(note: TirageNote, quoi: str) -> bool:
    if quoi == A_DIRE:
        return note.a_dire
    return quoi != A_REFAIRE or note.tirage.sortie not in (None, "tout")


def _repond(note: TirageNote, cherche: str) -> bool:
    if not cherche:
        return True
    lu = lire_numero(cherche)
    if lu is not None and lu[0] in (None, note.cle[0]) and lu[1] == note.cle[1]:
        return True
    chiffres = cherche.replace(" ", "").replace("\u00a0", "")
    if chiffres.isdecimal():
        return chiffres in note.serie.replace(" ", "")
    mots = replier(cherche).split()
    connus = " ".join(("", replier(note.titulaire), replier(note.agent), replier(note.tirage.imprimante)))
    return bool(mots) and all(f" {mot}" in connus for mot in mots)
