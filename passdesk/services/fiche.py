"""A person's file: from the form to the record, and corrected outside a visit; nothing else writes an identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import BESOINS, Personne
from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste
from passdesk.storage import personnes

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


def modifier(poste: Poste, personne: Personne) -> Personne:
    """Records a person corrected outside a visit; the same again records nothing. Returns the person as recorded.

    Raises SaisieRefusee: "personne_absente" (erased, or never recorded here), "identite_sans_nom".
    """
    if not personne.nom_naissance or not personne.prenoms:
        raise SaisieRefusee("identite_sans_nom")
    cle = cle_de(poste, personne)
    with poste.base.acte(poste.agent_id) as acte:
        connue = personnes.get(poste.base, personne.personne_id)
        if connue is None or connue.personne_id != personne.personne_id:
            raise SaisieRefusee("personne_absente")
        if connue != personne or personnes.cle_de(poste.base, personne.personne_id) != cle:
            acte.inscrire("personne.modifier", personne.personne_id, corps_personne(personne, cle))
    return personne
