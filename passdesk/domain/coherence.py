"""What a règlement may not say at once: each contradiction is refused with the two lines that make it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from passdesk.domain.commune import departement
from passdesk.domain.lecture_toml import Table
from passdesk.domain.motif import DEROGEABLES, MOTIFS_ACCORD
from passdesk.domain.reglement import Branche, PublicVise, Reglement

Contradiction = tuple[str, str, str]
"""Two paths of keys, and the code of what is wrong between them."""

_OU_LE_REFUS_EST_ECRIT = {
    "public_ferme": "publics",
    "plafond_atteint": "quantite.plafond",
    "complement_non_demande": "quantite.seul.suite_sur_demande",
    "complement_sans_premier": "quantite.complement_sans_premier",
    "reserve_epuisee": "quantite.limite_par_le_stock",
}


def verifier_coherence(reglement: Reglement, racine: Table, schema_2: bool) -> None:
    """Raises SaisieRefusee("reglement_contradictoire") for the first contradiction; schema 2 has more of them."""
    _nombres_isoles(reglement, racine, schema_2)
    for cle, autre, raison in (*_nombres(reglement), *_dates(reglement), *_publics(reglement), *_noms(reglement)):
        raise racine.contredire(cle, autre, raison)
    for cle, autre, raison in _de_schema_2(reglement) if schema_2 else ():
        raise racine.contredire(cle, autre, raison)


def _nombres_isoles(reglement: Reglement, racine: Table, schema_2: bool) -> None:
    """What is wrong by itself, whatever the other lines say."""
    try:
        date.fromisoformat(reglement.id)
    except ValueError:
        raise racine.refuser("id", "date") from None
    for chemin, branche in _branches(reglement):
        for nom, quantite in (("premier", branche.premier), ("suite", branche.suite)):
            if schema_2 and quantite.motif in MOTIFS_ACCORD[1:] and quantite.valeur != 5:
                raise racine.refuser(f"{chemin}.{nom}.motif", "motif_de_cinq")


def _branches(reglement: Reglement) -> Iterator[tuple[str, Branche]]:
    yield "quantite.accompagne", reglement.accompagne
    yield "quantite.seul", reglement.seul
    for public in reglement.publics:
        for nom, branche in (("accompagne", public.accompagne), ("seul", public.seul)):
            if branche is not None:
                yield f"publics.{public.nom}.{nom}", branche


def _nombres(reglement: Reglement) -> Iterator[Contradiction]:
    unite, plafond = min(reglement.unites), reglement.plafond.valeur
    for chemin, branche in _branches(reglement):
        for nom, quantite in (("premier", branche.premier), ("suite", branche.suite)):
            if quantite.valeur > plafond:
                yield f"{chemin}.{nom}", "quantite.plafond", "au_dela_du_plafond"
            if quantite.valeur % unite:
                yield f"{chemin}.{nom}", "quantite.carnets", "pas_en_carnets"
    if plafond % unite or not plafond:
        yield "quantite.plafond", "quantite.carnets", "pas_en_carnets"


def _dates(reglement: Reglement) -> Iterator[Contradiction]:
    if reglement.executoire_le < date.fromisoformat(reglement.id):
        yield "id", "executoire_le", "avant_adoption"


def _publics(reglement: Reglement) -> Iterator[Contradiction]:
    for public in reglement.publics:
        if public.age_min and public.age_max and public.age_min.valeur > public.age_max.valeur:
            yield f"publics.{public.nom}.age_min", f"publics.{public.nom}.age_max", "bornes"


def _noms(reglement: Reglement) -> Iterator[Contradiction]:
    for liste, noms in (
        ("exigences", [exigence.nom for exigence in reglement.exigences]),
        ("perimetres", [perimetre.nom for perimetre in reglement.perimetres]),
    ):
        for rang, nom in enumerate(noms):
            if nom in noms[:rang]:
                yield f"{liste}.{noms.index(nom) + 1}.nom", f"{liste}.{rang + 1}.nom", "double"


def _de_schema_2(reglement: Reglement) -> Iterator[Contradiction]:
    yield from _quantites(reglement)
    for public in reglement.publics:
        yield from _ferme(public)
        yield from _reserves(public, reglement)
        bornes = {"age_min": public.age_min, "age_max": public.age_max}
        for nom in (nom for nom, borne in bornes.items() if borne is not None):
            if "naissance" not in reglement.identite.valeur:
                yield "identite", f"publics.{public.nom}.{nom}", "age_sans_naissance"
    yield from _exigences(reglement)
    yield from _perimetres(reglement)
    yield from _derogation(reglement)
    validite = reglement.validite
    if validite and validite.dernier_jour and validite.dernier_jour.valeur < reglement.executoire_le:
        yield "executoire_le", "validite.dernier_jour", "validite_passee"


def _quantites(reglement: Reglement) -> Iterator[Contradiction]:
    for chemin, branche in _branches(reglement):
        for nom, quantite in (("premier", branche.premier), ("suite", branche.suite)):
            if reglement.a_l_unite and quantite.motif in MOTIFS_ACCORD:
                yield "quantite.delivrance", f"{chemin}.{nom}", "motif_de_carnet"
    if reglement.delai_mois is not None:
        premiers = [branche.premier.valeur for _, branche in _branches(reglement)]
        if min(premiers) >= reglement.plafond.valeur:
            yield "quantite.delai_mois", "quantite.plafond", "pas_de_second"
    foyer = reglement.plafond_foyer
    if foyer is not None and foyer.valeur < reglement.plafond.valeur:
        yield "quantite.plafond_foyer", "quantite.plafond", "foyer_sous_personne"


def _ferme(public: PublicVise) -> Iterator[Contradiction]:
    """A closed public keeps its reserve, its pot and its ages; what is only said of those served must not stand."""
    if public.ouvert.valeur:
        return
    for nom in ("etablissements", "reserve_par_etablissement", "accompagne", "seul"):
        if getattr(public, nom) is not None:
            yield f"publics.{public.nom}.ouvert", f"publics.{public.nom}.{nom}", "public_ferme_servi"


def _reserves(public: PublicVise, reglement: Reglement) -> Iterator[Contradiction]:
    ici = f"publics.{public.nom}"
    if public.reserve and reglement.stock and public.reserve.valeur > reglement.stock.valeur:
        yield f"{ici}.reserve", "quantite.stock", "reserve_au_dela"
    par_ecole = public.reserve_par_etablissement
    if par_ecole and public.reserve and par_ecole.valeur > public.reserve.valeur:
        yield f"{ici}.reserve_par_etablissement", f"{ici}.reserve", "reserve_au_dela"


def _exigences(reglement: Reglement) -> Iterator[Contradiction]:
    for rang, exigence in enumerate(reglement.exigences, start=1):
        fermes = [nom for nom in exigence.publics if not reglement.public(nom).ouvert.valeur]
        if len(fermes) == len(exigence.publics):
            yield f"publics.{fermes[0]}.ouvert", f"exigences.{rang}.publics", "public_ferme_servi"


def _perimetres(reglement: Reglement) -> Iterator[Contradiction]:
    permis = reglement.departements.valeur
    for rang, perimetre in enumerate(reglement.perimetres, start=1):
        if any(departement(commune) not in permis for commune in perimetre.communes):
            yield "departements", f"perimetres.{rang}.communes", "hors_departements"
        if not set(perimetre.departements) <= set(permis):
            yield "departements", f"perimetres.{rang}.departements", "hors_departements"


def _derogation(reglement: Reglement) -> Iterator[Contradiction]:
    if reglement.derogation is None:
        return
    for code in reglement.derogation.motifs.valeur:
        if code not in DEROGEABLES:
            yield "derogation.motifs", _OU_LE_REFUS_EST_ECRIT[code], "non_derogeable"
