"""The persons recorded at this desk, by id and by key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from passdesk.domain.fusion import Reunion, completer
from passdesk.domain.homonyme import Homonyme
from passdesk.domain.personne import Personne
from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, jour, ligne, lignes, nombre, textes
from passdesk.storage.projections.personnes import personnes_fusionnees

VIVANTE = "efface = 0 AND fusionnee_dans IS NULL"
"""SQL: neither erased nor merged into another."""


def depuis_ligne(champs: Ligne) -> Personne:
    """The person of a row of the table."""
    return Personne(
        personne_id=champs["personne_id"],
        nom_naissance=champs["nom_naissance"],
        prenoms=champs["prenoms"],
        naissance=jour(champs["naissance"]),
        commune=champs["commune"],
        telephone=champs["telephone"],
        nom_usage=champs["nom_usage"],
        lieu_naissance=champs["lieu_naissance"],
        adresse=champs["adresse"],
        complement_adresse=champs["complement_adresse"],
        code_postal=champs["code_postal"],
        courriel=champs["courriel"],
        preference_contact=champs["preference_contact"],
        besoins=textes(champs["besoins"]),
        langue=champs["langue"],
        note=champs["note"],
    )


def get(base: Base, personne_id: str) -> Personne | None:
    """The person with this id, or the one it was merged into, completed; None when unknown or erased."""
    sienne = seule(base, personne_id)
    return completees(base, [sienne])[0] if sienne is not None else None


def seule(base: Base, personne_id: str) -> Personne | None:
    """What the record of `get` says itself, without what those merged into it tell."""
    trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [personne_id])
    while trouvee and trouvee["fusionnee_dans"]:
        trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [trouvee["fusionnee_dans"]])
    return depuis_ligne(trouvee) if trouvee and not trouvee["efface"] else None


def telle(base: Base, personne_id: str) -> Personne | None:
    """What this very record says, merged into another or not; None when unknown or erased."""
    trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ? AND efface = 0", [personne_id])
    return depuis_ligne(trouvee) if trouvee else None


def est_effacee(base: Base, personne_id: str) -> bool:
    """True for a record that was erased; False for one that was never here."""
    return nombre(base, "SELECT count(*) FROM personne WHERE personne_id = ? AND efface = 1", [personne_id]) > 0


def completees(base: Base, siennes: Sequence[Personne]) -> tuple[Personne, ...]:
    """These records, with what is blank in each and told by those merged into it, the first merged first."""
    absorbees = _absorbees(base, [personne.personne_id for personne in siennes])
    return tuple(_reunir(base, sienne, absorbees.get(sienne.personne_id, ())).connue for sienne in siennes)


def noms_reunis(base: Base, personnes_id: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By id, the names of the records merged into each, as one says them."""
    absorbees = _absorbees(base, personnes_id)
    return {cle: tuple(autre.nom_complet for autre in autres) for cle, autres in absorbees.items()}


def reunion(base: Base, personne_id: str) -> Reunion | None:
    """The person of `get`, with what its own record says; None when no other is merged into it."""
    sienne = seule(base, personne_id)
    absorbees = _absorbees(base, [sienne.personne_id]) if sienne is not None else {}
    return _reunir(base, sienne, absorbees[sienne.personne_id]) if sienne is not None and absorbees else None


def _reunir(base: Base, sienne: Personne, absorbees: Sequence[Personne]) -> Reunion:
    ecartes = ecartes_de(base, sienne.personne_id) if absorbees else ()
    connue = sienne
    for absorbee in absorbees:
        connue = completer(connue, absorbee, ecartes)
    return Reunion(sienne, connue, ecartes)


def ecartes_de(base: Base, personne_id: str) -> tuple[str, ...]:
    """What the latest correction of a record left blank on purpose; the log alone tells it."""
    sql = (
        "SELECT octets FROM operation o JOIN corps c ON c.op_id = o.op_id WHERE subject_id = ? "
        "AND type IN ('personne.enregistrer', 'personne.modifier') ORDER BY epoch DESC, seq DESC LIMIT 1"
    )
    derniere = ligne(base, sql, [personne_id])
    return tuple(canonique.decode(derniere["octets"]).get("ecartes", ())) if derniere else ()


