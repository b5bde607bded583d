"""What to say: headlines of refusals, sentences for the person, references of what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from passdesk.domain.carnet import Etat
from passdesk.domain.evaluation import Motif
from passdesk.domain.francais import date_longue, typographie
from passdesk.domain.lieu import LieuProche, texte_distance
from passdesk.domain.visite import CarnetRecu
from passdesk.ui.visite import textes
from passdesk.ui.visite.pieces import Exigence, date_demandee, noms_alternatives

TITRES_REFUS = {
    "domicile_hors_region": ("Hors de la région", "Pas de carnet"),
    "age_hors_public": ("L’âge ne convient pas", "Une autre situation peut convenir"),
    "public_ferme": ("Pas encore ouvert", "Cette situation n’a pas encore de pass"),
    "plafond_atteint": ("Maximum atteint", "Pas de nouveau carnet"),
    "complement_sans_premier": ("Pas de premier carnet", "Rien à compléter encore"),
    "complement_non_demande": ("Rien de plus demandé", "Pas de nouveau carnet"),
    "reserve_epuisee": ("Plus de carnet", "La réserve est épuisée"),
    "domicile_hors_perimetre": ("Hors du territoire", "Ce domicile n’est pas dans le territoire prévu"),
    "etablissement_non_retenu": ("Pas dans ce lycée", "L’expérimentation ne prend que certains établissements"),
    "delai_non_ecoule": ("Trop tôt", "Un délai court encore depuis les derniers pass"),
    "plafond_foyer_atteint": ("Maximum du foyer atteint", "Pas de nouveau carnet"),
}

A_DIRE: dict[str, tuple[tuple[str, str], ...]] = {
    "domicile_hors_region": (("users", "France Services reste ouvert à tous, sans pass."),),
    "age_hors_public": (
        ("calendar", "L’âge compte {quand}."),
        ("users", "En recherche d’emploi, l’âge ne compte pas."),
    ),
    "public_ferme": (("clock", "La Région dira quand cette situation ouvre, et à qui."),),
    "plafond_atteint": (("ticket", "Les pass déjà reçus et non utilisés restent valables jusqu’à leur date."),),
    "domicile_hors_perimetre": (("users", "France Services reste ouvert à tous, sans pass."),),
    "etablissement_non_retenu": (("clock", "La Région dira si d’autres établissements ouvrent."),),
    "delai_non_ecoule": (("ticket", "Les pass déjà reçus et non utilisés restent valables jusqu’à leur date."),),
    "plafond_foyer_atteint": (("ticket", "Les pass déjà reçus et non utilisés restent valables jusqu’à leur date."),),
    "complement_sans_premier": (("ticket", "Un premier carnet peut être demandé."),),
    "complement_non_demande": (("ticket", "Un second carnet de\u00a05 peut être demandé plus tard."),),
    "reserve_epuisee": (("clock", "La demande est gardée. Vous appellerez la personne à la prochaine dotation."),),
}
DEFAUTS = {
    "justificatif_perime": "\u00a0: sa\u00a0date est trop ancienne",
    "justificatif_posterieur": "\u00a0: sa\u00a0date est trop récente",
}
LEUR_DATE = "à leur date"
RESTENT = f"\u00a0: ceux qui restent sont valables jusqu’{LEUR_DATE}."
AILLEURS = ("domicile_hors_region", "domicile_hors_perimetre")
EN_MAIN = ("plafond_atteint", "plafond_foyer_atteint", "delai_non_ecoule")
"""Refusals of who may have pass left to use."""
A_CONFIRMER = "à confirmer par la Région"
A_REVOIR = {"age_hors_public": "public", "complement_sans_premier": "complementaire"}
"""Refusals that another answer of the form may change: where it is given."""
RECOURS = ("file-text", "La Région peut revoir cette réponse, sur demande.")


def titre_refus(code: str) -> tuple[str, str]:
    """Headline and one line of meaning, never shouting (guide §4)."""
    return TITRES_REFUS.get(code, ("Pas de carnet", "La demande ne peut pas être accordée"))


def a_dire(
    motifs: Iterable[Motif], recus: Sequence[CarnetRecu], aujourdhui: date, lieux: str = ""
) -> tuple[tuple[str, str, str], ...]:
    """Icon, sentence and its bold beginning of each thing to tell the person.

    `recus`: what was received before, when it is why nothing more is given; `lieux`: names of the nearest places.
    """
    reste = ce_qui_reste(recus, aujourdhui)
    lignes: list[tuple[str, str, str]] = []
    for motif in motifs:
        for icone, dit in du_motif(motif.code, motif.faits):
            if LEUR_DATE not in dit:
                lignes.append((icone, dit, ""))
            elif reste is None:
                lignes.append((icone, _a_la_date(dit, recus, aujourdhui), ""))
            elif reste:
                lignes.append((icone, _a_la_date(f"{reste}{RESTENT}", recus, aujourdhui), reste))
        if lieux and motif.code in AILLEURS:
            lignes.append(("map-pin", typographie(f"Au plus près du guichet\u00a0: {lieux}."), ""))
        elif lieux and motif.code in EN_MAIN and reste != "":
            lignes.append(("map-pin", typographie(f"Où les utiliser\u00a0: {lieux}."), ""))
    return (*dict.fromkeys(lignes), (*RECOURS, ""))


def ce_qui_reste(recus: Sequence[CarnetRecu], aujourdhui: date) -> str | None:
    """ "10 pass reçus": those still good of which this desk knows all; "" when none is, None when it cannot tell.

    Which ones were used is not known at a desk.
    """
    if not recus or any(recu.etat is None for recu in recus):
        return None
    bons = [
        recu
        for recu in recus
        if recu.etat in (Etat.REMIS, Etat.ENTAME) and (recu.dernier_jour is None or recu.dernier_jour >= aujourdhui)
    ]
    nombre = sum(recu.nombre - (len(recu.carnet.rangs_bloques) if recu.carnet else 0) for recu in bons)
    return f"{textes.nombre_pass(nombre)} reçus" if nombre > 0 else ""


def _a_la_date(dit: str, recus: Sequence[CarnetRecu], aujourdhui: date) -> str:
    """With the day itself when all end together, and are good still."""
    jours = {recu.dernier_jour for recu in recus}
    jour = next(iter(jours)) if len(jours) == 1 else None
    return dit.replace(LEUR_DATE, f"au {date_longue(jour)}") if jour is not None and jour >= aujourdhui else dit


def noms_de_lieux(lieux: Sequence[LieuProche]) -> str:
    """ "Médiathèque d’Anor (2 km), Maison de Trélon (4 km)"."""
    return ", ".join(
        f"{proche.lieu.nom} ({texte_distance(proche.distance_km)})"
        if proche.distance_km is not None
        else proche.lieu.nom
        for proche in lieux
    )


def du_motif(code: str, faits: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Icon and sentence of each thing to tell about a reason; `faits` None once they were erased."""
    jour = (faits or {}).get("compte_au")
    quand = "au jour dit par le règlement" if faits is None else "au jour d’arrivée de la demande"
    quand = f"le {date_longue(date.fromisoformat(jour))}" if jour else quand
    return tuple((icone, phrase.replace("{quand}", quand)) for icone, phrase in A_DIRE.get(code, ()))


