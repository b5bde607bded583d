"""A request for pass and the facts it is judged on (contracts §2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date

PUBLICS = ("demandeur_emploi", "jeune_insertion", "senior", "lyceen")
PRESCRIPTEURS = (
    "france_services",
    "mission_locale",
    "france_travail",
    "antenne_region",
    "structure_insertion",
    "autre",
)
CANAUX = ("guichet", "courrier", "plateforme_region")
"""How a request arrived: at the desk, by post, through the Region's platform. It changes no decision."""

TYPES_JUSTIFICATIF = (
    "attestation_france_travail",
    "attestation_stage",
    "attestation_mission_locale",
    "justificatif_domicile",
    "piece_identite",
    "attestation_hebergement",
    "attestation_domiciliation",
    "certificat_scolarite",
)
DEROGATIONS_PAR = ("responsable", "region")
ALIAS_JUSTIFICATIF = {"attestation_pole_emploi": "attestation_france_travail"}


@dataclass(frozen=True, slots=True)
class JustificatifPresente:
    """A proof seen: its type, the date written on it (if any), the day it was seen (None: the day of arrival)."""

    type: str
    date: datetime.date | None = None
    vu_le: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Constat:
    """A proof as recorded: what was seen, by which agent (id), and the instant it was written down (UTC).

    `numerisation`: the hash of its scan ("" without one), `pages` how many it has; the scan itself stays at the desk.
    """

    piece: JustificatifPresente
    vu_par: str
    constate: datetime.datetime
    numerisation: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Anterieur:
    """Pass the person already received: 5 or 10, and the day."""

    nombre: int
    le: date


@dataclass(frozen=True, slots=True)
class Derogation:
    """Who lifts a refusal (one of DEROGATIONS_PAR), and why, in their words."""

    par: str
    raison: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a decision depends on. `stock`: pass that could still be awarded, None when it is not asked.

    `commune` is an INSEE code; `prescripteur` None means that the person acts alone; `etablissement` a UAI number.
    Asked only by the règlements that state them: `pass_foyer`, pass received by the others of the household;
    `reserve` and `reserve_etablissement`, pass left in the reserve of the public and of the school; `derogation`.
    """

    id: str
    naissance: date | None = field(repr=False)
    commune: str | None = field(repr=False)
    public: str
    prescripteur: str | None
    arrivee_le: date
    complementaire: bool = False
    justificatifs: tuple[JustificatifPresente, ...] = ()
    anterieurs: tuple[Anterieur, ...] = ()
    etablissement: str | None = None
    foyer: str | None = None
    stock: int | None = None
    pass_foyer: int | None = None
    reserve: int | None = None
    reserve_etablissement: int | None = None
    derogation: Derogation | None = None
