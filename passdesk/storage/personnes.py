"""The persons recorded at this desk: by id, by key, by what is typed in the search box, and look-alikes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from passdesk.domain.personne import Personne
from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, jour, ligne, lignes, nombre, textes
from passdesk.storage.recherche import chiffres_telephone, expression_fts, lire_demande, mots_indexes, replier

_VIVANTE = "efface = 0 AND fusionnee_dans IS NULL"
_CANDIDATS_MAX = 300
_NOM_PROCHE = 88.0
_ENSEMBLE_PROCHE = 93.0
_NOM_PROCHE_MEME_JOUR = 60.0


def _personne(champs: Ligne) -> Personne:
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
    """The person with this id, or the one it was merged into; None when unknown or erased."""
    trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [personne_id])
    while trouvee and trouvee["fusionnee_dans"]:
        trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [trouvee["fusionnee_dans"]])
    return _personne(trouvee) if trouvee and not trouvee["efface"] else None


def cle_de(base: Base, personne_id: str) -> bytes | None:
    """The blind key of this person (protocol §6), kept after an erasure; None while the identity is incomplete."""
    trouvee = ligne(base, "SELECT cle FROM personne WHERE personne_id = ?", [personne_id])
    return trouvee["cle"] if trouvee else None


def fiches_de(base: Base, personne_id: str | None, cle: bytes | None) -> frozenset[str]:
    """Ids of the records here that are this person: by id, by blind key, and merged with those; erased ones too."""
    sql = (
        "WITH RECURSIVE fiche(id) AS (SELECT personne_id FROM personne WHERE personne_id = ? OR cle = ? "
        "UNION SELECT p.personne_id FROM fiche JOIN personne f ON f.personne_id = fiche.id "
        "JOIN personne p ON p.fusionnee_dans = f.personne_id OR p.personne_id = f.fusionnee_dans) SELECT id FROM fiche"
    )
    return frozenset(champs["id"] for champs in lignes(base, sql, [personne_id, cle]))


def cles_de(base: Base, personnes_id: Collection[str]) -> frozenset[bytes]:
    """Every blind key these records ever had here: a name or a birth date corrected gives another key."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = (
        f"SELECT octets FROM operation o JOIN corps c ON c.op_id = o.op_id WHERE subject_id IN ({marques}) "  # noqa: S608
        "AND type IN ('personne.enregistrer', 'personne.modifier')"
    )
    ecrites = {canonique.decode(champs["octets"]).get("cle") for champs in lignes(base, sql, list(personnes_id))}
    gardees = {cle_de(base, personne_id) for personne_id in personnes_id}
    return frozenset(cle for cle in ecrites | gardees if cle)


def par_cle(base: Base, cle: bytes) -> tuple[Personne, ...]:
    """The persons here who have this blind key, or had it before a merge, oldest first."""
    trouvees = lignes(base, "SELECT personne_id FROM personne WHERE cle = ? ORDER BY rang", [cle])
    vivantes = (get(base, champs["personne_id"]) for champs in trouvees)
    return tuple({personne.personne_id: personne for personne in vivantes if personne}.values())


def compter(base: Base) -> int:
    """How many persons this desk knows, merged and erased ones left out."""
    return nombre(base, f"SELECT count(*) FROM personne WHERE {_VIVANTE}")  # noqa: S608


def recentes(base: Base, limite: int = 20) -> tuple[Personne, ...]:
    """The persons changed last, latest first."""
    sql = f"SELECT * FROM personne WHERE {_VIVANTE} ORDER BY modifie DESC, rang DESC LIMIT ?"  # noqa: S608
    return tuple(_personne(champs) for champs in lignes(base, sql, [limite]))


def chercher(base: Base, texte: str, limite: int = 30) -> tuple[Personne, ...]:
    """Persons who match all that is typed: beginnings of names (accents aside), birth date, telephone digits.

    Best first; nothing typed finds nobody.
    """
    demandee = lire_demande(texte)
    if demandee.vide:
        return ()
    filtres, valeurs = [_VIVANTE], {}
    if demandee.naissance:
        filtres.append("naissance = :naissance")
        valeurs["naissance"] = demandee.naissance.isoformat()
    if demandee.chiffres:
        filtres.append("(instr(chiffres, :chiffres) OR substr(naissance, 1, 4) = :chiffres)")
        valeurs["chiffres"] = demandee.chiffres
    ou = " AND ".join(filtres)
    table = base.db.table("personne")
    if demandee.expression:
        trouvees = table.search(demandee.expression, where=ou, where_args=valeurs, limit=limite)
    else:
        trouvees = table.rows_where(ou, valeurs, order_by="nom_naissance, prenoms", limit=limite)
    return tuple(_personne(champs) for champs in trouvees)