def encore(pieces: int, informations: int) -> str:
    """ "Encore 2 pièces", "Encore une information", "Encore 3 éléments" when some of both are missing."""
    chose = "pièce" if not informations else "information" if not pieces else "élément"
    nombre = pieces + informations
    return f"Encore {'un' if chose == 'élément' else 'une'} {chose}" if nombre == 1 else f"Encore {nombre} {chose}s"


def ensuite(carnets: tuple[int, ...]) -> str:
    """What an incomplete request will give once complete."""
    if not carnets:
        return "Le dossier attend la suite"
    mots = textes.carnets_en_mots(carnets)
    return f"Ensuite, {mots[0].lower()}{mots[1:]}"


def situation(public: str | None, age: int | None, age_au: date | None = None) -> str:
    """The situation checked, with the age where it counts. `age_au`: the day it is counted on, None: of arrival."""
    quand = f"le {date_longue(age_au)}" if age_au else "au jour d’arrivée"
    ans = textes.age_en_mots(age) if age is not None else ""
    if public == "demandeur_emploi":
        return "En recherche d’emploi, attestation en règle"
    if public == "jeune_insertion" and ans:
        return (
            f"{ans} le {date_longue(age_au)}, en parcours d’insertion" if age_au else f"{ans}, en parcours d’insertion"
        )
    return f"{ans} {quand}" if public == "senior" and ans else ""


