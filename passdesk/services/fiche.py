"""A person's file: from the form to the record, and corrected outside a visit; nothing else writes an identity."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.fusion import a_ecrire
from passdesk.domain.personne import BESOINS, Personne
from passdesk.domain.saisie_date import lire_naissance
from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste
from passdesk.storage import brouillons, fiches, personnes

CLE_LIMITATION = "limitation"
"""Under which a body of `personne.modifier` says that the file is limited, or is no more."""
TEXTES = (
    "nom_naissance", "prenoms", "nom_usage", "telephone", "lieu_naissance", "adresse", "complement_adresse",
    "code_postal", "courriel", "preference_contact", "langue", "note",
)  # fmt: skip
"""Fields of a person that are plain text, the same in a draft."""


def personne_du_brouillon(brouillon: Brouillon, personne_id: str, naissance: date | None) -> Personne:
    """The person typed in a draft, blanks at both ends left out; `naissance` as it was read."""
    textes = {champ: getattr(brouillon, champ).strip() for champ in TEXTES}
    besoins = tuple(besoin for besoin in BESOINS if besoin in brouillon.besoins)
    return Personne(personne_id, naissance=naissance, commune=brouillon.commune or None, besoins=besoins, **textes)


def brouillon_de(brouillon: Brouillon, personne: Personne) -> Brouillon:
    """The draft with everything known of a person, in place of what was typed."""
    return replace(
        brouillon,
        personne_id=personne.personne_id,
        naissance=f"{personne.naissance:%d/%m/%Y}" if personne.naissance else "",
        commune=personne.commune or "",
        commune_saisie="",
        besoins=personne.besoins,
        homonyme=None,
        **{champ: getattr(personne, champ) for champ in TEXTES},
    )


def corps_personne(personne: Personne, cle: bytes | None) -> Mapping[str, Any]:
    """The body of `personne.enregistrer` and `personne.modifier`: the whole identity, with its blind key."""
    return {
        **{champ: getattr(personne, champ) for champ in TEXTES},
        "naissance": personne.naissance.isoformat() if personne.naissance else None,
        "commune": personne.commune,
        "besoins": list(personne.besoins),
        "cle": cle,
    }


def cle_de(poste: Poste, personne: Personne) -> bytes | None:
    """The blind key of a person as written; None while the identity is not complete or the desk is not enrolled."""
    if personne.naissance is None or not personne.nom_naissance or not personne.prenoms:
        return None
    return poste.cle_de_la_personne(personne.nom_naissance, personne.prenoms, personne.naissance)


def propre(poste: Poste, typee: Personne, *, identite: bool = False) -> tuple[Personne, Mapping[str, Any]]:
    """What is written of a person typed, nothing of what the records merged into it tell; what the body adds."""
    reunion = personnes.reunion(poste.base, typee.personne_id)
    if reunion is None:
        return typee, {}
    ecrite, ecartes = a_ecrire(typee, reunion, identite=identite)
    return ecrite, {"ecartes": list(ecartes)} if ecartes else {}


def modifier(poste: Poste, personne: Personne) -> Personne:
    """Records a person corrected outside a visit; the same again records nothing. Returns the person as recorded.

    The visits open on this person follow, where nothing else was typed. Raises SaisieRefusee: "personne_absente"
    (erased, or never recorded here), "identite_sans_nom", "fiche_limitee".
    """
    if not personne.nom_naissance or not personne.prenoms:
        raise SaisieRefusee("identite_sans_nom")
    sienne, ajout = propre(poste, personne)
    cle = cle_de(poste, sienne)
    with poste.base.acte(poste.agent_id) as acte:
        connue = personnes.get(poste.base, personne.personne_id)
        if connue is None or connue.personne_id != personne.personne_id:
            raise SaisieRefusee("personne_absente")
        refuser_si_limitee(poste, personne.personne_id)
        if connue != personne or personnes.cle_de(poste.base, personne.personne_id) != cle:
            acte.inscrire("personne.modifier", personne.personne_id, {**corps_personne(sienne, cle), **ajout})
            suivre(poste, connue, personne)
        fiches.supprimer(poste.base, personne.personne_id)
    return personne


def effacee(poste: Poste, personne_id: str | None) -> bool:
    """True for a person who was recorded here and erased: no page still open may write their identity again."""
    return personne_id is not None and personnes.est_effacee(poste.base, personne_id)


def est_limitee(poste: Poste, personne_id: str | None) -> bool:
    """True for a file that is limited (RGPD, article 18): nothing is added to it (`services.limitation`).

    The records merged into it are limited with it.
    """
    gardee = personnes.seule(poste.base, personne_id) if personne_id is not None else None
    dit = personnes.derniere_parole(poste.base, gardee.personne_id, CLE_LIMITATION) if gardee is not None else None
    return dit is not None and "levee" not in dit.valeur


def refuser_si_limitee(poste: Poste, *personnes_id: str | None) -> None:
    """Raises SaisieRefusee("fiche_limitee") when one of these files is limited."""
    if any(est_limitee(poste, personne_id) for personne_id in personnes_id):
        raise SaisieRefusee("fiche_limitee")


def exiger_libre(poste: Poste, personne_id: str | None) -> None:
    """Raises SaisieRefusee: "personne_absente" (erased), "fiche_limitee"."""
    if effacee(poste, personne_id):
        raise SaisieRefusee("personne_absente")
    refuser_si_limitee(poste, personne_id)


def suivre(poste: Poste, avant: Personne, apres: Personne) -> None:
    """The drafts on this person, visits and correction, take what changed; another text typed in one of them stays."""
    for garde in brouillons.lister(poste.base):
        if garde.brouillon.personne_id == avant.personne_id:
            brouillons.enregistrer(poste.base, _suivi(garde.brouillon, avant, apres))
    corrigee = fiches.get(poste.base, avant.personne_id)
    if corrigee is not None:
        fiches.enregistrer(poste.base, _suivi(corrigee, avant, apres))


def _suivi(brouillon: Brouillon, avant: Personne, apres: Personne) -> Brouillon:
    vieux, neuf = (brouillon_de(brouillon, personne) for personne in (avant, apres))
    champs = {
        champ: getattr(neuf, champ)
        for champ in (*TEXTES, "naissance", "commune", "besoins")
        if getattr(brouillon, champ) == getattr(vieux, champ)
    }
    return replace(brouillon, **champs)


def reunie(poste: Poste, brouillon: Brouillon) -> Brouillon:
    """The draft on the record that its own was merged into since: what was typed stays, the rest is as known there.

    A page opened on a record says nothing until it is typed in: nobody can see it and keep the two apart.
    """
    if brouillon.personne_id is None:
        return brouillon
    sienne = personnes.telle(poste.base, brouillon.personne_id)
    gardee = personnes.get(poste.base, brouillon.personne_id)
    if sienne is None or gardee is None or gardee.personne_id == sienne.personne_id:
        return brouillon
    return replace(_suivi(brouillon, sienne, gardee), personne_id=gardee.personne_id)


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's file open to be corrected; `commencee`: it was left before it could be recorded."""

    brouillon: Brouillon = field(repr=False)
    commencee: bool = False


