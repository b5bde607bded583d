"""What an agent does at a desk: the program's own services, on people who go from desk to desk."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services import carnets, fiche, fusion, remise, visite
from passdesk.services.effacement import effacer_personne
from passdesk.services.homonyme import declarer_homonyme, retirer_homonyme
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.remplacement import remplacer
from passdesk.storage import personnes
from passdesk.storage.lecture import ligne, lignes
from tests.services.lyceens import LYCEE
from tests.simulation.temoin import Violation

if TYPE_CHECKING:
    from tests.simulation.guichet import Guichet
    from tests.simulation.monde import Monde


@dataclass(frozen=True, slots=True)
class Identite:
    """Names and birth date, as somebody gives them. Two persons may have the same."""

    nom: str
    prenoms: str
    naissance: date
    public: str


_NOMS = ("Dufresnoy", "Walbecq", "Ngoma", "Lemaire", "Carpentier", "Haddad", "Kowalski", "Petit", "Roussel", "Sauvage")
_PRENOMS = ("Maëlle", "Jean-Luc", "Awa", "Inès", "Ludovic", "Fatou")


def peuple(alea: random.Random) -> tuple[Identite, ...]:
    """Those who come to the desks of a history: few, so that they come again."""
    gens = []
    for rang in range(alea.randint(8, 16)):
        public = alea.choices(("demandeur_emploi", "senior", "lyceen"), (6, 3, 1))[0]
        annee = {"demandeur_emploi": 1985, "senior": 1950, "lyceen": 2010}[public]
        gens.append(Identite(_NOMS[rang % 10], _PRENOMS[rang % 6], date(annee, 1 + rang % 12, 1 + rang), public))
    return tuple(gens)


def accueillir(monde: Monde, guichet: Guichet) -> str:
    """A visit, from the first name to the answer."""
    poste, alea = guichet.ouvrir(), monde.alea
    identite = alea.choice(monde.gens)
    brouillon = _brouillon(poste, identite, alea)
    connues = personnes.par_cle(poste.base, _cle(poste, identite))
    if connues and alea.random() < 0.6:
        brouillon = replace(visite.adopter(brouillon, alea.choice(connues)), public=brouillon.public)
    try:
        return _attribuer(monde, guichet, brouillon, identite)
    except SaisieRefusee as refus:
        if refus.code != "decision_changee":
            return refus.code
    if alea.random() < 0.12 and not brouillon.personne_id:
        # The responsable says that the one known is somebody else of the same name.
        dit = declarer_homonyme(poste, brouillon, "identite_differente", "")
        monde.homonymes.add(identite)
        return f"homonyme_{_attribuer(monde, guichet, dit, identite)}"
    return "refus" if visite.garder(poste, brouillon) is None else "incomplet"


def _attribuer(monde: Monde, guichet: Guichet, brouillon: Brouillon, identite: Identite) -> str:
    poste = guichet.ouvrir()
    attribue = visite.attribuer(poste, brouillon)
    if identite not in monde.homonymes:
        _juger_le_plafond_connu(guichet, _cle(poste, identite))
    return f"accord_{attribue.carnet.taille}"


def _juger_le_plafond_connu(guichet: Guichet, cle: bytes) -> None:
    """What this desk knows already is never passed over: its own carnets, and the Region's index of the others'."""
    base = guichet.ouvrir().base
    ici = ligne(
        base,
        "SELECT coalesce(sum(c.taille), 0) AS n FROM carnet c JOIN personne p ON p.personne_id = c.personne_id "
        "JOIN attribution a ON a.attribution_id = c.attribution_id WHERE p.cle = ? AND a.remplace_numero IS NULL "
        "AND c.etat NOT IN ('annule', 'gache') AND NOT (c.etat = 'retourne' AND c.remis_le IS NULL)",
        [cle],
    )
    sql = "SELECT coalesce(sum(pass), 0) AS n FROM index_regional WHERE cle = ? AND poste <> ?"
    ailleurs = ligne(base, sql, [cle, guichet.device])
    total = (ici or {"n": 0})["n"] + (ailleurs or {"n": 0})["n"]
    if total > 10:
        raise Violation("plafond_connu", f"{guichet.nom} awards up to {total} pass that it knows of")


def _brouillon(poste: Poste, identite: Identite, alea: random.Random) -> Brouillon:
    aujourdhui = poste.horloge.aujourdhui()
    recent = f"{aujourdhui - timedelta(days=alea.choice((3, 20, 20, 20, 140))):%d/%m/%Y}"
    accompagne = identite.public != "lyceen" and alea.random() < 0.5
    pieces = [PieceSaisie("piece_identite", True), PieceSaisie("justificatif_domicile", True, recent)]
    if identite.public == "demandeur_emploi":
        pieces.append(PieceSaisie("attestation_france_travail", True, recent))
    return replace(
        visite.ouvrir_visite(poste),
        nom_naissance=identite.nom,
        prenoms=identite.prenoms,
        naissance=f"{identite.naissance:%d/%m/%Y}",
        commune="59249",
        telephone="",
        public=identite.public,
        etablissement=LYCEE if identite.public == "lyceen" else "",
        accompagnement=accompagne,
        prescripteur="france_services" if accompagne else None,
        complementaire=not accompagne and alea.random() < 0.5,
        pieces=tuple(pieces) if alea.random() < 0.95 else (),
    )


def _cle(poste: Poste, identite: Identite) -> bytes:
    cle = poste.cle_de_la_personne(identite.nom, identite.prenoms, identite.naissance)
    assert cle is not None
    return cle


def sur_un_carnet(monde: Monde, guichet: Guichet) -> str:
    """The next thing that can happen to one of the carnets of this desk."""
    poste, alea = guichet.ouvrir(), monde.alea
    siens = lignes(poste.base, "SELECT campagne, numero, etat FROM carnet ORDER BY campagne, numero", [])
    if not siens:
        return "aucun_carnet"
    carnet = alea.choice(siens)
    campagne, numero, etat = carnet["campagne"], carnet["numero"], Etat(carnet["etat"])
    choix = alea.random()
    if (etat is Etat.ATTRIBUE and choix < 0.75) or (etat is Etat.IMPRIME and choix < 0.1):
        lancer_impression(poste, campagne, numero)
        monde.tracer("imprime", guichet.nom, campagne, numero)
        if choix < 0.1:
            return "impression_a_confirmer"
        return _confirmer(poste, campagne, numero, alea)
    if etat is Etat.A_CONFIRMER_IMPRESSION:
        return _confirmer(poste, campagne, numero, alea)
    if etat is Etat.IMPRIME and choix < 0.8:
        remise.remettre(poste, campagne, numero, poste.horloge.aujourdhui())
        return "remis"
    if etat is Etat.REMIS and choix < 0.2:
        remise.annuler_remise(poste, campagne, numero)
        return "remise_annulee"
    if etat in (Etat.PERDU, Etat.VOLE, Etat.RETOURNE):
        remplacer(poste, campagne, numero)
        return "remplace"
    actes = carnets.fiche_carnet(poste, campagne, numero).actes
    if not actes:
        return "carnet_sans_acte"
    acte = alea.choice(actes)
    carnets.agir(poste, campagne, numero, acte, "taché")
    return acte


def _confirmer(poste: Poste, campagne: int, numero: int, alea: random.Random) -> str:
    if alea.random() < 0.8:
        repondre(poste, campagne, numero, "tout")
        return "imprime"
    repondre(poste, campagne, numero, "rien")
    return "impression_ratee"


def sur_une_fiche(monde: Monde, guichet: Guichet) -> str:
    """Something about a person: corrected, joined to another record, said a homonym no more, erased."""
    poste, alea = guichet.ouvrir(), monde.alea
    vivantes = lignes(
        poste.base,
        "SELECT personne_id, cle FROM personne WHERE efface = 0 AND fusionnee_dans IS NULL ORDER BY rang",
        [],
    )
    if not vivantes:
        return "aucune_fiche"
    choisie = alea.choice(vivantes)
    ident = choisie["personne_id"]
    geste = alea.choices(("modifier", "fusionner", "effacer", "homonyme_retire"), (3, 3, 3, 1))[0]
    if geste == "modifier":
        personne = personnes.get(poste.base, ident)
        assert personne is not None
        autre = alea.choice(monde.gens)
        corrigee = replace(personne, nom_naissance=autre.nom, prenoms=autre.prenoms, naissance=autre.naissance)
        fiche.modifier(poste, corrigee)
        monde.homonymes.add(autre)
        return "identite_corrigee"
    if geste == "fusionner":
        memes = [autre["personne_id"] for autre in vivantes if autre["personne_id"] != ident]
        if not memes:
            return "aucune_autre_fiche"
        fusion.fusionner(poste, ident, alea.choice(memes))
        monde.homonymes |= set(monde.gens)
        return "fusion"
    if geste == "homonyme_retire":
        retirer_homonyme(poste, ident, "par_megarde")
        return "homonyme_retire"
    effacer_personne(poste, ident)
    return "efface"


def rendre_un_lot(monde: Monde, guichet: Guichet) -> str:
    """A lot goes back to the Region, its numbers never awarded here any more."""
    poste = guichet.ouvrir()
    gardes = lignes(poste.base, "SELECT lot_id FROM lot WHERE rendu = 0 AND suivant <= dernier ORDER BY lot_id", [])
    if not gardes:
        return "aucun_lot"
    lot = monde.alea.choice(gardes)["lot_id"]
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("lot.rendre", lot, {"lot": lot})
    return "lot_rendu"


ACTES = ((accueillir, 50), (sur_un_carnet, 40), (sur_une_fiche, 7), (rendre_un_lot, 3))
"""What happens at a desk, and how often."""
