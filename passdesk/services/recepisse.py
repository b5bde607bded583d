"""The receipt of a hand-over. It holds a name: it is made in memory, and nothing here writes it to the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.apercu import PageImage, render_pages
from passdesk.printing.nom_imprime import LIGNE_A_LA_MAIN, nom_ou_ligne
from passdesk.printing.recepisse import Recepisse, papier_recepisse
from passdesk.protocol.serie import serie_carnet
from passdesk.services.impression import LARGEUR_APERCU, TELEPHONE_DEMONSTRATION
from passdesk.services.lieu_du_jour import nom_du_guichet
from passdesk.services.poste import TELEPHONE_AIDE, Poste
from passdesk.services.reglements import reglements
from passdesk.services.remise import carnet_a_remettre, exiger_jour
from passdesk.storage import attributions, campagnes, carnets, demandes, personnes
from passdesk.storage import poste as identite


@dataclass(frozen=True, slots=True)
class RecepisseDessine:
    """A receipt ready to be looked at, printed or saved. `nom_fichier`: proposed to the agent, no personal data.
    `remis_le`: the day that it bears.

    `nom_a_la_main`: the paper cannot write the name, and leaves a line for it.
    """

    nom_fichier: str
    remis_le: date
    papier: Papier
    apercu: PageImage = field(repr=False)
    nom_a_la_main: bool = False


def recepisse(poste: Poste, campagne: int, numero: int, le: date) -> Recepisse:
    """What the receipt of a carnet says; `le`: the day of the hand-over, as long as none is recorded.

    Raises SaisieRefusee: "carnet_inconnu", "personne_inconnue", "telephone_aide_absent", and before the hand-over all
    that would refuse it: nobody signs for a day that cannot be recorded.
    """
    carnet = carnets.get(poste.base, campagne, numero)
    connue = campagnes.get(poste.base, campagne)
    if carnet is None or connue is None:
        raise SaisieRefusee("carnet_inconnu")
    if carnet.remis_le is None:
        exiger_jour(poste, carnet_a_remettre(poste, campagne, numero), le)
    attribution = attributions.get(poste.base, carnet.attribution_id)
    personne = personnes.get(poste.base, carnet.personne_id)
    if attribution is None or personne is None:
        raise SaisieRefusee("personne_inconnue")
    telephone = identite.lire_texte(poste.base, TELEPHONE_AIDE)
    if telephone is None and not connue.est_demonstration:
        raise SaisieRefusee("telephone_aide_absent")
    demande = demandes.get(poste.base, attribution.demande_id)
    arrivee = demande.arrivee_le if demande is not None else None
    return Recepisse(
        personne=nom_ou_ligne(personne.nom_complet),
        dossier=numero_dossier(attribution.demande_id, arrivee or attribution.le),
        campagne_numero=campagne,
        serie_carnet=serie_carnet(campagne, numero),
        taille=carnet.taille,
        valeur_cents=connue.valeur_cents,
        dernier_jour=carnet.dernier_jour,
        remis_le=carnet.remis_le or le,
        guichet=nom_du_guichet(poste),
        telephone_aide=telephone or TELEPHONE_DEMONSTRATION,
        reglement=_jour_du_reglement(poste, attribution.reglement, attribution.le),
        motifs=attribution.motifs,
    )


def dessiner_recepisse(contenu: Recepisse) -> RecepisseDessine:
    """The sheet, in memory; needs no base."""
    papier = papier_recepisse(contenu)
    (apercu,) = render_pages(papier.pdf, LARGEUR_APERCU)
    nom_fichier = f"recepisse-{contenu.serie_carnet.replace(' ', '-')}.pdf"
    return RecepisseDessine(nom_fichier, contenu.remis_le, papier, apercu, contenu.personne == LIGNE_A_LA_MAIN)


def numero_dossier(demande_id: str, arrivee_le: date) -> str:
    """A short number for a request, "2026-3F2A-91C4": its year, then the end of its id, drawn at random."""
    fin = demande_id.replace("-", "")[-8:].upper()
    return f"{arrivee_le.year}-{fin[:4]}-{fin[4:]}"


def _jour_du_reglement(poste: Poste, identifiant: str, sinon: date) -> date:
    connus = (reglement for reglement in reglements(poste) if reglement.id == identifiant)
    reglement = next(connus, None)
    return reglement.executoire_le if reglement is not None else sinon
