"""What to have before the eyes when one calls the Region, on one sheet that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.domain.francais import date_longue, telephone, typographie
from passdesk.services.litiges import ActeEnSuspens, AVerifier, ReglementEcarte
from passdesk.ui import mots_cas
from passdesk.ui.a_verifier import textes

FICHIER = "appeler-la-region.pdf"


def papier_suspens(actes: Sequence[ActeEnSuspens], lu: AVerifier, le: date) -> DossierPapier:
    """The acts that the Region keeps aside, each with the number that it goes by."""
    lignes = [
        LigneDossier(textes.numero_acte(acte), f"{textes.sorte_acte(acte)}, {date_longue(acte.quand.date())}")
        for acte in actes
    ]
    raison = textes.EN_SUSPENS.get(actes[0].raison, textes.SUSPENS_AUTRE)
    return _papier(lu, le, (mots_cas.titre_suspens(actes), raison, textes.SUSPENS_SUR), "Les actes", lignes)


def papier_reglement(ecarte: ReglementEcarte, lu: AVerifier, le: date) -> DossierPapier:
    """A règlement that this desk does not apply, and why."""
    raison = textes.REGLEMENT_ECARTE.get(ecarte.raison, textes.REGLEMENT_DOUTEUX)
    lignes = [
        LigneDossier("Règlement", ecarte.reglement),
        LigneDossier("Envoi", str(ecarte.generation)),
        LigneDossier("Applicable le", date_longue(ecarte.executoire_le)),
    ]
    phrases = (mots_cas.titre_reglement(ecarte), raison, textes.REGLEMENT_SUR)
    return _papier(lu, le, phrases, "Le règlement", lignes)


def _papier(
    lu: AVerifier, le: date, phrases: Sequence[str], titre: str, lignes: Sequence[LigneDossier]
) -> DossierPapier:
    qui = (
        LigneDossier("Numéro d’aide", telephone(lu.telephone_aide) or textes.SANS_NUMERO),
        LigneDossier("Votre poste", lu.nom_poste),
    )
    faits = tuple(LigneDossier(ligne.nom, typographie(ligne.valeur)) for ligne in lignes)
    return DossierPapier(
        titre=textes.PAPIER_ENTETE,
        personne="",
        guichet=lu.nom_poste,
        telephone_aide=lu.telephone_aide,
        le=le,
        introduction=tuple(map(typographie, phrases)),
        rubriques=(Rubrique("À dire au téléphone", qui), Rubrique(titre, faits)),
    )