def _absorbees(base: Base, personnes_id: Sequence[str]) -> dict[str, tuple[Personne, ...]]:
    """By id, the records merged into each, completed themselves."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = (
        f"SELECT * FROM personne WHERE fusionnee_dans IN ({marques}) AND fusionnee_dans IS NOT NULL "  # noqa: S608
        "AND efface = 0 ORDER BY modifie, rang"
    )
    lues = lignes(base, sql, list(personnes_id))
    vues = zip(lues, completees(base, [depuis_ligne(champs) for champs in lues]) if lues else (), strict=True)
    trouvees: dict[str, tuple[Personne, ...]] = {}
    for champs, vue in vues:
        trouvees[champs["fusionnee_dans"]] = (*trouvees.get(champs["fusionnee_dans"], ()), vue)
    return trouvees


def cle_de(base: Base, personne_id: str) -> bytes | None:
    """The blind key of this person (protocol §6), kept after an erasure; None while the identity is incomplete."""
    trouvee = ligne(base, "SELECT cle FROM personne WHERE personne_id = ?", [personne_id])
    return trouvee["cle"] if trouvee else None


def fiches_de(base: Base, personne_id: str | None, *cles: bytes | None, avec: str | None = None) -> frozenset[str]:
    """Ids of the records here that are this person: by id, by blind key, and merged with those; erased ones too.

    `avec`: another record, taken for this person too.
    """
    marques = ", ".join("?" for _ in cles)
    sql = (
        "WITH RECURSIVE fiche(id) AS (SELECT personne_id FROM personne WHERE personne_id IN (?, ?) "  # noqa: S608
        f"OR cle IN ({marques}) "
        "UNION SELECT p.personne_id FROM fiche JOIN personne f ON f.personne_id = fiche.id "
        "JOIN personne p ON p.fusionnee_dans = f.personne_id OR p.personne_id = f.fusionnee_dans) SELECT id FROM fiche"
    )
    return frozenset(champs["id"] for champs in lignes(base, sql, [personne_id, avec, *cles]))


def cles_portees(base: Base, personnes_id: Collection[str]) -> frozenset[bytes]:
    """The blind keys that these records have now."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = f"SELECT cle FROM personne WHERE personne_id IN ({marques}) AND cle IS NOT NULL"  # noqa: S608
    return frozenset(champs["cle"] for champs in lignes(base, sql, list(personnes_id)))


def cles_de(base: Base, personnes_id: Collection[str], *, toutes: bool = False) -> frozenset[bytes]:
    """Every blind key these records ever had here: a name or a birth date corrected gives another key.

    Without those under which a record is said to be a homonym (but for `toutes`): the awards of that key are not theirs
    by it.
    """
    portees, dites = _cles(base, personnes_id)
    gardees = {(personne_id, cle_de(base, personne_id)) for personne_id in personnes_id}
    return frozenset(cle for fiche, cle in portees | gardees if cle and (toutes or (fiche, cle) not in dites))


def homonymes_de(base: Base, personne_id: str, *, avec: str | None = None) -> Mapping[bytes, str]:
    """The blind keys under which this person is said to be a homonym, with the reason's code.

    Not those that a record merged with it (or `avec`, taken for it) had without being said so.
    """
    fiches = fiches_de(base, personne_id, None, avec=avec)
    comptees = cles_de(base, fiches)
    return {cle: dit.homonyme.motif for (_, cle), dit in _cles(base, fiches)[1].items() if cle not in comptees}


def homonymes_notes(base: Base, personne_id: str) -> tuple[ParoleHomonyme, ...]:
    """What is said of this person and not taken back, a merge that makes it idle too; oldest first."""
    return tuple(_cles(base, fiches_de(base, personne_id, None))[1].values())


