"""The places of mediation kept at the desk: what the lists said, and apart from it what the desk says instead."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from passdesk.domain.horaires import lire_horaires
from passdesk.domain.lieu import Lieu, Position, corriger
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, jour, ligne, lignes, maintenant_ms, textes

_SIMPLES = ("lieu_id", "nom", "adresse", "complement", "code_postal", "commune", "code_insee", "telephone", "courriel",
            "site_web", "note")  # fmt: skip
_OUI_NON = ("accepte_pass", "itinerant", "accessible")
_COLONNES = (
    *_SIMPLES,
    *_OUI_NON,
    "horaires",
    "frais",
    "acces",
    "recoit_public",
    "latitude",
    "longitude",
    "date_maj",
    "lu",
)


@dataclass(frozen=True, slots=True)
class LieuGarde:
    """A place as the list says (`importe`), what the desk says instead (field → text), and when the list was read."""

    importe: Lieu
    corrections: Mapping[str, str]
    lu: datetime

    @property
    def lieu(self) -> Lieu:
        """The place as the desk says it."""
        return corriger(self.importe, self.corrections)


def lister(base: Base) -> tuple[LieuGarde, ...]:
    """Every place, in the order of their ids."""
    corrections: dict[str, dict[str, str]] = defaultdict(dict)
    for correction in lignes(base, "SELECT lieu_id, champ, valeur FROM lieu_correction"):
        corrections[correction["lieu_id"]][correction["champ"]] = correction["valeur"]
    return tuple(
        LieuGarde(_lieu(champs), corrections.get(champs["lieu_id"], {}), instant(champs["lu"]))
        for champs in lignes(base, "SELECT * FROM lieu ORDER BY lieu_id")
    )


def get(base: Base, lieu_id: str) -> LieuGarde | None:
    """This place, or None."""
    champs = ligne(base, "SELECT * FROM lieu WHERE lieu_id = ?", [lieu_id])
    if champs is None:
        return None
    corrections = lignes(base, "SELECT champ, valeur FROM lieu_correction WHERE lieu_id = ?", [lieu_id])
    return LieuGarde(_lieu(champs), {c["champ"]: c["valeur"] for c in corrections}, instant(champs["lu"]))


def importer(base: Base, lieux: Iterable[Lieu]) -> None:
    """Writes what a list says of these places, in one transaction; what the desk says instead stays."""
    marques = ", ".join("?" for _ in _COLONNES)
    changes = ", ".join(f"{colonne} = excluded.{colonne}" for colonne in _COLONNES[1:])
    sql = (
        f"INSERT INTO lieu ({', '.join(_COLONNES)}) VALUES ({marques}) "  # noqa: S608
        f"ON CONFLICT (lieu_id) DO UPDATE SET {changes}"
    )
    lu = maintenant_ms(base)
    with base.ecriture() as db:
        db.conn.executemany(sql, [[*_valeurs(lieu), lu] for lieu in lieux])


def noter_correction(base: Base, lieu_id: str, champ: str, valeur: str | None) -> None:
    """Keeps what the desk says of this field, or (None) goes back to what the list says."""
    with base.ecriture() as db:
        if valeur is None:
            db.execute("DELETE FROM lieu_correction WHERE lieu_id = ? AND champ = ?", [lieu_id, champ])
            return
        db.execute(
            "INSERT INTO lieu_correction (lieu_id, champ, valeur, modifie) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (lieu_id, champ) DO UPDATE SET valeur = excluded.valeur, modifie = excluded.modifie",
            [lieu_id, champ, valeur, maintenant_ms(base)],
        )


def du_carnet(base: Base, campagne: int, numero: int) -> str | None:
    """What was kept of the places that this carnet was printed with; None while it never was."""
    trouve = ligne(base, "SELECT lieux FROM carnet_lieux WHERE campagne = ? AND numero = ?", [campagne, numero])
    return str(trouve["lieux"]) if trouve else None


def noter_carnet(base: Base, campagne: int, numero: int, imprimes: str) -> None:
    """Keeps the places that this carnet is printed with, instead of those before; joins an act already open."""
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO carnet_lieux (campagne, numero, lieux) VALUES (?, ?, ?) "
            "ON CONFLICT (campagne, numero) DO UPDATE SET lieux = excluded.lieux",
            [campagne, numero, imprimes],
        )


def _valeurs(lieu: Lieu) -> list[object]:
    """The values of `_COLONNES` but the last."""
    position = lieu.position
    return [
        *(getattr(lieu, champ) for champ in _SIMPLES),
        *(None if (dit := getattr(lieu, champ)) is None else int(dit) for champ in _OUI_NON),
        lieu.horaires.texte if lieu.horaires else "",
        json.dumps(lieu.frais),
        json.dumps(lieu.acces),
        int(lieu.recoit_public),
        position.latitude if position else None,
        position.longitude if position else None,
        _iso(lieu.date_maj),
    ]


def _iso(le: date | None) -> str | None:
    return le.isoformat() if le else None


def _oui_non(valeur: int | None) -> bool | None:
    return None if valeur is None else bool(valeur)


def _lieu(champs: Ligne) -> Lieu:
    ici = champs["latitude"] is not None and champs["longitude"] is not None
    return Lieu(
        **{champ: champs[champ] for champ in _SIMPLES},
        accepte_pass=_oui_non(champs["accepte_pass"]),
        itinerant=_oui_non(champs["itinerant"]),
        accessible=_oui_non(champs["accessible"]),
        horaires=lire_horaires(champs["horaires"]),
        frais=textes(champs["frais"]),
        acces=textes(champs["acces"]),
        recoit_public=bool(champs["recoit_public"]),
        position=Position(champs["latitude"], champs["longitude"]) if ici else None,
        date_maj=jour(champs["date_maj"]),
    )
