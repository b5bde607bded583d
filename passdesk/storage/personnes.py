"""The persons recorded at this desk, by id and by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from passdesk.domain.personne import Personne
from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, jour, ligne, lignes, nombre, textes

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
    """The person with this id, or the one it was merged into; None when unknown or erased."""
    trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [personne_id])
    while trouvee and trouvee["fusionnee_dans"]:
        trouvee = ligne(base, "SELECT * FROM personne WHERE personne_id = ?", [trouvee["fusionnee_dans"]])
    return depuis_ligne(trouvee) if trouvee and not trouvee["efface"] else None


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
    """Every blind key these records ever had here: a name or a birth date corrected gives another key.

    Without those under which a record was said to be a homonym: the awards of that key are not theirs by it.
    """
    portees, dites = _cles(base, personnes_id)
    gardees = {(personne_id, cle_de(base, personne_id)) for personne_id in personnes_id}
    return frozenset(cle for fiche, cle in portees | gardees if cle and (fiche, cle) not in dites)


def homonymes_de(base: Base, personne_id: str) -> Mapping[bytes, str]:
    """The blind keys under which this person was said to be a homonym, with the reason's code.

    Not those that a record merged with it had without being said so.
    """
    fiches = fiches_de(base, personne_id, None)
    comptees = cles_de(base, fiches)
    return {cle: motif for (_, cle), motif in _cles(base, fiches)[1].items() if cle not in comptees}


def _cles(
    base: Base, personnes_id: Collection[str]
) -> tuple[set[tuple[str, bytes | None]], dict[tuple[str, bytes], str]]:
    """By record: the keys it had, and those under which it was said to be a homonym, with the reason's code."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = (
        f"SELECT subject_id, octets FROM operation o JOIN corps c ON c.op_id = o.op_id "  # noqa: S608
        f"WHERE subject_id IN ({marques}) AND type IN ('personne.enregistrer', 'personne.modifier')"
    )
    portees: set[tuple[str, bytes | None]] = set()
    dites: dict[tuple[str, bytes], str] = {}
    for champs in lignes(base, sql, list(personnes_id)):
        corps = canonique.decode(champs["octets"])
        cle, dit = corps.get("cle"), corps.get("homonyme")
        portees.add((champs["subject_id"], cle))
        if cle and dit:
            dites[champs["subject_id"], cle] = dit["motif"]
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
    return tuple(depuis_ligne(champs) for champs in lignes(base, sql, [limite]))
