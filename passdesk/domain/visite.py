"""A visit at the desk: what is typed (a draft), and what can be said about it at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.derogation import DerogationAccordee, DerogationPossible
from passdesk.domain.evaluation import Decision
from passdesk.domain.homonyme import Homonyme, Provenance
from passdesk.domain.personne import Personne, premier_prenom
from passdesk.domain.ressemblance import Indice
from passdesk.domain.tirage import Tirage


@dataclass(frozen=True, slots=True)
class PieceSaisie:
    """A proof row of the form: ticked or not, and its date exactly as typed (jj/mm/aaaa or less).

    `numerisation`: the hash of the scan joined, "" without one; `pages` of it.
    """

    type: str
    vue: bool = False
    date: str = ""
    vu_le: datetime.date | None = None
    numerisation: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Brouillon:
    """A visit as typed so far, saved at each field. Dates stay text: half a date is worth keeping too.

    `personne_id`/`demande_id` are set once the person or the request is recorded. `commune` is the INSEE code
    chosen, `commune_saisie` the text typed. `accompagnement`: None until answered. `besoins`, `preference_contact`:
    as in Personne; `canal`: one of CANAUX.
    """

    brouillon_id: str
    personne_id: str | None = None
    demande_id: str | None = None
    nom_naissance: str = field(default="", repr=False)
    prenoms: str = field(default="", repr=False)
    nom_usage: str = field(default="", repr=False)
    naissance: str = field(default="", repr=False)
    naissance_inconnue: bool = False
    """True once somebody said that nobody here knows it; a date typed counts all the same."""
    commune_inconnue: bool = False
    """The same of the home."""
    commune: str = field(default="", repr=False)
    commune_saisie: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    lieu_naissance: str = field(default="", repr=False)
    adresse: str = field(default="", repr=False)
    complement_adresse: str = field(default="", repr=False)
    code_postal: str = field(default="", repr=False)
    courriel: str = field(default="", repr=False)
    preference_contact: str = field(default="", repr=False)
    besoins: tuple[str, ...] = field(default=(), repr=False)
    langue: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    public: str | None = None
    etablissement: str = ""
    arrivee_le: str = ""
    canal: str = "guichet"
    accompagnement: bool | None = None
    prescripteur: str | None = None
    complementaire: bool = False
    complement_refuse: bool = False
    """True once the person said not to ask for a second carnet; neither answer is given before."""
    pieces: tuple[PieceSaisie, ...] = ()
    autre_personne: tuple[str, ...] = ()
    """Ids of look-alikes that the mediator said are somebody else."""
    homonyme: Homonyme | None = None
    derogation: DerogationAccordee | None = None

    @property
    def titre(self) -> str:
        """The person's name as far as it is typed, with the first first name alone; empty when nothing is."""
        return f"{premier_prenom(self.prenoms)} {self.nom_usage or self.nom_naissance}".strip()


@dataclass(frozen=True, slots=True)
class Ressemblance:
    """Somebody already recorded here who may be the same person, and how many pass they received, here or elsewhere."""

    personne: Personne
    pass_recus: int
    exacte: bool
    """True: same birth name, first name and birth date (the blind index key): this is a hit, not a likeness."""
    indices: tuple[Indice, ...] = ()
    """Why they look alike, the strongest reason first."""


@dataclass(frozen=True, slots=True)
class CarnetRecu:
    """Pass that a person already received: how many, the day, and where they stand when this desk gave them.

    `etat`: None for those of another desk, of which only the day and the number are told. `dernier_jour`: until when
    they are good. `carnet`: itself, of this desk.
    """

    nombre: int
    le: datetime.date
    etat: Etat | None = None
    dernier_jour: datetime.date | None = None
    carnet: Carnet | None = None


@dataclass(frozen=True, slots=True)
class Apercu:
    """What the page shows beside the form. `questions`: fields still needed before any decision ("naissance", …).

    `erreurs`: field → code of the sentence to show under it. `pass_anterieurs`: pass already received by this
    identity, here or at another desk. `exigences`: proofs to ask for, each a group of alternatives, with the
    freshness in months (None: no limit). `stock`: carnets left here, by size. `empechement`: code of what keeps
    this desk from awarding although the answer is *accord* (not enrolled, lease over, hand-over stopped…), or None.
    """

    decision: Decision | None
    questions: tuple[str, ...]
    erreurs: tuple[tuple[str, str], ...]
    pass_anterieurs: int
    ressemblances: tuple[Ressemblance, ...]
    exigences: tuple[tuple[tuple[str, ...], int | None], ...]
    stock: tuple[tuple[int, int], ...]
    empechement: str | None
    age: int | None
    etablissement_demande: bool = False
    """True when the règlement opens the public declared to named schools only: the number is asked."""
    provenance: Provenance = field(default_factory=Provenance)
    age_au: datetime.date | None = None
    """The day on which `age` is counted, when the règlement takes another one than that of arrival."""
    derogation: DerogationPossible | None = None
    """None when nothing is refused, or nothing that the règlement lets anybody lift."""
    dates_jusqu_au: str = "jour_vu"
    """Until when a proof may be dated: the règlement's own word (`juger_piece`)."""
    derniere_remise: datetime.date | None = None
    """The last day to hand a carnet over, once it is near."""
    recus: tuple[CarnetRecu, ...] = ()
    """What was received before, oldest first, when it is why nothing more is given."""


@dataclass(frozen=True, slots=True)
class CarnetAttribue:
    """A carnet awarded: its person, and `tirage`, its last printing (None before the first)."""

    carnet: Carnet
    personne: Personne
    attribution_id: str
    tirage: Tirage | None = None


@dataclass(frozen=True, slots=True)
class VisiteOuverte:
    """A line of *Aujourd'hui*: a draft, or a carnet whose paper is not settled.

    `etape`: "saisie" | "a_completer" (recorded, a proof is missing) | "a_imprimer" | "a_confirmer" | "a_remettre" |
    "couverture" (of a carnet on paper, its cover alone again).
    """

    etape: str
    titre: str = field(repr=False)
    brouillon_id: str | None
    carnet: Carnet | None
    depuis: datetime.datetime
