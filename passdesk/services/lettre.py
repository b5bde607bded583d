"""The letter of a decision. It holds a name: it is made in memory, and nothing here writes it to the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.commune import Communes
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.pays import AUTRE, pays_du_code
from passdesk.domain.personne import Personne
from passdesk.printing.apercu import PageImage, render_pages
from passdesk.printing.lettre import Lettre, papier_lettre
from passdesk.printing.lettre_mots import texte_lettre
from passdesk.printing.nom_imprime import LIGNE_A_LA_MAIN, nom_ou_ligne
from passdesk.services.decision import DecisionPrise, derniere_decision, expliquer
from passdesk.services.impression import LARGEUR_APERCU, TELEPHONE_DEMONSTRATION
from passdesk.services.lieu_du_jour import nom_du_guichet
from passdesk.services.poste import TELEPHONE_AIDE, Poste, campagne_courante
from passdesk.services.recepisse import numero_dossier
from passdesk.services.reglages import adresse_recours
from passdesk.storage import campagnes, carnets, decisions
from passdesk.storage import poste as identite


@dataclass(frozen=True, slots=True)
class LettreDessinee:
    """A letter ready to be looked at, printed or saved. `nom_fichier`: proposed to the agent, no personal data.

    `nom_a_la_main`: the paper cannot write the name, and leaves a line for it.
    """

    issue: str
    nom_fichier: str
    papier: Papier
    apercus: tuple[PageImage, ...] = field(repr=False)
    nom_a_la_main: bool = False


def lettre(poste: Poste, decision_id: str, communes: Communes | None = None) -> Lettre:
    """What the letter of a decision says, as it was taken. `communes`: to name the town of the address.

    Raises SaisieRefusee: "decision_inconnue", "lettre_sans_faits" (erased, or never kept).
    """
    explication = expliquer(poste, decision_id)
    prise = explication.prise
    if prise.faits is None or prise.personne is None:
        raise SaisieRefusee("lettre_sans_faits")
    demonstration, dernier_jour, valeur = _campagne(poste, prise)
    numero = identite.lire_texte(poste.base, TELEPHONE_AIDE)
    dossier = prise.faits.dossier
    return Lettre(
        destinataire=adresse(prise.personne, communes),
        dossier=numero_dossier(prise.demande_id, dossier.arrivee_le),
        guichet=nom_du_guichet(poste) or "Guichet du pass numérique",
        telephone_aide=numero or (TELEPHONE_DEMONSTRATION if demonstration else ""),
        agent=prise.agent,
        le=prise.le,
        arrivee_le=dossier.arrivee_le,
        decision=prise.faits.decision,
        examen=explication.examen,
        pass_recus=sum(anterieur.nombre for anterieur in dossier.anterieurs),
        reglement=prise.titre or f"règlement {prise.reglement}",
        controle=prise.empreinte.hex()[:8].upper(),
        dernier_jour=dernier_jour,
        valeur_cents=valeur,
        adresse_recours=adresse_recours(poste),
        sans_valeur=demonstration,
        gros="gros_caracteres" in prise.personne.besoins,
        derogation=dossier.derogation.raison if dossier.derogation is not None else "",
    )


def lettre_de_demande(poste: Poste, demande_id: str, communes: Communes | None = None) -> Lettre:
    """The letter of the latest answer given to a request. Raises as `lettre`."""
    return lettre(poste, derniere_decision(poste, demande_id), communes)


def dessiner_lettre(contenu: Lettre) -> LettreDessinee:
    """The pages, in memory; needs no base."""
    papier = papier_lettre(contenu, texte_lettre(contenu))
    return LettreDessinee(
        contenu.decision.issue,
        f"lettre-{contenu.dossier}.pdf",
        papier,
        render_pages(papier.pdf, LARGEUR_APERCU),
        LIGNE_A_LA_MAIN in contenu.destinataire,
    )


def adresse(personne: Personne, communes: Communes | None) -> tuple[str, ...]:
    """The name, then the lines of the address that are known, the town in capitals; the name alone without a street.

    Outside France the town stands in the street's line, as typed; the country comes last, alone.
    """
    nom = nom_ou_ligne(f"{personne.prenoms} {(personne.nom_usage or personne.nom_naissance).upper()}".strip())
    if not personne.adresse:
        return (nom,)
    pays = pays_du_code(personne.commune)
    if pays is not None:
        nom_pays = pays.nom.upper() if pays.code != AUTRE else ""
        lignes = (nom, personne.complement_adresse, personne.adresse, personne.code_postal, nom_pays)
        return tuple(ligne for ligne in lignes if ligne)
    trouvee = communes.par_code(personne.commune) if communes is not None and personne.commune else None
    ville = f"{personne.code_postal} {trouvee.nom.upper() if trouvee is not None else ''}".strip()
    return tuple(ligne for ligne in (nom, personne.complement_adresse, personne.adresse, ville) if ligne)


def _campagne(poste: Poste, prise: DecisionPrise) -> tuple[bool, date | None, int]:
    """Whether the paper is worth nothing, the last day of the carnets awarded, the value of a pass in cents."""
    enregistree = decisions.get(poste.base, prise.decision_id)
    attribution = enregistree.attribution_id if enregistree is not None else None
    accordes = carnets.par_attribution(poste.base, attribution) if attribution else ()
    if accordes:
        carnet = accordes[0].carnet
        campagne = campagnes.get(poste.base, carnet.campagne)
        valeur = campagne.valeur_cents if campagne is not None else 1000
        return campagne is not None and campagne.est_demonstration, carnet.dernier_jour, valeur
    courante = campagne_courante(poste)
    return (courante.est_demonstration, None, courante.valeur_cents) if courante is not None else (False, None, 1000)
