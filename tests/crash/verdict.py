"""A desk opened after a trouble, as a mediator opens it the next day: is all that was said recorded there, once?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import KnownError
from passdesk.services import impression, visite
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.storage import carnets, envoi
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, visite_accord
from tests.crash import Verdict
from tests.crash.travail import nom_de

DOUBLES = (
    "SELECT count(*) FROM (SELECT nom_naissance FROM personne GROUP BY nom_naissance HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT personne_id FROM attribution GROUP BY personne_id HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT op_id FROM operation GROUP BY op_id HAVING count(*) > 1)",
)

Dit = dict[str, Any]


def juger(dossier: Path, dits: Sequence[Dit], suivant: Dit | None = None, *, continuer: bool = False) -> Verdict:
    """Opens the desk and compares it with what had been said.

    `suivant`: what would have been said next; the log then stands before or after that act, never within.
    `continuer`: serves one more person.
    """
    try:
        poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    except KnownError as trouble:
        return Verdict(perdus=len(dits), fautes=(f"does not open: {trouble.code}",))
    try:
        return _juger(poste, dits, suivant, continuer)
    except KnownError as trouble:
        return Verdict(perdus=len(dits), fautes=(f"does not read: {trouble.code}",))
    finally:
        poste.fermer()


def _juger(poste: Poste, dits: Sequence[Dit], suivant: Dit | None, continuer: bool) -> Verdict:
    base = poste.base
    fautes = [f"unsound: {probleme.code}" for probleme in verifier_base(base)]
    tete = envoi.tete(base)
    if tete.epoch != 1:
        fautes.append("taken for a copy put back")
    avec_seq = [dit for dit in dits if "seq" in dit]
    perdus = [d for d in avec_seq if envoi.hash_de(base, 1, d["seq"]) != bytes.fromhex(d["hash"])]
    bornes = {avec_seq[-1]["seq"], (suivant or {}).get("seq", tete.seq)} if suivant and avec_seq else {tete.seq}
    if tete.seq not in bornes:
        fautes.append("half an act")
    etapes = {d["brouillon"]: (d["qui"], d["etape"]) for d in dits if d["quoi"] == "noter"}
    termines = {d["qui"] for d in dits if d["quoi"] in ("attribuer", "garder")}
    for brouillon_id, (qui, etape) in etapes.items():
        if qui in termines:
            continue
        garde = visite.reprendre(poste, brouillon_id)
        note = garde.note.removeprefix("étape ") if garde is not None else ""
        # Without one, it may just have become a request.
        if not (int(note) >= etape if note else _inscrite(poste, qui)):
            perdus.append({"quoi": "noter"})
    sortis = [tuple(dit["carnet"]) for dit in dits if dit["quoi"] == "papier"]
    suivis = [carnets.suivi(base, *numero) for numero in sortis]
    if any(suivi is None or suivi.carnet.etat is Etat.ATTRIBUE for suivi in suivis):
        fautes.append("paper that the log does not know")
    doubles = sum(base.db.execute(sql).fetchone()[0] for sql in DOUBLES)
    if continuer and not fautes:
        fautes += _servir(poste)
    return Verdict(len(perdus), doubles, tuple(fautes))


def _inscrite(poste: Poste, qui: int) -> bool:
    sql = "SELECT count(*) FROM personne WHERE nom_naissance = ?"
    return bool(poste.base.db.execute(sql, [nom_de(qui)]).fetchone()[0])


def _servir(poste: Poste) -> list[str]:
    """The next person, as if nothing had happened."""
    try:
        carnet = visite.attribuer(poste, visite_accord(poste, nom_naissance="Suivante")).carnet
        impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    except KnownError as trouble:
        return [f"work does not go on: {trouble.code}"]
    return [f"unsound after: {probleme.code}" for probleme in verifier_base(poste.base)]
