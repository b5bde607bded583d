"""Homonyms: a *responsable* says that an identity is shared by two persons, and that this one is not the other.

It opens a case at the Region, and nothing passes 10 in silence: what the identity received in all stays settled there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from passdesk.domain.demande import Anterieur
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.homonyme import (
    MOTIFS_HOMONYME,
    MOTIFS_RETRAIT,
    RETRAIT,
    Homonyme,
    HomonymeNote,
    Provenance,
)
from passdesk.domain.reglement import choisir
from passdesk.domain.saisie_date import lire_naissance
from passdesk.domain.visite import Brouillon
from passdesk.services.anterieurs import pass_recus
from passdesk.services.fiche import cle_de, personne_du_brouillon
from passdesk.services.poste import Poste, est_responsable
from passdesk.services.reglements import reglements
from passdesk.storage import agents, brouillons, envoi, personnes

LONGUEUR_TEXTE = 300
"""Characters kept of what the agent writes."""


def declarer_homonyme(poste: Poste, brouillon: Brouillon, motif: str, texte: str) -> Brouillon:
    """The draft with what was said, kept at once; its exact look-alikes are somebody else.

    Raises SaisieRefusee: "homonyme_reserve" (the agent is no *responsable*), "homonyme_sans_motif",
    "homonyme_a_preciser" (another reason, not written), "homonyme_sans_objet" (nothing is counted by identity alone).
    """
    if not est_responsable(poste):
        raise SaisieRefusee("homonyme_reserve")
    if motif not in MOTIFS_HOMONYME:
        raise SaisieRefusee("homonyme_sans_motif")
    propre = " ".join(texte.split())[:LONGUEUR_TEXTE]
    if motif == "autre" and not propre:
        raise SaisieRefusee("homonyme_a_preciser")
    naissance = lire_naissance(brouillon.naissance, poste.horloge.aujourdhui()).date
    cle = cle_de(poste, personne_du_brouillon(brouillon, "", naissance))
    if cle is None or not _par_identite(poste, brouillon, cle):
        raise SaisieRefusee("homonyme_sans_objet")
    autres = (p.personne_id for p in personnes.par_cle(poste.base, cle))
    dit = replace(
        brouillon,
        homonyme=Homonyme(motif, propre, poste.agent_id, poste.horloge.aujourdhui().isoformat(), cle),
        autre_personne=tuple(dict.fromkeys((*brouillon.autre_personne, *autres))),
    )
    brouillons.enregistrer(poste.base, dit)
    return dit


def oublier_homonyme(poste: Poste, brouillon: Brouillon) -> Brouillon:
    """The draft without what was said in this visit, kept at once: its exact look-alikes are asked about again.

    Raises SaisieRefusee("homonyme_reserve").
    """
    if not est_responsable(poste):
        raise SaisieRefusee("homonyme_reserve")
    dit = brouillon.homonyme
    exactes = {p.personne_id for p in personnes.par_cle(poste.base, dit.cle)} if dit is not None else set()
    autres = tuple(autre for autre in brouillon.autre_personne if autre not in exactes)
    sans = replace(brouillon, homonyme=None, autre_personne=autres)
    brouillons.enregistrer(poste.base, sans)
    return sans


def note_de(poste: Poste, personne_id: str) -> HomonymeNote | None:
    """What is said of a recorded person, the latest word in effect; None when nothing is, or a merge made it idle."""
    notes = personnes.homonymes_notes(poste.base, personne_id)
    if not notes or not personnes.homonymes_de(poste.base, personne_id):
        return None
    dit = notes[-1].homonyme
    agent = agents.get(poste.base, dit.agent)
    cle = personnes.cle_de(poste.base, personne_id)
    return HomonymeNote(
        personne_id,
        dit.motif,
        dit.texte,
        agent.nom if agent is not None else "",
        dit.le,
        _total(pass_recus(poste, personne_id, cle).tous),
        _total(pass_recus(poste, personne_id, cle, sans_parole=True).tous),
        choisir(reglements(poste), poste.horloge.aujourdhui()).plafond.valeur,
        est_responsable(poste),
    )


def retirer_homonyme(poste: Poste, personne_id: str, motif: str) -> None:
    """Takes back what was said of a recorded person: everything counts again, here and at the Region.

    What was awarded stays awarded. The drafts on this person forget it too. Raises SaisieRefusee: "homonyme_reserve",
    "homonyme_sans_motif", "homonyme_absent" (nothing is said of this person any more).
    """
    if not est_responsable(poste):
        raise SaisieRefusee("homonyme_reserve")
    if motif not in MOTIFS_RETRAIT:
        raise SaisieRefusee("homonyme_sans_motif")
    with poste.base.acte(poste.agent_id) as acte:
        fiches = {note.fiche for note in personnes.homonymes_notes(poste.base, personne_id)}
        if not fiches:
            raise SaisieRefusee("homonyme_absent")
        for fiche in sorted(fiches):
            acte.inscrire("litige.noter", fiche, {"genre": RETRAIT, "motif": motif}, v=2)
        for garde in brouillons.lister(poste.base):
            if garde.brouillon.homonyme is not None and garde.brouillon.personne_id in fiches | {personne_id}:
                brouillons.enregistrer(poste.base, replace(garde.brouillon, homonyme=None))


def du_brouillon(poste: Poste, brouillon: Brouillon, cle: bytes | None) -> Homonyme | None:
    """What was said in this visit of the identity as it is typed now; None once it is another identity."""
    dit = brouillon.homonyme
    if dit is None or cle is None or dit.cle != cle or not est_responsable(poste, dit.agent):
        return None
    return dit


def part_de_la_personne(poste: Poste, brouillon: Brouillon, cle: bytes | None) -> Mapping[str, object]:
    """What the person's body adds, once: an erasure drops it with the identity."""
    dit = du_brouillon(poste, brouillon, cle)
    deja = personnes.homonymes_de(poste.base, brouillon.personne_id) if brouillon.personne_id else {}
    if dit is None or dit.cle in deja:
        return {}
    return {"homonyme": {"motif": dit.motif, "texte": dit.texte, "agent": dit.agent, "le": dit.le}}