@dataclass(frozen=True, slots=True)
class Identite:
    """What is compared between two persons; complete or not."""

    nom_naissance: str = field(repr=False)
    prenoms: str = field(repr=False)
    naissance: date | None = field(default=None, repr=False)
    telephone: str = field(default="", repr=False)
    nom_usage: str = field(default="", repr=False)


def proches(base: Base, identite: Identite, *, sauf: str | None = None, limite: int = 5) -> tuple[Personne, ...]:
    """Persons here who may be the same: near name, or same birth date or telephone and a name not far; best first.

    They only warn (protocol §6). `sauf`: id of the person being entered.
    """
    notees = []
    for champs in _candidates(base, identite):
        if champs["personne_id"] != sauf:
            note = _note(identite, champs)
            if note:
                notees.append((note, champs["rang"], champs))
    notees.sort(key=lambda element: (-element[0], element[1]))
    return tuple(_personne(champs) for _, _, champs in notees[:limite])


def _candidates(base: Base, identite: Identite) -> list[Ligne]:
    chiffres = chiffres_telephone(identite.telephone)
    jours = [identite.naissance.isoformat()] if identite.naissance else []
    if identite.naissance and identite.naissance.day <= 12:
        # Day and month swapped is the commonest slip.
        jours.append(identite.naissance.replace(day=identite.naissance.month, month=identite.naissance.day).isoformat())
    marques = ", ".join("?" for _ in jours)
    sql = (
        f"SELECT * FROM personne WHERE {_VIVANTE} AND (naissance IN ({marques}) "  # noqa: S608
        "OR (length(?) >= 9 AND chiffres = ?)) LIMIT ?"
    )
    par_jour = lignes(base, sql, [*jours, chiffres, chiffres, _CANDIDATS_MAX])
    # Two letters of each name: those who share several come first.
    mots = mots_indexes(identite.nom_naissance, identite.nom_usage, identite.prenoms).split()
    debuts = sorted({mot[:2] for mot in mots})
    expression = expression_fts(debuts, lien=" OR ")
    par_nom = base.db.table("personne").search(expression, where=_VIVANTE, limit=_CANDIDATS_MAX) if expression else ()
    return list({champs["rang"]: champs for champs in chain(par_jour, par_nom)}.values())


def _note(identite: Identite, champs: Ligne) -> float:
    """0 when too far, else higher for nearer."""
    prenoms = _ressemblance(identite.prenoms, champs["prenoms"])
    noms = max(
        _ressemblance(mien, sien)
        for mien in (identite.nom_naissance, identite.nom_usage)
        for sien in (champs["nom_naissance"], champs["nom_usage"])
    )
    # Names and first names typed in each other's place are compared whole.
    ensemble = _ressemblance(
        f"{identite.prenoms} {identite.nom_naissance}", f"{champs['prenoms']} {champs['nom_naissance']}"
    )
    note = max((noms + prenoms) / 2, ensemble)
    meme_jour = identite.naissance is not None and champs["naissance"] == identite.naissance.isoformat()
    chiffres = chiffres_telephone(identite.telephone)
    meme_numero = len(chiffres) >= 9 and champs["chiffres"] == chiffres
    if meme_jour or meme_numero:
        return note + 100 if note >= _NOM_PROCHE_MEME_JOUR else 0
    return note if min(noms, prenoms) >= _NOM_PROCHE or ensemble >= _ENSEMBLE_PROCHE else 0


def _ressemblance(un: str, autre: str) -> float:
    """0 to 100 between two names, folded; the order of words does not matter."""
    plie, plie_autre = replier(un), replier(autre)
    if not plie or not plie_autre:
        return 0
    return max(100 * JaroWinkler.similarity(plie, plie_autre), fuzz.token_sort_ratio(plie, plie_autre))
