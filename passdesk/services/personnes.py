"""The persons of this desk: found by whatever one has of them, and shown with all that happened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from passdesk.domain.accompagnement import Accompagnement, ChoixAccompagnement
from passdesk.domain.carnet import REMPLACABLES, Carnet
from passdesk.domain.commune import Communes
from passdesk.domain.demande import Constat
from passdesk.domain.evaluation import age_le
from passdesk.domain.homonyme import HomonymeNote
from passdesk.domain.lieu import FiltreLieux
from passdesk.domain.personne import Personne
from passdesk.domain.phonetique import replier
from passdesk.domain.reglement import choisir
from passdesk.domain.saisie_date import lire_naissance
from passdesk.domain.visite import VisiteOuverte
from passdesk.protocol.certificat import est_certificat
from passdesk.protocol.pass_token import sans_azerty
from passdesk.protocol.serie import serie_carnet
from passdesk.services.accompagnements import derniers_choix
from passdesk.services.anterieurs import PassRecus, pass_recus, totaux
from passdesk.services.carnets import est_un_pass, lire_numero
from passdesk.services.histoire import Fait, histoire_personne
from passdesk.services.homonyme import note_de
from passdesk.services.lieux import chercher_lieux
from passdesk.services.limitation import Limitation, limitation_de
from passdesk.services.poste import Poste
from passdesk.services.reglements import reglements
from passdesk.services.visite import ETAPES
from passdesk.storage import (
    accompagnements,
    agents,
    brouillons,
    carnets,
    comptes,
    consultation,
    demandes,
    fiches,
    fusions,
    personnes,
    trouver,
)
from passdesk.storage.fusions import Fusion

_CODE_POSTAL = re.compile(r"\d{5}", re.ASCII)
LIMITE = 50
"""Persons shown for one search."""
LONGUEUR_TAPEE = 100
"""Characters that nobody types in a search: longer, it was scanned."""
LETTRES_COMMUNE = 3
"""Letters below which a text is not looked up among communes."""


@dataclass(frozen=True, slots=True)
class PersonneTrouvee:
    """A line of the list. `pass_recus`: here and elsewhere; `serie`: the carnet by which it was found, or "".

    `reunie`: the name of a record merged into this one, when that is the name searched.
    """

    personne: Personne = field(repr=False)
    pass_recus: int
    en_cours: bool
    serie: str = ""
    reunie: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Recherche:
    """What a text finds. `suite`: there are more than shown; `couverture`: the code of a carnet's cover was scanned.

    That code certifies the desk: it names neither the carnet nor the person. `est_un_pass`: a pass was scanned or its
    serial typed.
    """

    texte: str = field(repr=False)
    trouvees: tuple[PersonneTrouvee, ...]
    suite: bool
    couverture: bool = False
    est_un_pass: bool = False
    lieux: int = 0
    """Places of the desk's list that answer, when nobody does."""


@dataclass(frozen=True, slots=True)
class PieceVue:
    """A proof recorded for one of the requests of a person, and the name of the agent who saw it ("" if unknown)."""

    demande_id: str
    constat: Constat
    agent: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FichePersonne:
    """One person. `recus`: pass received here and elsewhere, `ailleurs` of them at other desks; `reste`: under the cap.

    `visite`: what is in progress for this person, None when nothing is.
    """

    personne: Personne = field(repr=False)
    age: int | None
    recus: int
    ailleurs: int
    reste: int
    histoire: tuple[Fait, ...]
    visite: VisiteOuverte | None
    a_corriger: bool = False
    """True when a correction was begun, and could not be recorded yet."""
    pieces: tuple[PieceVue, ...] = ()
    accompagnements: tuple[Accompagnement, ...] = field(default=(), repr=False)
    choix: ChoixAccompagnement = field(default_factory=ChoixAccompagnement)
    """What to offer first for the next accompaniment."""
    plafond: int = 0
    """Pass that one person may have, by the règlement of today."""
    fusions: tuple[Fusion, ...] = field(default=(), repr=False)
    """Records made one with this one, that can be two again; the latest first."""
    limitation: Limitation | None = None
    """While it is limited, nothing is added to the file (RGPD, article 18)."""
    homonyme: HomonymeNote | None = None
    """What a *responsable* said of this person, and what taking it back would do."""
    hors_d_usage: int = 0
    """Pass awarded here that no place takes: told lost or stolen, brought back, blocked by a case. Which pass were
    spent is not known at a desk: only the Region learns it.
    """