def part_de_l_attribution(poste: Poste, personne_id: str, cle: bytes | None) -> Mapping[str, str]:
    """What the body of an award adds: the reason's code alone, nothing personal."""
    motif = personnes.homonymes_de(poste.base, personne_id).get(cle) if cle else None
    return {"homonyme": motif} if motif else {}


def provenance(poste: Poste, brouillon: Brouillon, cle: bytes | None) -> Provenance:
    """Where the pass counted come from, and whether somebody may say that they are another person's."""
    dit = du_brouillon(poste, brouillon, cle)
    deja = personnes.homonymes_de(poste.base, brouillon.personne_id) if brouillon.personne_id else {}
    recus = pass_recus(poste, brouillon.personne_id, cle, homonyme=dit is not None)
    contact = envoi.etat(poste.base).contact
    return Provenance(
        _total(recus.ici),
        _total(recus.ailleurs),
        contact.astimezone().date().isoformat() if contact else "",
        _par_identite(poste, brouillon, cle) if recus.tous and cle else 0,
        dit.motif if dit else deja.get(cle or b"", ""),
        est_responsable(poste),
        dit is not None and cle not in deja,
    )


def _par_identite(poste: Poste, brouillon: Brouillon, cle: bytes) -> int:
    """Pass that count by the names and the birth date alone: what would not count, were they another person's."""
    tous = pass_recus(poste, brouillon.personne_id, cle).tous
    return _total(tous) - _total(pass_recus(poste, brouillon.personne_id, cle, homonyme=True).tous)


def _total(anterieurs: Sequence[Anterieur]) -> int:
    return sum(anterieur.nombre for anterieur in anterieurs)
