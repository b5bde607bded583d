"""Recording the rows chosen: blind keys first, step by step, then one transaction; and taking a whole import back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.effacement import faire_le_menage
from passdesk.services.fiche import cle_de, corps_personne
from passdesk.services.importer import MEME, MEME_CLE, PAS, PERSONNES_MAX, LigneAnalysee, reperes
from passdesk.services.importer_lecture import annee_de
from passdesk.services.poste import Poste, est_responsable
from passdesk.services.tableur import Tableau, inchange
from passdesk.storage import agents, brouillons, consultation, envoi, fiches, inventaire
from passdesk.storage import poste as identite
from passdesk.storage.lecture import instant, maintenant_ms

DERNIER = "import_dernier"
"""Where the desk keeps which operations the last import wrote: numbers and an instant, nobody's name."""


@dataclass(slots=True)
class Suivi:
    """How far a recording is, read by the screen while it runs; `arret` set: nothing is recorded."""

    arret: threading.Event
    fait: int = 0


@dataclass(frozen=True, slots=True)
class DernierImport:
    """The last import of this desk. `inscrites`: how many of its persons are here, `intactes`: never used since.

    `par`: the name of the agent who made it; `permis`: whether the agent at work may take it back.
    """

    le: datetime
    inscrites: int
    intactes: int
    par: str = field(default="", repr=False)
    permis: bool = True


def preparer(poste: Poste, lignes: Sequence[LigneAnalysee], depuis: int, secondes: float = PAS) -> int:
    """Computes blind keys, which the desk remembers while it is open; returns the rank to go on from.

    Without them an award made elsewhere would not be seen (mission, never 4); before enrolment there are none.
    """
    fin = time.monotonic() + secondes
    rang = depuis
    while rang < len(lignes):
        personne = lignes[rang].personne
        if personne is not None:
            cle_de(poste, personne)
        rang += 1
        if time.monotonic() > fin:
            break
    return rang


def inscrire(poste: Poste, tableau: Tableau, lignes: Sequence[LigneAnalysee], suivi: Suivi) -> int:
    """Records the persons of these rows in ONE transaction, all or nothing; returns how many.

    Raises SaisieRefusee: "import_vide", "import_trop_grand", "import_fichier_change" (no longer the file looked at),
    "import_a_revoir" (one of them, or somebody with the same key, was recorded meanwhile), "import_arrete". Nothing is
    recorded then.
    """
    retenues = [(ligne.personne, ligne.verdict) for ligne in lignes if ligne.personne is not None]
    if not retenues:
        raise SaisieRefusee("import_vide")
    if len(retenues) > PERSONNES_MAX:
        raise SaisieRefusee("import_trop_grand", maximum=PERSONNES_MAX)
    if not inchange(tableau):
        raise SaisieRefusee("import_fichier_change", fichier=tableau.chemin.name)
    with poste.base.acte(poste.agent_id) as acte:
        connus = reperes(poste)
        premier = None
        for personne, verdict in retenues:
            if suivi.arret.is_set():
                raise SaisieRefusee("import_arrete")
            ici, _ = connus.trancher(personne, annee_de(personne))
            if ici == MEME or (ici and verdict != MEME_CLE):
                raise SaisieRefusee("import_a_revoir")
            neuve = replace(personne, personne_id=acte.nouvel_id())
            entete = acte.inscrire(
                "personne.enregistrer", neuve.personne_id, corps_personne(neuve, cle_de(poste, neuve))
            )
            premier = premier or entete
            suivi.fait += 1
        if premier is not None:
            trace = {"le": maintenant_ms(poste.base), "epoch": premier.epoch, "de": premier.seq, "a": entete.seq}
            identite.ecrire_texte(poste.base, DERNIER, json.dumps(trace))
    return len(retenues)


def dernier_import(poste: Poste) -> DernierImport | None:
    """The last import, None when there was none or nobody of it is here any more."""
    trace = identite.lire_texte(poste.base, DERNIER)
    if trace is None:
        return None
    lue = json.loads(trace)
    inscrites, intactes = _de_l_import(poste, lue)
    auteur = agents.get(poste.base, _auteur(poste, lue))
    nom, permis = auteur.nom if auteur is not None else "", _peut_reprendre(poste, lue)
    return DernierImport(instant(lue["le"]), inscrites, len(intactes), nom, permis) if inscrites else None


def reprendre_import(poste: Poste) -> int:
    """Erases the persons of the last import who were never used since, in one transaction; returns how many.

    Somebody who was served, corrected, merged or is being typed stays. Raises SaisieRefusee: "import_sans_reprise",
    "import_reprise_reservee" (a *responsable*, or whoever made the import, may do it).
    """
    trace = identite.lire_texte(poste.base, DERNIER)
    with poste.base.acte(poste.agent_id) as acte:
        _, intactes = _de_l_import(poste, json.loads(trace)) if trace else (0, [])
        if trace is None or not intactes:
            raise SaisieRefusee("import_sans_reprise")
        if not _peut_reprendre(poste, json.loads(trace)):
            raise SaisieRefusee("import_reprise_reservee")
        for personne_id in intactes:
            # Nothing was awarded: no key has to stay (protocol §8).
            acte.inscrire("personne.effacer", personne_id, {"cle": None})
        identite.ecrire_texte(poste.base, DERNIER, None)
    faire_le_menage(poste)
    return len(intactes)


def _auteur(poste: Poste, trace: dict[str, int]) -> str:
    """The id of the agent who made this import, as its first operation says; "" when it is not in the log."""
    premiere = consultation.acte(poste.base, trace["epoch"], trace["de"])
    return premiere.entete.agent_id if premiere is not None else ""


def _peut_reprendre(poste: Poste, trace: dict[str, int]) -> bool:
    return est_responsable(poste) or _auteur(poste, trace) == poste.agent_id


def _de_l_import(poste: Poste, trace: dict[str, int]) -> tuple[int, list[str]]:
    """How many persons of this import are here, and the ids of those who were never used."""
    if trace["epoch"] > envoi.tete(poste.base).epoch:
        return 0, []
    en_saisie = {garde.brouillon.personne_id for garde in brouillons.lister(poste.base)}
    en_saisie |= fiches.commencees(poste.base)
    trouvees = inventaire.inscrites_entre(poste.base, trace["epoch"], trace["de"], trace["a"])
    intactes = [t["personne_id"] for t in trouvees if t["actes"] == 1 and t["personne_id"] not in en_saisie]
    return len(trouvees), intactes