def chercher(poste: Poste, texte: str, communes: Communes) -> Recherche:
    """Persons by name (accents aside), birth date, telephone, carnet number or commune; names first.

    Nothing typed: those changed last. A name followed by a commune finds the persons of that name there.
    """
    base = poste.base
    propre = texte.strip()
    trouvees: dict[str, tuple[Personne, str]] = {}

    def garder(nouvelles: Iterable[Personne], serie: str = "") -> None:
        for personne in nouvelles:
            trouvees.setdefault(personne.personne_id, (personne, serie))

    if len(propre) > LONGUEUR_TAPEE and est_certificat(sans_azerty(propre)):
        return Recherche(texte, (), False, couverture=True)
    if not propre:
        garder(personnes.recentes(base, LIMITE + 1))
    numero = lire_numero(propre)
    if numero is not None:
        for campagne, carnet in consultation.carnets_du_numero(base, numero[1], numero[0]):
            suivi = carnets.get(base, campagne, carnet)
            titulaire = personnes.get(base, suivi.personne_id) if suivi else None
            garder([titulaire] if titulaire else (), serie_carnet(campagne, carnet))
    la = _codes(communes, propre) if len(propre) >= LETTRES_COMMUNE else []
    if _CODE_POSTAL.fullmatch(propre) and la:
        # Five digits that are a postal code: the commune is meant before a part of a telephone number.
        garder(trouver.par_communes(base, la, LIMITE + 1))
    garder(trouver.chercher(base, _en_chiffres(poste, propre), LIMITE + 1))
    garder(trouver.par_communes(base, la, LIMITE + 1) if len(trouvees) <= LIMITE else ())
    if not trouvees:
        garder(_nom_et_commune(poste, propre, communes))
    lignes = lignes_trouvees(poste, list(trouvees.values())[:LIMITE])
    ailleurs = not trouvees and len(propre) >= LETTRES_COMMUNE
    return Recherche(
        texte,
        _sous_un_autre_nom(poste, lignes, propre),
        len(trouvees) > LIMITE,
        est_un_pass=est_un_pass(propre),
        lieux=chercher_lieux(poste, propre, FiltreLieux(), 0).trouves if ailleurs else 0,
    )


def _en_chiffres(poste: Poste, texte: str) -> str:
    """A birth date written in words as the search compares it: "12 avril 1987" is 12/04/1987."""
    if not (texte[:1].isdigit() and any(signe.isalpha() for signe in texte)):
        return texte
    jour = lire_naissance(texte, poste.horloge.aujourdhui()).date
    return f"{jour:%d/%m/%Y}" if jour is not None else texte


def personne_actuelle(poste: Poste, personne_id: str) -> Personne | None:
    """Who this id stands for today: itself, or the one it was merged into; None once erased."""
    return personnes.get(poste.base, personne_id)


def fiche(poste: Poste, personne_id: str) -> FichePersonne | None:
    """All that is known here of a person; None once it was erased."""
    personne = personnes.get(poste.base, personne_id)
    if personne is None:
        return None
    recus = _recus(poste, personne.personne_id)
    nombre, ailleurs = (sum(a.nombre for a in partie) for partie in (recus.tous, recus.ailleurs))
    aujourdhui = poste.horloge.aujourdhui()
    plafond = choisir(reglements(poste), aujourdhui).plafond.valeur
    return FichePersonne(
        personne,
        age_le(personne.naissance, aujourdhui) if personne.naissance else None,
        nombre,
        ailleurs,
        max(0, plafond - nombre),
        histoire_personne(poste, personne.personne_id),
        _visite(poste, personne),
        fiches.get(poste.base, personne.personne_id) is not None,
        _pieces(poste, personne.personne_id),
        accompagnements.par_personne(poste.base, personne.personne_id),
        derniers_choix(poste),
        plafond,
        fusions.par_personne(poste.base, personne.personne_id),
        limitation_de(poste, personne.personne_id),
        note_de(poste, personne.personne_id),
        sum(_hors_d_usage(suivi.carnet) for suivi in carnets.par_personne(poste.base, personne.personne_id)),
    )


def _hors_d_usage(carnet: Carnet) -> int:
    return carnet.taille if carnet.etat in REMPLACABLES else len(carnet.rangs_bloques)


