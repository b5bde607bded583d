"""Places of mediation: as the last list said, as the desk corrects them, and those that each cover carries.

Not in the log: they are nobody's data and no act of the desk, and a list is read again as it comes.
"""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the three tables."""
    textes = ("lieu_id", "nom", "adresse", "complement", "code_postal", "commune", "code_insee", "telephone",
              "courriel", "site_web", "horaires", "frais", "acces", "note")  # fmt: skip
    facultatifs = {"latitude": float, "longitude": float, "accepte_pass": int, "itinerant": int, "accessible": int,
                   "date_maj": str}  # fmt: skip
    obligatoires = dict.fromkeys(textes, str) | {"recoit_public": int, "lu": int}
    db.table("lieu").create(obligatoires | facultatifs, pk="lieu_id", not_null=set(obligatoires), strict=True)
    colonnes = {"lieu_id": str, "champ": str, "valeur": str, "modifie": int}
    db.table("lieu_correction").create(
        colonnes, pk=("lieu_id", "champ"), not_null=set(colonnes), foreign_keys=[("lieu_id", "lieu", "lieu_id")],
        strict=True,
    )  # fmt: skip
    colonnes = {"campagne": int, "numero": int, "lieux": str}
    db.table("carnet_lieux").create(colonnes, pk=("campagne", "numero"), not_null=set(colonnes), strict=True)
