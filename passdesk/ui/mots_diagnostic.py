"""The diagnostic as the text that the agent reads, then saves: the same words, to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from passdesk.domain.francais import date_longue, heure, typographie

if TYPE_CHECKING:
    # The console says it too, where there is no window.
    from passdesk.services.diagnostic import Diagnostic

NOM_FICHIER = "diagnostic-passdesk.txt"
TITRE = "PassDesk, diagnostic pour le support"
SANS_NOM = (
    "Rien sur personne : ni nom, ni date de naissance, ni téléphone, ni adresse, ni commune. "
    "Ni nom de fichier, ni nom d’agent : des nombres, des états et des mots du programme."
)
ETATS = {
    "relie": "relié à la Région",
    "campagne": "campagne",
    "dernier_contact": "dernière réponse de la Région",
    "actes_a_envoyer": "actes à envoyer",
    "tete": "dernier acte",
    "cle_attendue": "clé attendue de la Région",
    "carnets_5": "carnets de 5 à attribuer",
    "carnets_10": "carnets de 10 à attribuer",
    "papiers_en_attente": "papiers en attente",
    "dossiers_a_verifier": "dossiers à vérifier",
    "differe_depuis": "ce que sait le poste diffère de ce que dit la Région, depuis",
    "jours_d_ecart": "jours d’écart d’horloge",
    "derniere_sauvegarde": "dernière sauvegarde",
    "copie_ailleurs": "copie ailleurs",
}


def texte(lu: Diagnostic) -> str:
    """Lines of at most some eighty signes, ended by LF."""
    local = lu.le.astimezone()
    lignes = [TITRE, f"Établi le {date_longue(local.date())} à {heure(local)}", SANS_NOM, ""]
    lignes += _partie("Programme", (f"{nom} {valeur}" for nom, valeur in lu.programme))
    lignes += _partie("Fichiers du poste", _fichiers(lu))
    if lu.etats is not None and lu.nombres is not None:
        lignes += _partie("État du poste", (f"{ETATS[nom]} : {valeur or 'rien'}" for nom, valeur in lu.etats))
        lignes += _partie("Nombres", (f"{nom} : {valeur}" for nom, valeur in lu.nombres))
    else:
        raison = f" ({lu.base_fermee})" if lu.base_fermee else ""
        lignes += _partie("État du poste", (f"poste fermé{raison} : ses états et ses nombres ne sont pas lus",))
    for rapport in reversed(lu.rapports):
        lignes += _partie(f"Rapport {rapport.numero}", rapport.lignes)
    lignes += _partie("Dernières lignes du journal technique", lu.journal)
    if lu.ecartees:
        lignes.append(f"Lignes laissées de côté, faute d’être reconnues : {lu.ecartees}")
    return "\n".join(typographie(ligne) if not ligne.startswith("  ") else ligne for ligne in lignes).rstrip() + "\n"


def _fichiers(lu: Diagnostic) -> Iterator[str]:
    for nom, taille in lu.fichiers:
        yield f"{nom} : {taille} {'fichiers' if nom.endswith('/') else 'octets'}"
    if lu.place_libre is not None:
        yield f"place libre : {lu.place_libre // 1_000_000} Mo"


def _partie(titre: str, lignes: Iterable[str]) -> Iterator[str]:
    """A title, its lines further in, and room after it."""
    yield titre
    yield from (f"  {ligne}" for ligne in lignes)
    yield ""