def deja_recus(nombre: int) -> str:
    """ "Aucun pass reçu avant ce jour", "5 pass déjà reçus"."""
    return f"{textes.nombre_pass(nombre)} déjà reçus" if nombre else "Aucun pass reçu avant ce jour"


def reste_au_poste(taille: int, nombre: int) -> str:
    """How many carnets the desk keeps after this one; nothing to say when it has none to give."""
    if nombre < 0:
        return ""
    if nombre == 0:
        return f"C’est le dernier carnet de\u00a0{taille} du poste."
    return f"Il\u00a0restera {nombre}\u00a0carnet{'s' if nombre > 1 else ''} de\u00a0{taille} au poste."


def derniere_remise(jour: date | None, aujourdhui: date) -> tuple[str, ...]:
    """Until when the carnet may be handed over, once that is near."""
    return (f"Carnet à remettre au plus tard le\u00a0{jour_et_mois(jour, aujourdhui)}.",) if jour is not None else ()


def ensuite_il_reste(nombre: int) -> str:
    """What the person may still ask for once this is awarded."""
    if not nombre:
        return "Ensuite,\u00a0il\u00a0ne\u00a0lui reste aucun pass à demander."
    return f"Ensuite,\u00a0il\u00a0lui reste {textes.nombre_pass(nombre)} à demander."


def jour_et_mois(jour: date, aujourdhui: date) -> str:
    """ "3 mars"; with its year when that is not the running one."""
    return date_longue(jour).rpartition(" ")[0] if jour.year == aujourdhui.year else date_longue(jour)


def enumeration(noms: Sequence[str]) -> str:
    """ "Pièce d’identité et justificatif de domicile"."""
    suite = [noms[0], *(f"{nom[0].lower()}{nom[1:]}" for nom in noms[1:])]
    return suite[0] if len(suite) == 1 else f"{', '.join(suite[:-1])} et {suite[-1]}"


def reference(motif: Motif) -> str:
    """The article, with a capital, and what the Region still has to confirm (named once)."""
    article = motif.article.replace(" de la Région", "") if motif.a_confirmer else motif.article
    article = typographie(article[:1].upper() + article[1:])
    return " · ".join(partie for partie in (article, A_CONFIRMER if motif.a_confirmer else "") if partie)


def manque(
    types: tuple[str, ...],
    vues: Collection[str],
    motifs: Iterable[Motif],
    arrivee: date,
    exigences: Sequence[Exigence],
) -> tuple[str, str, str, str]:
    """A missing proof: its names and what is wrong with the one shown; the article; its names; the date asked for.

    `vues`: the types of proof shown. Of those, one whose date is wrong is named alone: it is that one to bring again.
    """
    motif = next((m for m in motifs if set(m.faits.get("preuves", "").split()) & set(types)), None)
    defaut = DEFAUTS.get(motif.code, "") if motif else ""
    montres = tuple(t for t in types if t in vues)
    noms = noms_alternatives(montres if defaut and montres else types)
    return noms + defaut, reference(motif) if motif else "", noms, date_demandee(types, exigences, arrivee)