def _pieces(poste: Poste, personne_id: str) -> tuple[PieceVue, ...]:
    """The proofs seen, those of the latest request first."""
    noms = {agent.agent_id: agent.nom for agent in agents.lister(poste.base)}
    return tuple(
        PieceVue(demande.demande_id, constat, noms.get(constat.vu_par, ""))
        for demande in reversed(demandes.par_personne(poste.base, personne_id))
        for constat in demande.constats
    )


def reperes(texte: str, cherche: str) -> tuple[tuple[int, int], ...]:
    """(start, length) of what a search found in a name: beginnings of words, accents and case aside."""
    lettres: list[tuple[str, int]] = []
    for place, signe in enumerate(unicodedata.normalize("NFC", texte)):
        lettres += [(plie, place) for plie in replier(signe) or " "]
    plies = "".join(signe for signe, _ in lettres)
    trouves = set()
    for mot in replier(cherche).split():
        debut = plies.find(mot)
        while debut >= 0:
            if debut == 0 or plies[debut - 1] == " ":
                premier, dernier = lettres[debut][1], lettres[debut + len(mot) - 1][1]
                trouves.add((premier, dernier - premier + 1))
            debut = plies.find(mot, debut + 1)
    return tuple(sorted(trouves))


def _codes(communes: Communes, texte: str) -> list[str]:
    """INSEE codes of the communes meant, those of today too where the name is a former one."""
    return list(dict.fromkeys(code for c in communes.chercher(texte) for code in (c.code, c.actuelle) if code))


def _nom_et_commune(poste: Poste, texte: str, communes: Communes) -> tuple[Personne, ...]:
    mots = texte.split()
    for coupe in range(len(mots) - 1, 0, -1):
        debut, fin = " ".join(mots[:coupe]), " ".join(mots[coupe:])
        for nom, lieu in ((debut, fin), (fin, debut)):
            codes = _codes(communes, lieu)
            ensemble = trouver.chercher(poste.base, nom, LIMITE + 1, communes=codes) if codes else ()
            if ensemble:
                return ensemble
    return ()


def lignes_trouvees(poste: Poste, trouvees: Sequence[tuple[Personne, str]]) -> tuple[PersonneTrouvee, ...]:
    """The lines of a list, in this order: each person with the carnet by which it was found, or ""."""
    ids = [personne.personne_id for personne, _ in trouvees]
    en_cours = {garde.brouillon.personne_id for garde in brouillons.lister(poste.base)}
    en_cours |= comptes.avec_carnet(poste.base, ids, ETAPES)
    recus = totaux(poste, ids)
    return tuple(
        PersonneTrouvee(personne, recus[personne.personne_id], personne.personne_id in en_cours, serie)
        for personne, serie in trouvees
    )


def _sous_un_autre_nom(poste: Poste, lignes: Sequence[PersonneTrouvee], texte: str) -> tuple[PersonneTrouvee, ...]:
    """The same lines: where only a record merged into a person has the name searched, that name is told."""
    dits = personnes.noms_reunis(poste.base, [ligne.personne.personne_id for ligne in lignes])

    def nommer(ligne: PersonneTrouvee) -> PersonneTrouvee:
        autres = (nom for nom in dits.get(ligne.personne.personne_id, ()) if reperes(nom, texte))
        sien = f"{ligne.personne.nom_complet} {ligne.personne.nom_naissance}"
        return ligne if reperes(sien, texte) else replace(ligne, reunie=next(autres, ""))

    return tuple(nommer(ligne) for ligne in lignes) if dits and texte else tuple(lignes)


def _recus(poste: Poste, personne_id: str) -> PassRecus:
    return pass_recus(poste, personne_id, personnes.cle_de(poste.base, personne_id))


def _visite(poste: Poste, personne: Personne) -> VisiteOuverte | None:
    """A paper first (it may be lying in a printer), then a draft."""
    for suivi in carnets.par_personne(poste.base, personne.personne_id):
        if suivi.carnet.etat in ETAPES:
            etape = ETAPES[suivi.carnet.etat]
            return VisiteOuverte(etape, personne.nom_courant, None, suivi.carnet, suivi.depuis)
    for garde in brouillons.lister(poste.base):
        if garde.brouillon.personne_id == personne.personne_id:
            etape = "a_completer" if garde.brouillon.demande_id else "saisie"
            return VisiteOuverte(etape, personne.nom_courant, garde.brouillon.brouillon_id, None, garde.modifie)
    return None
