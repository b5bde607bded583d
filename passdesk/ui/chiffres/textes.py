"""All the words of *Chiffres*."""

from __future__ import annotations

from collections.abc import Iterator

from passdesk.domain.commune import Communes
from passdesk.domain.francais import milliers
from passdesk.domain.pays import pays_du_code
from passdesk.domain.personne import ordre_alphabetique
from passdesk.domain.petits_effectifs import SEUIL
from passdesk.services.chiffres import Chiffres
from passdesk.ui.composants import Rangee
from passdesk.ui.messages.motifs import PUBLICS

TITRE = "Chiffres"
RETOUR = "Revenir aux réglages"
ANNEE = "Année"
ENREGISTRER = "Enregistrer en tableau…"
ENREGISTRE = "Le tableau est enregistré. Il ne permet de reconnaître personne."
FILTRES = "Tableur ODS (*.ods);;Tableau CSV (*.csv)"
SENS = (
    f"Un nombre de moins de {SEUIL} ne se donne pas\u00a0: on y reconnaîtrait quelqu’un. "
    "Un autre est caché avec lui quand le total le dirait."
)
CACHE = "Pas donné"
TOTAL = "Toutes les demandes"
TROP_PEU = f"Moins de {SEUIL}"
TABLEAUX = {"public": "Par public", "issue": "Par réponse", "mois": "Par mois", "commune": "Par commune"}
ISSUES = {
    "accordee": "Accord",
    "refusee": "Refus",
    "incomplete": "À compléter",
    "ouverte": "Sans réponse encore",
    "abandonnee": "Abandonnée",
}
MOIS = (
    "Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre",
    "Décembre",
)  # fmt: skip
SANS_PUBLIC, SANS_COMMUNE = "Public pas encore dit", "Commune pas encore dite"


def nom_fichier(annee: int) -> str:
    """No word in it but ours."""
    return f"chiffres-{annee}.ods"


def lignes(lus: Chiffres, communes: Communes) -> Iterator[tuple[str, str, int | None]]:
    """(table, row, count or None where hidden), the total first."""
    yield "", TOTAL, lus.total
    for par, repartition in lus.tableaux:
        nommees = [(_nom(par, str(cle), communes), nombre) for cle, nombre in repartition.cases]
        if par == "commune":
            nommees.sort(key=lambda ligne: ordre_alphabetique(ligne[0]))
        for nom, nombre in nommees:
            yield TABLEAUX[par], nom, nombre


def rangees(lus: Chiffres, communes: Communes) -> list[Rangee]:
    """The rows of the list, each table under its title."""
    toutes: list[Rangee] = []
    for rang, (tableau, nom, nombre) in enumerate(lignes(lus, communes)):
        if tableau and (not toutes or toutes[-1].cle != tableau) and all(r.cle != tableau for r in toutes):
            toutes.append(Rangee(tableau, tableau, entete=True))
        cache = TROP_PEU if not tableau else CACHE
        toutes.append(Rangee(rang, nom, badge=milliers(nombre) if nombre is not None else cache))
    return toutes


def _nom(par: str, cle: str, communes: Communes) -> str:
    if par == "public":
        dit = PUBLICS.get(cle, cle or SANS_PUBLIC)
        return dit[:1].upper() + dit[1:]
    if par == "issue":
        return ISSUES.get(cle, cle)
    if par == "mois":
        return MOIS[int(cle) - 1]
    pays = pays_du_code(cle) if cle else None
    trouvee = communes.par_code(cle) if cle else None
    if pays is not None:
        return pays.nom
    return trouvee.nom if trouvee is not None else cle or SANS_COMMUNE
