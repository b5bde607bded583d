"""The letter that tells a person that a carnet is void, and which one takes its place. In memory only."""

from __future__ import annotations

from passdesk.domain.carnet import REMPLACABLES
from passdesk.domain.commune import Communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.apercu import render_pages
from passdesk.printing.lettre import papier_lettre
from passdesk.printing.lettre_carnet import TITRE_PDF, LettreCarnet, texte_lettre_carnet
from passdesk.printing.nom_imprime import LIGNE_A_LA_MAIN
from passdesk.protocol.serie import serie_carnet
from passdesk.services.impression import LARGEUR_APERCU, TELEPHONE_DEMONSTRATION
from passdesk.services.lettre import LettreDessinee, adresse
from passdesk.services.lieu_du_jour import nom_du_guichet
from passdesk.services.poste import TELEPHONE_AIDE, Poste
from passdesk.services.recepisse import numero_dossier
from passdesk.services.remplacement import obstacle, remplacant
from passdesk.storage import agents, attributions, campagnes, carnets, demandes, personnes
from passdesk.storage import poste as identite

CARNET_BLOQUE = "carnet_bloque"
"""What `LettreDessinee.issue` says of this letter, which answers no request."""


def lettre_du_carnet(poste: Poste, campagne: int, numero: int, communes: Communes | None = None) -> LettreCarnet:
    """What the letter of a void carnet says today. `communes`: to name the town of the address.

    Raises SaisieRefusee: "carnet_inconnu" (also one that is not void), "personne_inconnue".
    """
    suivi = carnets.suivi(poste.base, campagne, numero)
    connue = campagnes.get(poste.base, campagne)
    if suivi is None or connue is None or suivi.carnet.etat not in REMPLACABLES:
        raise SaisieRefusee("carnet_inconnu")
    carnet = suivi.carnet
    personne = personnes.get(poste.base, carnet.personne_id)
    attribution = attributions.get(poste.base, carnet.attribution_id)
    if personne is None or attribution is None:
        raise SaisieRefusee("personne_inconnue")
    demande = demandes.get(poste.base, attribution.demande_id)
    arrivee = demande.arrivee_le if demande is not None else None
    nouveau = remplacant(poste, carnet)
    agent = agents.get(poste.base, poste.agent_id)
    numero_aide = identite.lire_texte(poste.base, TELEPHONE_AIDE)
    return LettreCarnet(
        destinataire=adresse(personne, communes),
        dossier=numero_dossier(attribution.demande_id, arrivee or attribution.le),
        guichet=nom_du_guichet(poste) or "Guichet du pass numérique",
        telephone_aide=numero_aide or (TELEPHONE_DEMONSTRATION if connue.est_demonstration else ""),
        agent=agent.nom if agent is not None else "",
        le=poste.horloge.aujourdhui(),
        sans_valeur=connue.est_demonstration,
        gros="gros_caracteres" in personne.besoins,
        etat=carnet.etat.value,
        ancien=serie_carnet(campagne, numero),
        depuis_le=suivi.depuis.astimezone().date(),
        taille=carnet.taille,
        valeur_cents=connue.valeur_cents,
        dernier_jour=carnet.dernier_jour,
        nouveau=serie_carnet(nouveau.campagne, nouveau.numero) if nouveau is not None else "",
        remplacable=nouveau is None and obstacle(poste, carnet) is None,
        remis=carnet.remis_le is not None,
    )


def dessiner_lettre_carnet(contenu: LettreCarnet) -> LettreDessinee:
    """The pages, in memory; needs no base."""
    papier = papier_lettre(contenu, texte_lettre_carnet(contenu), TITRE_PDF)
    nom = f"carnet-bloque-{contenu.ancien.replace(' ', '-')}.pdf"
    a_la_main = LIGNE_A_LA_MAIN in contenu.destinataire
    return LettreDessinee(CARNET_BLOQUE, nom, papier, render_pages(papier.pdf, LARGEUR_APERCU), a_la_main)
