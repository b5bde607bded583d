"""What an incomplete request will give once its papers are there: the same evaluation, with perfect papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from passdesk.domain.demande import Anterieur, Derogation, Dossier, JustificatifPresente
from passdesk.domain.etablissement import lire_uai
from passdesk.domain.evaluation import evaluer
from passdesk.domain.reglement import Reglement
from passdesk.domain.saisie_date import lire_date, lire_naissance
from passdesk.domain.visite import Apercu, Brouillon


def carnets_ensuite(
    brouillon: Brouillon, apercu: Apercu, reglements: Sequence[Reglement], aujourdhui: date
) -> tuple[int, ...]:
    """Sizes of the carnets to come; empty unless the request is *incomplet* for its papers alone."""
    if apercu.decision is None or apercu.decision.issue != "incomplet" or brouillon.public is None:
        return ()
    arrivee = lire_date(brouillon.arrivee_le, aujourdhui).date
    if arrivee is None:
        return ()
    possible = apercu.derogation
    accordee = possible.accordee if possible is not None else None
    dossier = Dossier(
        id=brouillon.brouillon_id,
        naissance=lire_naissance(brouillon.naissance, aujourdhui).date,
        commune=brouillon.commune or None,
        public=brouillon.public,
        prescripteur=brouillon.prescripteur if brouillon.accompagnement else None,
        arrivee_le=arrivee,
        complementaire=brouillon.complementaire,
        justificatifs=tuple(JustificatifPresente(types[0], arrivee, arrivee) for types, _ in apercu.exigences),
        etablissement=lire_uai(brouillon.etablissement),
        anterieurs=tuple(Anterieur(5, arrivee) for _ in range(apercu.pass_anterieurs // 5)),
        derogation=Derogation(possible.par, accordee.raison) if possible is not None and accordee is not None else None,
    )
    return evaluer(dossier, reglements).carnets
