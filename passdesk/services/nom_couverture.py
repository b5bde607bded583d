"""Whose carnet it is, on its cover: only when somebody asks for it, and only a name that the paper can write."""

from __future__ import annotations

from dataclasses import dataclass, field

from passdesk.domain.carnet import Carnet
from passdesk.domain.personne import Personne
from passdesk.domain.tirage import Tirage
from passdesk.printing.nom_imprime import lettres_sans_dessin, tient_sur_couverture
from passdesk.protocol.operations import TypeOperation
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage, reunir
from passdesk.storage import consultation, personnes

FICHE = (TypeOperation.PERSONNE_ENREGISTRER, TypeOperation.PERSONNE_MODIFIER)
"""Acts that say the whole identity."""


@dataclass(frozen=True, slots=True)
class NomCouverture:
    """What the cover of a carnet may say. `nom`: "" once the person is erased; `imprime`: its last printing bears it.

    `obstacle`: the code of why it cannot ("nom_sans_dessin", "nom_trop_long"), "" when it can. `ancien`: the name that
    the cover on paper bears, mended in the record since; "" when there is nothing to mend on it.
    """

    nom: str = field(repr=False)
    imprime: bool
    obstacle: str = ""
    ancien: str = field(default="", repr=False)


def nom_de_couverture(poste: Poste, carnet: Carnet) -> NomCouverture:
    """The name as the record says it now: one that was mended since the last printing is printed as mended."""
    personne = personnes.get(poste.base, carnet.personne_id)
    nom = personne.nom_complet if personne is not None else ""
    dernier = dernier_tirage(poste, carnet)
    porte = _nom_sur_papier(poste, carnet) if nom else ""
    return NomCouverture(nom, dernier is not None and dernier.nom, _obstacle(nom), porte if porte != nom else "")


def nom_imprime(poste: Poste, carnet: Carnet, voulu: bool | None) -> str | None:
    """The name to print, None for the line left to the person. `voulu`: None, as it was printed last."""
    dit = nom_de_couverture(poste, carnet)
    imprime = dit.imprime if voulu is None else voulu
    return dit.nom if imprime and dit.nom and not dit.obstacle else None


def _nom_sur_papier(poste: Poste, carnet: Carnet) -> str:
    """The name that the cover on paper bears, "" for none: the record's of that moment, for no printing says it."""
    actes = consultation.actes_sur(poste.base, carnet.personne_id)
    cle = carnet.campagne, carnet.numero
    couvertures = [
        (acte, tirage)
        for acte, imprime, tirage in reunir(actes)
        if imprime == cle and tirage.sortie != "rien" and _a_la_couverture(tirage, carnet.taille)
    ]
    if not couvertures or not couvertures[-1][1].nom:
        return ""
    avant = actes[: actes.index(couvertures[-1][0])]
    fiches = [a for a in avant if a.entete.type in FICHE and a.entete.subject_id == carnet.personne_id and not a.efface]
    if not fiches:
        return ""
    dite = fiches[-1].contenu()
    naissance, prenoms, usage = (str(dite.get(champ) or "") for champ in ("nom_naissance", "prenoms", "nom_usage"))
    return Personne(carnet.personne_id, naissance, prenoms, nom_usage=usage).nom_complet


def _a_la_couverture(tirage: Tirage, taille: int) -> bool:
    return bool({*tirage.gabarit.feuilles_du_nom(taille)} & {*tirage.feuilles})


def _obstacle(nom: str) -> str:
    if lettres_sans_dessin(nom):
        return "nom_sans_dessin"
    return "" if tient_sur_couverture(nom) else "nom_trop_long"
