"""Everything held on one person, gathered to be handed over: as plain values, as JSON, as a paper; nobody else's."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from passdesk.domain.accompagnement import Accompagnement
from passdesk.domain.carnet import Carnet
from passdesk.domain.demande import Anterieur
from passdesk.domain.dessin import Papier
from passdesk.domain.dossier_personne import DossierPapier
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.faits import ecrire_faits
from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon
from passdesk.printing.apercu import PageImage, render_pages
from passdesk.printing.dossier_papier import papier_dossier
from passdesk.protocol.operations import Operation
from passdesk.protocol.serie import serie_carnet
from passdesk.services.anterieurs import pass_recus
from passdesk.services.consultations import EXPORT, noter
from passdesk.services.decision import DecisionPrise, decisions_de
from passdesk.services.histoire import Fait, histoire_personne
from passdesk.services.impression import LARGEUR_APERCU
from passdesk.services.poste import NOM, TELEPHONE_AIDE, Poste
from passdesk.storage import (
    accompagnements,
    agents,
    brouillons,
    carnets,
    consultation,
    consultations,
    demandes,
    effacables,
    fiches,
    litiges,
    numerisations,
    personnes,
)
from passdesk.storage import poste as identite
from passdesk.storage.demandes import DemandeEnregistree

FORMAT = "passdesk-personne/1"
D_AUTRUI = frozenset({"absorbee", "autre_personne"})
"""Fields that name other records: they are left out (decision 0035)."""
SUR_AUTRUI = frozenset({"homonyme"})
"""Words written to tell this person from another: only their reason is given."""


@dataclass(frozen=True, slots=True)
class ScanGarde:
    """A scan of a proof: of which request (or visit under way) and kind, its pages (JPEG)."""

    demande_id: str
    type: str
    pages: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CasDossier:
    """A case about this person. `notes`: (when, agent, text), empty where the case is about somebody else too."""

    litige_id: str
    recu: datetime
    notes: tuple[tuple[datetime, str, str], ...] = field(repr=False)
    decision: str = ""
    """What the Region decided, "" before."""


@dataclass(frozen=True, slots=True)
class Consulte:
    """Who looked at the file: agent's name, what for, when (UTC)."""

    agent: str
    geste: str
    quand: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPersonne:
    """All that this desk holds on one person, those merged into it included. Oldest first everywhere.

    `saisies`: what is typed and not recorded yet; `carnets`: each after its number as printed; `ailleurs`: pass
    received at other desks, as the Region told; `repere`: the blind key, None without one; `actes`: the operations
    themselves; `noms`: of the agents, by id.
    """

    le: date
    guichet: str
    telephone_aide: str
    personne: Personne = field(repr=False)
    reunies: tuple[Personne, ...] = field(repr=False)
    demandes: tuple[DemandeEnregistree, ...] = field(repr=False)
    scans: tuple[ScanGarde, ...] = field(repr=False)
    decisions: tuple[DecisionPrise, ...] = field(repr=False)
    carnets: tuple[tuple[str, Carnet], ...]
    accompagnements: tuple[Accompagnement, ...] = field(repr=False)
    saisies: tuple[Brouillon, ...] = field(repr=False)
    cas: tuple[CasDossier, ...] = field(repr=False)
    ailleurs: tuple[Anterieur, ...]
    repere: bytes | None = field(repr=False)
    histoire: tuple[Fait, ...] = field(repr=False)
    actes: tuple[Operation, ...] = field(repr=False)
    consultations: tuple[Consulte, ...]
    noms: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DossierDessine:
    """The paper ready to be looked at, printed or saved. `nom_fichier`: no personal data."""

    nom_fichier: str
    papier: Papier
    apercus: tuple[PageImage, ...] = field(repr=False)


