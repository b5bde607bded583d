"""The summary of a visit: of its answer once recorded, else of what is typed. In memory only: it holds a name."""

from __future__ import annotations

from passdesk.domain.commune import Communes
from passdesk.domain.demande import Dossier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import Decision
from passdesk.domain.examen import ExigenceExaminee, examiner
from passdesk.domain.personne import Personne
from passdesk.domain.reglement import choisir
from passdesk.domain.visite import Brouillon
from passdesk.printing.apercu import render_pages
from passdesk.printing.lettre import papier_lettre
from passdesk.printing.nom_imprime import LIGNE_A_LA_MAIN
from passdesk.printing.resume import TITRE_PDF, CarnetResume, Resume, texte_resume
from passdesk.protocol.serie import serie_carnet
from passdesk.services.decision import decision_du_carnet, derniere_decision, expliquer
from passdesk.services.fiche import personne_du_brouillon
from passdesk.services.impression import LARGEUR_APERCU, TELEPHONE_DEMONSTRATION
from passdesk.services.lettre import LettreDessinee, adresse
from passdesk.services.lieu_du_jour import ici, nom_du_guichet
from passdesk.services.poste import TELEPHONE_AIDE, Poste, campagne_courante
from passdesk.services.recepisse import numero_dossier
from passdesk.services.reglements import reglements
from passdesk.services.visite import juger
from passdesk.storage import agents, carnets, decisions
from passdesk.storage import poste as identite

RESUME = "resume"
"""What `LettreDessinee.issue` says of this sheet."""


def resume_de_la_visite(poste: Poste, brouillon: Brouillon, communes: Communes | None = None) -> Resume:
    """The summary of what is typed, recorded or not. Raises SaisieRefusee("dossier_inacheve")."""
    dossier, decision = juger(poste, brouillon)
    personne = personne_du_brouillon(brouillon, brouillon.personne_id or "", dossier.naissance)
    examen = examiner(dossier, choisir(reglements(poste), dossier.arrivee_le))
    demande = brouillon.demande_id or brouillon.brouillon_id
    return _resume(poste, demande, personne, dossier, decision, examen, (), communes, enregistre=False)


def resume_de_la_demande(poste: Poste, demande_id: str, communes: Communes | None = None) -> Resume:
    """The summary of the latest answer to a request. Raises SaisieRefusee: "decision_inconnue", "lettre_sans_faits"."""
    return _de_la_decision(poste, derniere_decision(poste, demande_id), communes)


def resume_du_carnet(poste: Poste, campagne: int, numero: int, communes: Communes | None = None) -> Resume:
    """The summary of the visit that gave a carnet. Raises SaisieRefusee: "carnet_inconnu", "lettre_sans_faits"."""
    return _de_la_decision(poste, decision_du_carnet(poste, campagne, numero), communes)


def dessiner_resume(contenu: Resume) -> LettreDessinee:
    """The sheet, in memory; needs no base."""
    papier = papier_lettre(contenu, texte_resume(contenu), TITRE_PDF)
    a_la_main = LIGNE_A_LA_MAIN in contenu.destinataire
    nom = f"resume-{contenu.dossier}.pdf"
    return LettreDessinee(RESUME, nom, papier, render_pages(papier.pdf, LARGEUR_APERCU), a_la_main)


def _de_la_decision(poste: Poste, decision_id: str, communes: Communes | None) -> Resume:
    explication = expliquer(poste, decision_id)
    prise, enregistree = explication.prise, decisions.get(poste.base, decision_id)
    if prise.faits is None or prise.personne is None:
        raise SaisieRefusee("lettre_sans_faits")
    attribution = enregistree.attribution_id if enregistree is not None else None
    donnes = carnets.par_attribution(poste.base, attribution) if attribution else ()
    remis = tuple(
        CarnetResume(serie_carnet(c.campagne, c.numero), c.taille, c.dernier_jour, c.remis_le)
        for c in (suivi.carnet for suivi in donnes)
    )
    faits = prise.faits
    return _resume(
        poste, prise.demande_id, prise.personne, faits.dossier, faits.decision, explication.examen, remis, communes
    )


def _resume(
    poste: Poste,
    demande_id: str,
    personne: Personne,
    dossier: Dossier,
    decision: Decision,
    examen: tuple[ExigenceExaminee, ...],
    remis: tuple[CarnetResume, ...],
    communes: Communes | None,
    *,
    enregistre: bool = True,
) -> Resume:
    campagne, agent, endroit = campagne_courante(poste), agents.get(poste.base, poste.agent_id), ici(poste)
    essai = campagne is not None and campagne.est_demonstration
    return Resume(
        destinataire=adresse(personne, communes),
        dossier=numero_dossier(demande_id, dossier.arrivee_le),
        guichet=nom_du_guichet(poste) or "Guichet du pass numérique",
        telephone_aide=identite.lire_texte(poste.base, TELEPHONE_AIDE) or (TELEPHONE_DEMONSTRATION if essai else ""),
        agent=agent.nom if agent is not None else "",
        le=poste.horloge.aujourdhui(),
        sans_valeur=essai,
        gros="gros_caracteres" in personne.besoins,
        arrivee_le=dossier.arrivee_le,
        public=dossier.public,
        prescripteur=dossier.prescripteur,
        complementaire=dossier.complementaire,
        pieces=dossier.justificatifs,
        decision=decision,
        examen=examen,
        carnets=remis,
        valeur_cents=campagne.valeur_cents if campagne is not None else 1000,
        enregistre=enregistre,
        fait_a=endroit.nom if endroit is not None else "",
    )
