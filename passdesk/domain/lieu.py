"""A place where a pass is spent: what a list says of it, what the desk corrected, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from passdesk.domain.francais import ESPACE
from passdesk.domain.horaires import Horaires, lire_horaires
from passdesk.domain.personne import texte_recherche

RAYON_TERRE_KM = 6371.0088
LIEUX_DE_COUVERTURE = 3
"""Places of a cover."""

MEME_ENDROIT_KM = 0.5
"""Two lists do not put the same door at the same point."""

FRAIS = ("gratuit", "gratuit_sous_condition", "payant", "adhesion")
ACCES = ("se_presenter", "telephoner", "courriel", "rendez_vous_en_ligne", "fiche_de_prescription")
CHAMPS_CORRIGES = ("telephone", "horaires", "accepte_pass", "itinerant", "accessible", "ecarte")
"""What the desk may say instead of the list. `ecarte`: never proposed at this desk."""
_OUI_NON = {"oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float

    def distance_km(self, autre: Position) -> float:
        """Kilometres as the crow flies, on a sphere."""
        lat1, lat2 = radians(self.latitude), radians(autre.latitude)
        demi_lat, demi_long = (lat2 - lat1) / 2, radians(autre.longitude - self.longitude) / 2
        corde = sin(demi_lat) ** 2 + cos(lat1) * cos(lat2) * sin(demi_long) ** 2
        return 2 * RAYON_TERRE_KM * asin(min(1.0, sqrt(corde)))


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place of digital mediation. True, False, or None when nobody said.

    `lieu_id`: source and id in it, the same from one list to the next. `telephone`: as shown. `horaires`: None when
    they are unknown or change with the season. `recoit_public`: False where nobody is received. `frais`, `acces`: of
    FRAIS and ACCES. `date_maj`: of the list.
    """

    lieu_id: str
    nom: str
    adresse: str = ""
    complement: str = ""
    code_postal: str = ""
    commune: str = ""
    code_insee: str = ""
    position: Position | None = None
    telephone: str = ""
    courriel: str = ""
    site_web: str = ""
    horaires: Horaires | None = None
    accepte_pass: bool | None = None
    itinerant: bool | None = None
    accessible: bool | None = None
    recoit_public: bool = True
    frais: tuple[str, ...] = ()
    acces: tuple[str, ...] = ()
    note: str = ""
    date_maj: date | None = None
    ecarte: bool = False

    @property
    def ville(self) -> str:
        """ "59000 Villetémoin"."""
        return f"{self.code_postal} {self.commune}".strip()

    @property
    def rue(self) -> str:
        """Number and street; what else tells where it is when there is none."""
        return self.adresse or self.complement


def corriger(lieu: Lieu, corrections: Mapping[str, str]) -> Lieu:
    """The place as the desk says it: field of CHAMPS_CORRIGES → text ("oui", "non", "" for unknown).

    A field that is not there stays as the list says; an unreadable text counts as unknown.
    """
    changes: dict[str, object] = {}
    for champ, texte in corrections.items():
        if champ == "telephone":
            changes[champ] = texte
        elif champ == "horaires":
            changes[champ] = lire_horaires(texte)
        elif champ == "ecarte":
            changes[champ] = texte == "oui"
        elif champ in CHAMPS_CORRIGES:
            changes[champ] = _OUI_NON.get(texte)
    return replace(lieu, **changes) if changes else lieu  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class FiltreLieux:
    """Which places are wanted: each True asks for those of which it is said."""

    accepte_pass: bool = True
    itinerant: bool = False
    accessible: bool = False

    def garde(self, lieu: Lieu) -> bool:
        """True for a place that is all that is asked."""
        return all(
            not voulu or dit is True
            for voulu, dit in (
                (self.accepte_pass, lieu.accepte_pass),
                (self.itinerant, lieu.itinerant),
                (self.accessible, lieu.accessible),
            )
        )


@dataclass(frozen=True, slots=True)
class LieuProche:
    """A place, and its distance from the desk in kilometres; None when one of the two is nowhere."""

    lieu: Lieu
    distance_km: float | None = field(default=None)


def par_distance(lieux: Iterable[Lieu], depuis: Position | None) -> list[LieuProche]:
    """The nearest first, those without a position last, by name."""
    proches = [
        LieuProche(lieu, depuis.distance_km(lieu.position) if depuis and lieu.position else None) for lieu in lieux
    ]
    return sorted(proches, key=_rang)


def _rang(proche: LieuProche) -> tuple[bool, float, str, str]:
    loin, lieu = proche.distance_km, proche.lieu
    return (True, 0.0, texte_recherche(lieu.nom), lieu.lieu_id) if loin is None else (False, loin, "", lieu.lieu_id)


def proposable(lieu: Lieu) -> bool:
    """False for a place that refuses the pass, receives nobody, or was put aside: nobody is to be sent there."""
    return lieu.recoit_public and not lieu.ecarte and lieu.accepte_pass is not False


def les_plus_proches(lieux: Iterable[Lieu], depuis: Position | None, filtre: FiltreLieux) -> list[LieuProche]:
    """The three places of a cover when nobody chose them: the nearest that pass the filter, none without a distance.

    Never one that is not `proposable`; of two rows of the same place, one.
    """
    gardes: list[LieuProche] = []
    for proche in par_distance(lieux, depuis):
        lieu = proche.lieu
        if proche.distance_km is None or len(gardes) == LIEUX_DE_COUVERTURE:
            break
        if not proposable(lieu) or not filtre.garde(lieu):
            continue
        if not any(_meme_lieu(lieu, garde.lieu) for garde in gardes):
            gardes.append(proche)
    return gardes


def _meme_lieu(un: Lieu, autre: Lieu) -> bool:
    """The same telephone or name, a few steps apart: two lists often tell of one place."""
    if un.position is None or autre.position is None or un.position.distance_km(autre.position) > MEME_ENDROIT_KM:
        return False
    return bool(un.telephone and un.telephone == autre.telephone) or texte_recherche(un.nom) == texte_recherche(
        autre.nom
    )


def texte_distance(kilometres: float) -> str:
    """ "4 km"; under a kilometre "300 m", in hundreds of metres."""
    if kilometres < 0.95:
        return f"{max(1, round(kilometres * 10)) * 100}{ESPACE}m"
    return f"{round(kilometres)}{ESPACE}km"