def dossier_personne(poste: Poste, personne_id: str) -> DossierPersonne:
    """Gathers it, and notes that it was gathered. Raises SaisieRefusee("personne_absente")."""
    base = poste.base
    personne = personnes.get(base, personne_id)
    if personne is None:
        raise SaisieRefusee("personne_absente")
    ident = personne.personne_id
    noter(poste, ident, EXPORT)
    noms = {agent.agent_id: agent.nom for agent in agents.lister(base)}
    siennes = effacables.concernees(base, ident)
    siens = tuple(suivi.carnet for suivi in carnets.par_personne(base, ident))
    leurs = demandes.par_personne(base, ident)
    commencees = tuple(garde.brouillon for garde in brouillons.lister(base) if garde.brouillon.personne_id in siennes)
    corrections = (fiches.get(base, fiche) for fiche in siennes)
    cle = personnes.cle_de(base, ident)
    return DossierPersonne(
        le=poste.horloge.aujourdhui(),
        guichet=identite.lire_texte(base, NOM) or "Guichet du pass numérique",
        telephone_aide=identite.lire_texte(base, TELEPHONE_AIDE) or "",
        personne=personne,
        reunies=tuple(p for fiche in siennes[1:] if (p := personnes.telle(base, fiche)) is not None),
        demandes=leurs,
        scans=_scans(poste, leurs, commencees),
        decisions=decisions_de(poste, ident),
        carnets=tuple((serie_carnet(carnet.campagne, carnet.numero), carnet) for carnet in siens),
        accompagnements=tuple(reversed(accompagnements.par_personne(base, ident))),
        saisies=(*commencees, *(correction for correction in corrections if correction is not None)),
        cas=tuple(_cas(poste, cas_id, siennes, siens, noms) for cas_id in effacables.litiges_de(base, ident)),
        ailleurs=pass_recus(poste, ident, cle).ailleurs,
        repere=cle,
        histoire=tuple(reversed(histoire_personne(poste, ident))),
        actes=tuple(acte for acte in consultation.actes_sur(base, ident) if not acte.efface),
        consultations=tuple(
            Consulte(noms.get(vue.agent_id, ""), vue.geste, vue.quand)
            for vue in consultations.par_personne(base, ident)
        ),
        noms=noms,
    )


def en_json(dossier: DossierPersonne) -> str:
    """The same for another program: JSON, dates as ISO texts (UTC where an hour is told), bytes in hexadecimal."""
    noms = dossier.noms
    contenu = {
        "format": FORMAT,
        "etabli_le": dossier.le,
        "guichet": dossier.guichet,
        "identite": asdict(dossier.personne),
        "fiches_reunies": [asdict(reunie) for reunie in dossier.reunies],
        "demandes": [_demande(demande, dossier) for demande in dossier.demandes],
        "decisions": [_decision(prise) for prise in dossier.decisions],
        "carnets": [_carnet(serie, carnet) for serie, carnet in dossier.carnets],
        "accompagnements": [{**asdict(fait), "agent": noms.get(fait.agent_id, "")} for fait in dossier.accompagnements],
        "saisies_en_cours": [asdict(saisie) for saisie in dossier.saisies],
        "dossiers_a_verifier": [
            {
                "dossier": cas.litige_id,
                "recu": cas.recu,
                "decision": cas.decision,
                "notes": [{"quand": quand, "agent": agent, "texte": texte} for quand, agent, texte in cas.notes],
            }
            for cas in dossier.cas
        ],
        "pass_recus_ailleurs": [{"pass": recu.nombre, "le": recu.le} for recu in dossier.ailleurs],
        "repere": dossier.repere,
        "consultations": [asdict(vue) for vue in dossier.consultations],
        "actes": [
            {
                "quand": datetime.fromtimestamp(acte.entete.wall / 1000).astimezone(),
                "acte": acte.entete.type,
                "agent": noms.get(acte.entete.agent_id, ""),
                "contenu": acte.contenu(),
            }
            for acte in dossier.actes
        ],
    }
    return json.dumps(_brut(contenu), ensure_ascii=False, indent=2) + "\n"


def dessiner_dossier(contenu: DossierPapier, nom_fichier: str) -> DossierDessine:
    """The pages, in memory; needs no base."""
    papier = papier_dossier(contenu)
    return DossierDessine(nom_fichier, papier, render_pages(papier.pdf, LARGEUR_APERCU))


def exporter(dossier: DossierPersonne, contenu: DossierPapier, ou: Path) -> tuple[Path, ...]:
    """Writes the PDF, the JSON and the scans into a folder that somebody chose; the files, in that order.

    Each is whole or not there, and its owner alone may read it. Raises PanneAttendue("ecriture_impossible").
    """
    fichiers = [
        (nom_de_fichier(dossier, ".pdf"), papier_dossier(contenu).pdf),
        (nom_de_fichier(dossier, ".json"), en_json(dossier).encode()),
    ]
    for rang, scan in enumerate(dossier.scans, 1):
        for page, octets in enumerate(scan.pages, 1):
            fichiers.append((nom_de_fichier(dossier, f"-{scan.type}-{rang}-{page}.jpg"), octets))
    return tuple(_ecrire(ou / nom, octets) for nom, octets in fichiers)