def homonyme_retire(base: Base, personne_id: str) -> bool:
    """True when it was said of this person that they are a homonym, then taken back, and not said again."""
    fiches = fiches_de(base, personne_id, None)
    marques = ", ".join("?" for _ in fiches)
    sql = f"SELECT count(*) FROM operation WHERE subject_id IN ({marques}) AND type = 'litige.noter' AND v = 2"  # noqa: S608
    return nombre(base, sql, list(fiches)) > 0 and not _cles(base, fiches)[1]


@dataclass(frozen=True, slots=True)
class Parole:
    """What the body of an act on a person adds under a key, and who wrote it."""

    agent_id: str
    valeur: Mapping[str, Any] = field(repr=False)


def derniere_parole(base: Base, personne_id: str, cle: str) -> Parole | None:
    """The latest one under this key about this record or those merged into it; the log alone holds it."""
    return next(paroles(base, personne_id, cle), None)


def paroles(base: Base, personne_id: str, cle: str) -> Iterator[Parole]:
    """All of them, the latest first."""
    with base.lecture() as db:
        siennes = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in siennes)
    sql = (
        "SELECT o.agent_id, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "  # noqa: S608
        f"WHERE subject_id IN ({marques}) AND type = 'personne.modifier' ORDER BY o.epoch DESC, o.seq DESC"
    )
    for champs in lignes(base, sql, siennes):
        valeur = canonique.decode(champs["octets"]).get(cle)
        if valeur:
            yield Parole(champs["agent_id"], valeur)


@dataclass(frozen=True, slots=True)
class ParoleHomonyme:
    """A word on a record, as the log holds it: `fiche` is the record's id."""

    fiche: str
    homonyme: Homonyme


def _cles(
    base: Base, personnes_id: Collection[str]
) -> tuple[set[tuple[str, bytes | None]], dict[tuple[str, bytes], ParoleHomonyme]]:
    """By record: the keys it had, and those under which it is said to be a homonym: not those taken back since."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = (
        f"SELECT subject_id, type, octets FROM operation o JOIN corps c ON c.op_id = o.op_id "  # noqa: S608
        f"WHERE subject_id IN ({marques}) AND (type IN ('personne.enregistrer', 'personne.modifier') "
        "OR (type = 'litige.noter' AND v = 2)) ORDER BY o.epoch, o.seq"
    )
    portees: set[tuple[str, bytes | None]] = set()
    dites: dict[tuple[str, bytes], ParoleHomonyme] = {}
    for champs in lignes(base, sql, list(personnes_id)):
        fiche, corps = champs["subject_id"], canonique.decode(champs["octets"])
        if champs["type"] == "litige.noter":
            dites = {ou: dit for ou, dit in dites.items() if dit.fiche != fiche}
            continue
        cle, dit = corps.get("cle"), corps.get("homonyme")
        portees.add((fiche, cle))
        if cle and dit:
            dites[fiche, cle] = ParoleHomonyme(
                fiche, Homonyme(dit["motif"], dit.get("texte", ""), dit.get("agent", ""), dit.get("le", ""), cle)
            )
    return portees, dites


def par_cle(base: Base, cle: bytes) -> tuple[Personne, ...]:
    """The persons here who have this blind key, or had it before a merge, oldest first."""
    trouvees = lignes(base, "SELECT personne_id FROM personne WHERE cle = ? ORDER BY rang", [cle])
    vivantes = (get(base, champs["personne_id"]) for champs in trouvees)
    return tuple({personne.personne_id: personne for personne in vivantes if personne}.values())


def compter(base: Base) -> int:
    """How many persons this desk knows, merged and erased ones left out."""
    return nombre(base, f"SELECT count(*) FROM personne WHERE {VIVANTE}")  # noqa: S608


def recentes(base: Base, limite: int = 20) -> tuple[Personne, ...]:
    """The persons changed last, latest first."""
    sql = f"SELECT * FROM personne WHERE {VIVANTE} ORDER BY modifie DESC, rang DESC LIMIT ?"  # noqa: S608
    return completees(base, [depuis_ligne(champs) for champs in lignes(base, sql, [limite])])
