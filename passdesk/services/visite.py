"""The visit: what is typed is kept, judged at once, and ends in an award, an answer, or a request to complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.demande import Dossier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import Decision, age_le, evaluer, exigences
from passdesk.domain.faits import ecrire_faits, faits_decision
from passdesk.domain.personne import Personne
from passdesk.domain.reglement import choisir
from passdesk.domain.saisie_date import lire_date
from passdesk.domain.visite import Apercu, Brouillon, CarnetAttribue, Ressemblance, VisiteOuverte
from passdesk.services import homonyme, levee
from passdesk.services.anterieurs import PassRecus, carnets_recus, pass_recus, totaux
from passdesk.services.consultations import regarder
from passdesk.services.dossier import Lecture, etablissement_demande, lire_brouillon
from passdesk.services.empechement import empechement
from passdesk.services.fiche import (
    brouillon_de,
    corps_personne,
    effacee,
    exiger_libre,
    personne_du_brouillon,
    propre,
    reunie,
)
from passdesk.services.habitudes import prescripteur_habituel, retenir
from passdesk.services.justificatifs import constater, oublier
from passdesk.services.poste import POT, Poste, campagne_courante, marquer, stock_total
from passdesk.services.reglements import reglements
from passdesk.services.stock import derniere_remise
from passdesk.services.tirages import dernier_tirage
from passdesk.storage import brouillons, carnets, demandes, lots, personnes, proches
from passdesk.storage.acte import Acte

ETAPES = {
    Etat.ATTRIBUE: "a_imprimer",
    Etat.A_CONFIRMER_IMPRESSION: "a_confirmer",
    Etat.IMPRIME: "a_remettre",
}


def ouvrir_visite(poste: Poste, personne_id: str | None = None) -> Brouillon:
    """A new draft: empty, or with what is known of a person already recorded. Not kept until something is typed."""
    aujourdhui = _ecrire_date(poste.horloge.aujourdhui())
    # Counts, and shows, once the visit is said to be accompanied.
    qui = prescripteur_habituel(poste)
    vide = Brouillon(poste.base.nouvel_id(), arrivee_le=aujourdhui, prescripteur=qui)
    personne = regarder(poste, personnes.get(poste.base, personne_id) if personne_id else None)
    return vide if personne is None else adopter(vide, personne)


def adopter(brouillon: Brouillon, personne: Personne) -> Brouillon:
    """The draft with the identity of a person already recorded: "it is the same person"."""
    return brouillon_de(brouillon, personne)


def reprendre(poste: Poste, brouillon_id: str) -> Brouillon | None:
    """The draft as it was left, or None."""
    return regarder(poste, brouillons.get(poste.base, brouillon_id))


def noter(poste: Poste, brouillon: Brouillon) -> None:
    """Keeps the draft; once this returns it survives a power cut.

    A copy older than what was recorded of the visit takes its ids; once the visit is over, or the person erased,
    there is nothing to keep.
    """
    with poste.base.ecriture():
        suite = _suite(poste, reunie(poste, brouillon))
        if suite is not None and not effacee(poste, suite.personne_id):
            brouillons.enregistrer(poste.base, suite)


def _suite(poste: Poste, brouillon: Brouillon) -> Brouillon | None:
    """The draft with the ids it was recorded under, None once its request has its answer."""
    deja = demandes.get(poste.base, brouillon.demande_id or brouillon.brouillon_id)
    if deja is None:
        return brouillon
    if deja.etat in demandes.CLOSES:
        return None
    return replace(brouillon, personne_id=brouillon.personne_id or deja.personne_id, demande_id=deja.demande_id)


def abandonner(poste: Poste, brouillon_id: str) -> None:
    """Drops a draft. A request already recorded is closed as given up; nothing recorded disappears."""
    brouillon = brouillons.get(poste.base, brouillon_id)
    if brouillon is None:
        return
    with poste.base.acte(poste.agent_id) as acte:
        if brouillon.demande_id is not None and brouillon.personne_id is not None:
            acte.inscrire("demande.abandonner", brouillon.personne_id, {"demande": brouillon.demande_id})
        brouillons.supprimer(poste.base, brouillon_id)
        oublier(poste, brouillon_id)


def apprecier(poste: Poste, brouillon: Brouillon) -> Apercu:
    """All that can be said of a draft right now; changes nothing."""
    lecture = lire_brouillon(brouillon, (), poste.horloge.aujourdhui(), reglements=reglements(poste))
    cle = _cle(poste, brouillon, lecture)
    recus = _recus(poste, brouillon, cle)
    decision = possible = None
    if lecture.dossier is not None:
        dossier, possible = levee.lever(poste, brouillon, replace(lecture.dossier, anterieurs=recus.tous))
        decision = evaluer(dossier, reglements(poste))
    arrivee = lire_date(brouillon.arrivee_le, poste.horloge.aujourdhui()).date or poste.horloge.aujourdhui()
    reglement = choisir(reglements(poste), arrivee)
    jour = reglement.jour_de_l_age(arrivee)
    pot = reglement.pot(brouillon.public) if brouillon.public else POT
    return Apercu(
        decision=decision,
        questions=lecture.questions,
        erreurs=lecture.erreurs,
        pass_anterieurs=sum(a.nombre for a in recus.tous),
        ressemblances=_ressemblances(poste, brouillon, lecture, cle),
        exigences=exigences(brouillon.public, reglement) if brouillon.public else (),
        stock=tuple(stock_total(poste, pot).items()),
        empechement=empechement(poste, decision, reglement, brouillon.public),
        age=age_le(lecture.naissance, jour, reglement.anniversaire_29_fevrier.valeur) if lecture.naissance else None,
        etablissement_demande=etablissement_demande(brouillon.public, reglement),
        provenance=homonyme.provenance(poste, brouillon, cle),
        age_au=jour if jour != arrivee else None,
        derogation=possible,
        dates_jusqu_au=reglement.dates_acceptees_jusqu_au.valeur,
        derniere_remise=derniere_remise(poste, pot, decision.carnets if decision is not None else ()),
        recus=carnets_recus(poste, recus, decision),
    )


def juger(poste: Poste, brouillon: Brouillon) -> tuple[Dossier, Decision]:
    """What the draft would be answered now, and on what; changes nothing. Raises SaisieRefusee("dossier_inacheve")."""
    lecture = lire_brouillon(brouillon, (), poste.horloge.aujourdhui(), reglements=reglements(poste))
    dossier = _dossier(poste, brouillon, lecture, _cle(poste, brouillon, lecture))
    return dossier, evaluer(dossier, reglements(poste))


def attribuer(poste: Poste, brouillon: Brouillon) -> CarnetAttribue:
    """Records person, request, proofs and award in one transaction, with a number of this desk's lot.

    Raises SaisieRefusee: "decision_changee" when the answer is no longer *accord*, "visite_terminee" when this very
    visit has its answer already, or the code of what keeps this desk from awarding. Nothing is recorded then, and the
    draft stays.
    """
    aujourdhui, brouillon = poste.horloge.aujourdhui(), reunie(poste, brouillon)
    lecture = lire_brouillon(brouillon, (), aujourdhui, reglements=reglements(poste))
    cle = _cle(poste, brouillon, lecture)
    with poste.base.acte(poste.agent_id) as acte:
        brouillon = _ouverte(poste, brouillon)
        dossier = _dossier(poste, brouillon, lecture, cle)
        decision = evaluer(dossier, reglements(poste))
        if decision.issue != "accord":
            raise SaisieRefusee("decision_changee")
        reglement = choisir(reglements(poste), dossier.arrivee_le)
        pot = reglement.pot(dossier.public)
        campagne = campagne_courante(poste, pot, decision.carnets)
        obstacle = empechement(poste, decision, reglement, dossier.public)
        if obstacle is not None or campagne is None:
            raise SaisieRefusee(obstacle or "campagne_absente")
        faits = ecrire_faits(faits_decision(dossier, decision, reglements(poste), brouillon.derogation))
        personne, demande_id, faits_id = _enregistrer(poste, acte, brouillon, lecture, dossier, cle, faits)
        attribution_id = acte.nouvel_id()
        pris = []
        for taille in decision.carnets:
            libre = lots.numero_libre(poste.base, campagne.numero, taille, pot, aujourdhui)
            if libre is None:
                raise SaisieRefusee("reserve_epuisee_poste", taille=taille)
            pris.append(
                {
                    "campagne": campagne.numero,
                    "numero": libre.numero,
                    "taille": taille,
                    "dernier_jour": campagne.dernier_jour.isoformat(),
                    "kid": libre.kid,
                    "pot": libre.pot,
                }
            )
        acte.inscrire(
            "attribution.accorder",
            personne.personne_id,
            {
                "attribution": attribution_id,
                "demande": demande_id,
                "pass": decision.pass_accordes,
                "reste": decision.reste,
                "carnets": pris,
                "anterieurs": [{"pass": a.nombre, "le": a.le.isoformat()} for a in dossier.anterieurs],
                "le": aujourdhui.isoformat(),
                **homonyme.part_de_l_attribution(poste, personne.personne_id, cle),
                **_decision_prise(poste, dossier, decision, faits_id),
            },
        )
        brouillons.supprimer(poste.base, brouillon.brouillon_id)
        oublier(poste, demande_id)
        accordes = carnets.par_attribution(poste.base, attribution_id)
    # Before any paper: a base put back to an earlier day must not give these numbers again.
    marquer(poste)
    return CarnetAttribue(accordes[0].carnet, personne, attribution_id)


def garder(poste: Poste, brouillon: Brouillon) -> Brouillon | None:
    """Records person, request, proofs and the answer when it is *incomplet* or *refus*.

    An incomplete request keeps its day of arrival and its draft, returned with the ids, to be completed later; a
    refused one is closed (None). Raises SaisieRefusee: "decision_changee" when the answer is now *accord*,
    "visite_terminee".
    """
    brouillon = reunie(poste, brouillon)
    lecture = lire_brouillon(brouillon, (), poste.horloge.aujourdhui(), reglements=reglements(poste))
    cle = _cle(poste, brouillon, lecture)
    with poste.base.acte(poste.agent_id) as acte:
        brouillon = _ouverte(poste, brouillon)
        dossier = _dossier(poste, brouillon, lecture, cle)
        decision = evaluer(dossier, reglements(poste))
        if decision.issue == "accord":
            raise SaisieRefusee("decision_changee")
        faits = ecrire_faits(faits_decision(dossier, decision, reglements(poste), brouillon.derogation))
        personne, demande_id, faits_id = _enregistrer(poste, acte, brouillon, lecture, dossier, cle, faits)
        acte.inscrire(
            "attribution.refuser",
            personne.personne_id,
            {
                "demande": demande_id,
                "issue": decision.issue,
                "le": poste.horloge.aujourdhui().isoformat(),
                **_decision_prise(poste, dossier, decision, faits_id),
            },
        )
        if decision.issue == "refus":
            brouillons.supprimer(poste.base, brouillon.brouillon_id)
            oublier(poste, demande_id)
            return None
        garde = replace(brouillon, personne_id=personne.personne_id, demande_id=demande_id)
        brouillons.enregistrer(poste.base, garde)
        oublier(poste, demande_id)
        return garde


def visites_ouvertes(poste: Poste) -> tuple[VisiteOuverte, ...]:
    """What is in progress: papers first (a carnet may be lying in a printer), then drafts, latest first."""
    lignes = []
    for suivi in carnets.en_attente_de_papier(poste.base):
        personne = personnes.get(poste.base, suivi.carnet.personne_id)
        titre = personne.nom_courant if personne else ""
        lignes.append(VisiteOuverte(ETAPES[suivi.carnet.etat], titre, None, suivi.carnet, suivi.depuis))
    for garde in brouillons.lister(poste.base):
        etape = "a_completer" if garde.brouillon.demande_id else "saisie"
        lignes.append(VisiteOuverte(etape, garde.brouillon.titre, garde.brouillon.brouillon_id, None, garde.modifie))
    return tuple(lignes)


def carnet_attribue(poste: Poste, campagne: int, numero: int) -> CarnetAttribue:
    """A carnet already awarded here, with its person: to take its paper up again. Raises SaisieRefusee."""
    carnet = _carnet(poste, campagne, numero)
    personne = regarder(poste, personnes.get(poste.base, carnet.personne_id))
    personne = personne or Personne(carnet.personne_id, "", "")
    return CarnetAttribue(carnet, personne, carnet.attribution_id, dernier_tirage(poste, carnet))


def _carnet(poste: Poste, campagne: int, numero: int) -> Carnet:
    carnet = carnets.get(poste.base, campagne, numero)
    if carnet is None:
        raise SaisieRefusee("carnet_inconnu")
    return carnet


def _ecrire_date(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"


def _cle(poste: Poste, brouillon: Brouillon, lecture: Lecture) -> bytes | None:
    """The blind key of the identity typed, None while it is not complete or the desk is not enrolled."""
    if lecture.naissance is None or not brouillon.nom_naissance.strip() or not brouillon.prenoms.strip():
        return None
    return poste.cle_de_la_personne(brouillon.nom_naissance, brouillon.prenoms, lecture.naissance)


def _recus(poste: Poste, brouillon: Brouillon, cle: bytes | None) -> PassRecus:
    """Pass already received by the identity typed and by the person chosen, each counted once."""
    dit = homonyme.du_brouillon(poste, brouillon, cle) is not None
    return pass_recus(poste, brouillon.personne_id, cle, homonyme=dit)


def _ouverte(poste: Poste, brouillon: Brouillon) -> Brouillon:
    """The draft of a visit that still waits for its answer.

    Raises SaisieRefusee: "visite_terminee", "personne_absente" (erased since), "fiche_limitee".
    """
    suite = _suite(poste, brouillon)
    if suite is None:
        raise SaisieRefusee("visite_terminee")
    exiger_libre(poste, suite.personne_id)
    return suite


def _dossier(poste: Poste, brouillon: Brouillon, lecture: Lecture, cle: bytes | None) -> Dossier:
    if lecture.dossier is None or any(champ != "telephone" for champ, _ in lecture.erreurs):
        raise SaisieRefusee("dossier_inacheve")
    return levee.lever(poste, brouillon, replace(lecture.dossier, anterieurs=_recus(poste, brouillon, cle).tous))[0]


def _ressemblances(poste: Poste, brouillon: Brouillon, lecture: Lecture, cle: bytes | None) -> tuple[Ressemblance, ...]:
    """Persons recorded here who may be the one being typed; exact hits first. None once the person is chosen."""
    if brouillon.personne_id is not None or not brouillon.nom_naissance.strip():
        return ()
    base = poste.base
    exactes = personnes.par_cle(base, cle) if cle else ()
    typee = personne_du_brouillon(brouillon, "", lecture.naissance)
    lues = {proche.personne.personne_id: proche for proche in proches.proches(base, typee)}
    connues = {p.personne_id: p for p in (*exactes, *(proche.personne for proche in lues.values()))}
    ids_exacts = {p.personne_id for p in exactes}
    # Those of other desks too: the answer may change the right, and nobody may have more than the cap in silence.
    recus = totaux(poste, tuple(connues))
    return tuple(
        Ressemblance(
            p,
            recus[ident],
            ident in ids_exacts,
            lues[ident].rapprochement.indices if ident in lues else (),
        )
        for ident, p in connues.items()
        if ident not in brouillon.autre_personne
    )


def _enregistrer(
    poste: Poste,
    acte: Acte,
    brouillon: Brouillon,
    lecture: Lecture,
    dossier: Dossier,
    cle: bytes | None,
    faits: Mapping[str, Any],
) -> tuple[Personne, str, str]:
    """Person, request and proofs as operations; returns the person as recorded, the request's id and its operation's.

    `faits`: what the decision is made of, in the request's body, which an erasure drops (decision 0017).
    """
    personne_id = brouillon.personne_id or acte.nouvel_id()
    personne = personne_du_brouillon(brouillon, personne_id, lecture.naissance)
    dit = homonyme.part_de_la_personne(poste, brouillon, cle)
    sienne, ajout = propre(poste, personne, identite=True)
    corps = {**corps_personne(sienne, cle), **ajout, **dit}
    if brouillon.personne_id is None:
        acte.inscrire("personne.enregistrer", personne_id, corps)
    elif dit or personnes.get(poste.base, personne_id) != personne or personnes.cle_de(poste.base, personne_id) != cle:
        acte.inscrire("personne.modifier", personne_id, corps)

    # A visit has one request: the same draft, pressed twice, cannot make a second one.
    demande_id = brouillon.demande_id or brouillon.brouillon_id
    demande = {
        "demande": demande_id,
        "public": dossier.public,
        "etablissement": dossier.etablissement,
        "prescripteur": dossier.prescripteur,
        "arrivee_le": dossier.arrivee_le.isoformat(),
        "complementaire": dossier.complementaire,
        "canal": brouillon.canal,
        "commune": dossier.commune,
        "naissance": dossier.naissance.isoformat() if dossier.naissance else None,
        "faits": faits,
    }
    genre = "demande.completer" if brouillon.demande_id else "demande.deposer"
    entete = acte.inscrire(genre, personne_id, demande)
    constater(poste, acte, brouillon, dossier, personne_id, demande_id)
    retenir(poste, brouillon)
    return personne, demande_id, entete.op_id


def _decision_prise(poste: Poste, dossier: Dossier, decision: Decision, faits_id: str) -> dict[str, object]:
    """The decision as taken: reasons, the very règlement (id, SHA-256), and where its facts are, to be replayed."""
    reglement = choisir(reglements(poste), dossier.arrivee_le)
    return {
        "motifs": [motif.code for motif in decision.motifs],
        "reglement": reglement.id,
        "empreinte": reglement.empreinte,
        "faits": faits_id,
        **levee.part_de_l_attribution(decision),
    }