def _ecrire(chemin: Path, octets: bytes) -> Path:
    provisoire = chemin.with_name(chemin.name + ".partiel")
    try:
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        provisoire.unlink(missing_ok=True)
        with os.fdopen(os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as flux:
            flux.write(octets)
        provisoire.replace(chemin)
    except OSError:
        with contextlib.suppress(OSError):
            provisoire.unlink(missing_ok=True)
        raise PanneAttendue("ecriture_impossible", fichier=chemin.name) from None
    return chemin


def nom_de_fichier(dossier: DossierPersonne, suite: str) -> str:
    """A file name that tells nothing of anybody."""
    return f"dossier-{dossier.personne.personne_id[-12:]}-{dossier.le.isoformat()}{suite}"


def _scans(poste: Poste, leurs: Sequence[DemandeEnregistree], commencees: Sequence[Brouillon]) -> tuple[ScanGarde, ...]:
    """Those of the proofs recorded, then those joined to a visit and not recorded yet."""
    nommes = [(d.demande_id, vu.piece.type, vu.numerisation) for d in leurs for vu in d.constats]
    nommes += [(b.demande_id or b.brouillon_id, p.type, p.numerisation) for b in commencees for p in b.pieces]
    lues = ((ou, genre, numerisations.pages(poste.base, ou, cle)) for ou, genre, cle in dict.fromkeys(nommes) if cle)
    return tuple(ScanGarde(ou, genre, pages) for ou, genre, pages in lues if pages)


def _cas(
    poste: Poste, cas_id: str, siennes: list[str], siens: tuple[Carnet, ...], noms: Mapping[str, str]
) -> CasDossier:
    litige = litiges.get(poste.base, cas_id)
    assert litige is not None
    numeros = {carnet.numero for carnet in siens if carnet.campagne == litige.campagne}
    autres = [n for n in litige.carnets if n not in numeros and carnets.get(poste.base, litige.campagne, n)]
    seule = not autres and (litige.sujet is None or litige.sujet in siennes)
    notes = tuple((note.quand, noms.get(note.agent_id, ""), note.texte) for note in litige.notes if seule)
    return CasDossier(cas_id, litige.recu, notes, litige.decision)


def _demande(demande: DemandeEnregistree, dossier: DossierPersonne) -> dict[str, Any]:
    champs = asdict(demande)
    del champs["constats"], champs["personne_id"]
    gardes = {(scan.demande_id, scan.type): len(scan.pages) for scan in dossier.scans}
    vus = [
        {
            "type": constat.piece.type,
            "date": constat.piece.date,
            "vu_le": constat.piece.vu_le,
            "vu_par": dossier.noms.get(constat.vu_par, ""),
            "pages_numerisees": gardes.get((demande.demande_id, constat.piece.type), 0),
        }
        for constat in demande.constats
    ]
    return {**champs, "justificatifs": vus}


def _decision(prise: DecisionPrise) -> dict[str, Any]:
    return {
        "le": prise.le,
        "demande": prise.demande_id,
        "issue": prise.issue,
        "pass": prise.nombre,
        "reste": prise.reste,
        "carnets": prise.carnets,
        "motifs": prise.codes,
        "reglement": prise.reglement,
        "empreinte": prise.empreinte,
        "agent": prise.agent,
        "faits": ecrire_faits(prise.faits) if prise.faits is not None else None,
    }


def _carnet(serie: str, carnet: Carnet) -> dict[str, Any]:
    return {
        "numero": serie,
        "taille": carnet.taille,
        "etat": carnet.etat.value,
        "valable_jusqu_au": carnet.dernier_jour,
        "remis_le": carnet.remis_le,
        "pass_bloques": carnet.rangs_bloques,
    }


def _brut(valeur: Any) -> Any:
    """As JSON knows it; what names somebody else is left out."""
    if isinstance(valeur, Mapping):
        return {
            str(cle): _motif_seul(contenu) if cle in SUR_AUTRUI else _brut(contenu)
            for cle, contenu in valeur.items()
            if cle not in D_AUTRUI
        }
    if isinstance(valeur, (list, tuple)):
        return [_brut(element) for element in valeur]
    if isinstance(valeur, bytes):
        return valeur.hex()
    return valeur.isoformat() if isinstance(valeur, (date, datetime)) else valeur


def _motif_seul(dit: Any) -> Any:
    return {"motif": dit["motif"]} if isinstance(dit, Mapping) and "motif" in dit else dit
