"""Erasure of a person at the desk: what would go and what would stay, then the act, then the pages of the file."""

from __future__ import annotations

from typing import Any

from passdesk.domain.carnet import Etat
from passdesk.domain.effacement import DEMANDE, MOTIFS, ApercuEffacement
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.services.anterieurs import pass_recus
from passdesk.services.impression import retirer_papier
from passdesk.services.poste import APPAREIL, Poste, est_responsable
from passdesk.services.visite import ETAPES
from passdesk.storage import attributions, campagnes, carnets, effacables, litiges, personnes
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base

EN_MAIN = (Etat.REMIS, Etat.ENTAME)
"""States of a carnet that the person holds and can spend."""


def apercu_effacement(poste: Poste, personne_id: str) -> ApercuEffacement | None:
    """What `effacer_personne` would do; None once the person was erased. Changes nothing."""
    personne = personnes.get(poste.base, personne_id)
    if personne is None:
        return None
    siens = carnets.par_personne(poste.base, personne.personne_id)
    recus = pass_recus(poste, personne.personne_id, personnes.cle_de(poste.base, personne.personne_id))
    passes = sum(a.nombre for a in attributions.anterieurs_de(poste.base, personne.personne_id))
    aujourdhui = poste.horloge.aujourdhui()
    fins = {c.numero: c.dernier_jour for c in campagnes.lister(poste.base)}
    derniers = [fins[s.carnet.campagne] for s in siens if s.carnet.campagne in fins]
    return ApercuEffacement(
        personne,
        effacables.contenu(poste.base, personne.personne_id),
        passes,
        sum(s.carnet.taille for s in siens if s.carnet.etat in EN_MAIN and not s.carnet.expire(aujourdhui)),
        sum(a.nombre for a in recus.ailleurs),
        max(derniers, default=None) if recus.tous else None,
        identite.lire_texte(poste.base, APPAREIL) is not None,
        _obstacle(poste, personne.personne_id) if est_responsable(poste) else "effacement_reserve",
        frozenset(effacables.concernees(poste.base, personne.personne_id)),
    )


def effacer_personne(poste: Poste, personne_id: str, motif: str = DEMANDE) -> bool:
    """Erases a person, everyone merged into it included; never undone. True once no page of the file holds them.

    The act and all it drops are one transaction; the pages are rewritten after it, and again at the next opening when
    the file is busy now (False). Raises as `effacer_sans_menage`.
    """
    effacer_sans_menage(poste, personne_id, motif)
    return faire_le_menage(poste)


def effacer_sans_menage(poste: Poste, personne_id: str, motif: str) -> None:
    """The act alone, for several in a row; `faire_le_menage` must follow.

    Raises SaisieRefusee: "effacement_reserve" (the agent is no *responsable*), "effacement_sans_motif",
    "personne_absente", "effacement_papier" (a carnet awarded is not settled).
    """
    if not est_responsable(poste):
        raise SaisieRefusee("effacement_reserve")
    if motif not in MOTIFS:
        raise SaisieRefusee("effacement_sans_motif")
    with poste.base.acte(poste.agent_id) as acte:
        personne = personnes.get(poste.base, personne_id)
        if personne is None:
            raise SaisieRefusee("personne_absente")
        obstacle = _obstacle(poste, personne.personne_id)
        if obstacle is not None:
            raise SaisieRefusee(obstacle)
        siens = carnets.par_personne(poste.base, personne.personne_id)
        corps = corps_effacement(poste.base, personne.personne_id, motif)
        cas = corps["litiges"]
        vus = [cas_id for cas_id in cas if (connu := litiges.get(poste.base, cas_id)) is not None and connu.traite]
        acte.inscrire("personne.effacer", personne.personne_id, corps)
        for cas_id in vus:
            # That somebody saw the case is no word on the person: it is said again, without the note.
            acte.inscrire("litige.noter", cas_id, {"litige": cas_id, "texte": "", "traite": True})
    poste.oublier_identites()
    for suivi in siens:
        retirer_papier(poste, suivi.carnet)


def corps_effacement(base: Base, personne_id: str, motif: str) -> dict[str, Any]:
    """The body of `personne.effacer`: the key that stays, why, and what goes with this record (`fiches`, `litiges`)."""
    return {
        "cle": effacables.cle_gardee(base, personne_id),
        "motif": motif,
        "litiges": effacables.litiges_de(base, personne_id),
        "fiches": effacables.concernees(base, personne_id),
    }


def faire_le_menage(poste: Poste) -> bool:
    """Rewrites the file when something was erased since the last time; False while it must wait (busy, disk full)."""
    if not effacables.menage_a_faire(poste.base):
        return True
    try:
        poste.base.compacter()
    except PanneAttendue:
        return False
    effacables.menage_fait(poste.base)
    return True


def _obstacle(poste: Poste, personne_id: str) -> str | None:
    siens = carnets.par_personne(poste.base, personne_id)
    return "effacement_papier" if any(suivi.carnet.etat in ETAPES for suivi in siens) else None
