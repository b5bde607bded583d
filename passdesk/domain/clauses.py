"""What a règlement says of the person and of the number of pass, clause by clause (contracts §2, decision 0015)."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passdesk.domain.campagne import plus_mois
from passdesk.domain.commune import departement
from passdesk.domain.demande import DEROGATIONS_PAR, Anterieur, Dossier
from passdesk.domain.motif import MOTIFS_REFUS, TOUS_REFUS, Motif, motiver
from passdesk.domain.pays import pays_du_code
from passdesk.domain.reglement import ARRIVEE, ClauseDerogation, PublicVise, Quantite, Reglement, choisir


@dataclass(frozen=True, slots=True)
class Droit:
    """The number a request may have: the line that gives it, and what stands against it.

    `montant`: pass to award now; `possible`: all that the caps leave, now and later.
    """

    quantite: Quantite
    montant: int
    possible: int
    motifs: tuple[Motif, ...]


def age_le(naissance: date, jour: date, anniversaire_29_fevrier: str = "1er mars") -> int:
    """Whole years on that day, negative before birth. Born on 29 February: the birthday is that day in leap years.

    In common years it is on 1 March, or as `anniversaire_29_fevrier` says.
    """
    mois_jour = (naissance.month, naissance.day)
    if mois_jour == (2, 29) and anniversaire_29_fevrier == "28 février" and not isleap(jour.year):
        mois_jour = (2, 28)
    return jour.year - naissance.year - ((jour.month, jour.day) < mois_jour)


def comptes(dossier: Dossier, reglement: Reglement, reglements: Sequence[Reglement]) -> tuple[Anterieur, ...]:
    """Pass already received that count, whatever the day: one awarded while this request was waiting counts too."""
    if reglement.compte_les_autres_reglements.valeur:
        return dossier.anterieurs
    return tuple(a for a in dossier.anterieurs if choisir(reglements, a.le).id == reglement.id)


def juger_nombre(dossier: Dossier, reglement: Reglement, anterieurs: Sequence[Anterieur]) -> Droit:
    """Which line of the branch applies, how many pass it gives under the caps, and what stands against it.

    A complementary request without a first carnet is refused, accompanied or not: only `complement_non_demande` makes
    a difference between them. At the cap that reason stands alone: nothing is left to ask for, in whatever form.
    The stock is only looked at when some number is due: none is under the other reasons.
    """
    recus = sum(anterieur.nombre for anterieur in anterieurs)
    branche = reglement.branche(dossier.public, dossier.prescripteur)
    quantite = branche.suite if recus else branche.premier
    plafond, unite = reglement.plafond, min(reglement.unites)
    possible = max(0, plafond.valeur - recus)
    montant = _entier(min(quantite.valeur, possible), unite)
    if montant == 0:
        atteint = motiver("plafond_atteint", reglement, plafond, pass_recus=recus, plafond=plafond.valeur)
        return Droit(quantite, 0, possible, (atteint,))
    motifs: list[Motif] = []
    if recus and branche.suite_sur_demande.valeur and not dossier.complementaire:
        motifs.append(motiver("complement_non_demande", reglement, branche.suite_sur_demande, pass_recus=recus))
    if not recus and dossier.complementaire and not reglement.complement_sans_premier.valeur:
        motifs.append(motiver("complement_sans_premier", reglement, reglement.complement_sans_premier))
    motifs += _delai(dossier, reglement, anterieurs)
    foyer = reglement.plafond_foyer
    if foyer is not None and dossier.pass_foyer is None:
        motifs.append(motiver("foyer_manquant", reglement, foyer))
    elif foyer is not None and dossier.pass_foyer is not None:
        du_foyer = recus + dossier.pass_foyer
        reste = _entier(max(0, foyer.valeur - du_foyer), unite)
        if reste == 0:
            # The quantity stays what it would be without this cap: a derogation may lift it.
            faits = {"pass_recus": du_foyer, "plafond": foyer.valeur}
            motifs.append(motiver("plafond_foyer_atteint", reglement, foyer, **faits))
        else:
            montant, possible = min(montant, reste), min(possible, foyer.valeur - du_foyer)
    if not any(motif.code in MOTIFS_REFUS for motif in motifs):
        # The reasons of schema 2 may be lifted: the stock stands all the same.
        motifs += _reserves(dossier, reglement, montant)
    return Droit(quantite, montant, possible, tuple(motifs))


def juger_personne(dossier: Dossier, reglement: Reglement) -> list[Motif]:
    """What stands against the person: public closed, home, age, school; or what is not known of them."""
    motifs: list[Motif] = []
    public = reglement.public(dossier.public)
    if not public.ouvert.valeur:
        motifs.append(motiver("public_ferme", reglement, public.ouvert, public=public.nom))
    elif public.etablissements is not None:
        motifs += _etablissement(dossier, reglement, public)
    if dossier.commune is not None:
        motifs += _domicile(dossier.commune, dossier.public, reglement)
    if dossier.naissance is not None:
        motifs += _age(dossier.naissance, dossier.arrivee_le, public, reglement)
    absents = [champ for champ in reglement.identite.valeur if getattr(dossier, champ) is None]
    if absents:
        motifs.append(motiver("identite_incomplete", reglement, reglement.identite, identite=" ".join(absents)))
    return motifs


def levables(reglement: Reglement, motifs: Sequence[Motif]) -> tuple[Motif, ...]:
    """The refusals among these reasons when the règlement lets every one of them be lifted, else none."""
    refus = tuple(motif for motif in motifs if motif.code in TOUS_REFUS)
    clause = reglement.derogation
    return refus if clause is not None and {m.code for m in refus} <= set(clause.motifs.valeur) else ()


def deroger(dossier: Dossier, reglement: Reglement, motifs: list[Motif]) -> tuple[list[Motif], list[Motif]]:
    """(what still stands, the derogation): it lifts the refusals only when it may lift every one of them."""
    clause, demandee = reglement.derogation, dossier.derogation
    leves = levables(reglement, motifs)
    if clause is None or demandee is None or not leves:
        return motifs, []
    if DEROGATIONS_PAR.index(demandee.par) < DEROGATIONS_PAR.index(clause.accordee_par.valeur):
        return motifs, []
    if not demandee.raison.strip():
        return motifs, []
    restent = [motif for motif in motifs if motif not in leves]
    return restent, [motif_derogation(clause, reglement, demandee.par, leves)]


def motif_derogation(clause: ClauseDerogation, reglement: Reglement, par: str, leves: Sequence[Motif]) -> Motif:
    """The reason that says by whom these refusals are lifted, and by what text."""
    return motiver("derogation", reglement, clause.motifs, par=par, leves=" ".join(m.code for m in leves))


def _entier(nombre: int, unite: int) -> int:
    """As many pass as whole carnets make up."""
    return nombre - nombre % unite


def _delai(dossier: Dossier, reglement: Reglement, anterieurs: Sequence[Anterieur]) -> list[Motif]:
    delai = reglement.delai_mois
    if delai is None or not anterieurs:
        return []
    possible_le = plus_mois(max(anterieur.le for anterieur in anterieurs), delai.valeur)
    if dossier.arrivee_le >= possible_le:
        return []
    return [motiver("delai_non_ecoule", reglement, delai, mois=delai.valeur, possible_le=possible_le)]


def _reserves(dossier: Dossier, reglement: Reglement, montant: int) -> list[Motif]:
    """The stock, then the reserve of the public, then that of the school: the first that is too small is told."""
    public = reglement.public(dossier.public)
    limite = reglement.limite_par_le_stock if reglement.limite_par_le_stock.valeur else None
    for clause, reste in (
        (limite, dossier.stock),
        (public.reserve, dossier.reserve),
        (public.reserve_par_etablissement, dossier.reserve_etablissement),
    ):
        if clause is not None and reste is not None and reste < montant:
            return [motiver("reserve_epuisee", reglement, clause, stock=reste, besoin=montant)]
    return []


def _etablissement(dossier: Dossier, reglement: Reglement, public: PublicVise) -> list[Motif]:
    ouverts = public.etablissements
    assert ouverts is not None
    if dossier.etablissement is None:
        return [motiver("etablissement_manquant", reglement, ouverts)]
    if dossier.etablissement not in ouverts.valeur:
        return [motiver("etablissement_non_retenu", reglement, ouverts, etablissement=dossier.etablissement)]
    return []


def _domicile(commune: str, public: str, reglement: Reglement) -> list[Motif]:
    """Outside the departments, or else outside every area that the règlement draws for this public."""
    du_domicile = departement(commune)
    if du_domicile not in reglement.departements.valeur:
        pays = {"pays": commune} if pays_du_code(commune) is not None else {}
        return [motiver("domicile_hors_region", reglement, reglement.departements, departement=du_domicile, **pays)]
    perimetres = [perimetre for perimetre in reglement.perimetres if public in perimetre.publics]
    if not perimetres or any(commune in p.communes or du_domicile in p.departements for p in perimetres):
        return []
    noms = ", ".join(perimetre.nom for perimetre in perimetres)
    return [motiver("domicile_hors_perimetre", reglement, perimetres[0], perimetre=noms)]


def _age(naissance: date, arrivee_le: date, public: PublicVise, reglement: Reglement) -> list[Motif]:
    jour = reglement.jour_de_l_age(arrivee_le)
    age = age_le(naissance, jour, reglement.anniversaire_29_fevrier.valeur)
    bornes = {"age_min": public.age_min, "age_max": public.age_max}
    trop_jeune = public.age_min is not None and age < public.age_min.valeur
    trop_age = public.age_max is not None and age > public.age_max.valeur
    borne = public.age_min if trop_jeune else public.age_max
    if borne is None or not (trop_jeune or trop_age):
        return []
    faits: dict[str, object] = {nom: limite.valeur for nom, limite in bornes.items() if limite is not None}
    if reglement.age_compte_au.valeur != ARRIVEE:
        faits["compte_au"] = jour
    return [motiver("age_hors_public", reglement, borne, age=age, **faits)]
