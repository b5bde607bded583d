"""The places of mediation of this desk: where the desk stands, which places are near, what the desk says of them."""

from __future__ import annotations

from passdesk.domain.lieu import LieuProche, Position, par_distance
from passdesk.services.poste import Poste
from passdesk.storage import lieux
from passdesk.storage import poste as identite

POSITION = "position"
"""Where the desk keeps its own position: "50.123,3.93", or "lieu:" and the id of a place."""


def position_du_poste(poste: Poste) -> Position | None:
    """Where the desk stands; None while nobody said, or the place it stands in is gone."""
    texte = identite.lire_texte(poste.base, POSITION) or ""
    if texte.startswith("lieu:"):
        garde = lieux.get(poste.base, texte.removeprefix("lieu:"))
        return garde.importe.position if garde else None
    if not texte:
        return None
    latitude, longitude = texte.split(",")
    return Position(float(latitude), float(longitude))


def lieux_du_poste(poste: Poste) -> list[LieuProche]:
    """Every place as the desk says it, the nearest first."""
    return par_distance((garde.lieu for garde in lieux.lister(poste.base)), position_du_poste(poste))