def ouvrir(poste: Poste, personne_id: str) -> Correction | None:
    """The file of a person, as it was left half corrected or as recorded; None once it was erased."""
    personne = personnes.get(poste.base, personne_id)
    if personne is None:
        return None
    commencee = fiches.get(poste.base, personne.personne_id)
    if commencee is not None:
        return Correction(commencee, commencee=True)
    return Correction(brouillon_de(Brouillon(f"fiche-{personne.personne_id}"), personne))


def garder(poste: Poste, brouillon: Brouillon) -> None:
    """Keeps a correction as typed; once this returns it survives a power cut. Nothing is kept of a person erased."""
    if not effacee(poste, brouillon.personne_id):
        fiches.enregistrer(poste.base, brouillon)


def laisser(poste: Poste, personne_id: str) -> None:
    """Drops a correction: the file stays as recorded."""
    fiches.supprimer(poste.base, personne_id)


def enregistrer(poste: Poste, brouillon: Brouillon) -> Personne:
    """Records a correction. Raises what `modifier` raises, and SaisieRefusee("naissance_a_revoir"); it is then kept."""
    lue = lire_naissance(brouillon.naissance, poste.horloge.aujourdhui())
    try:
        if brouillon.personne_id is None:
            raise SaisieRefusee("personne_absente")
        if lue.erreur is not None:
            raise SaisieRefusee("naissance_a_revoir")
        return modifier(poste, personne_du_brouillon(brouillon, brouillon.personne_id, lue.date))
    except SaisieRefusee:
        if brouillon.personne_id is not None and personnes.get(poste.base, brouillon.personne_id) is not None:
            fiches.enregistrer(poste.base, brouillon)
        raise


def enregistrer_ou_garder(poste: Poste, brouillon: Brouillon) -> None:
    """Records a correction that is left, or keeps it as typed when it cannot be recorded yet."""
    with contextlib.suppress(SaisieRefusee):
        enregistrer(poste, brouillon)
