"""The desk from the command line: create it, link it to the Region, send."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from passdesk.cli.ouverture import ouvert, tenu
from passdesk.cli.sortie import (
    OptionBaseDir,
    OptionJson,
    OptionPhrase,
    dossier_du_poste,
    imprimer,
    imprimer_json,
    lire_phrase,
    lire_texte,
)
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import typographie
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.ui.messages import message

if TYPE_CHECKING:
    from passdesk.services.poste import Poste
    from passdesk.services.synchroniser import BilanEnvoi

# The services bring the base and the network: they are imported by the command that runs, and no other pays for them.


class OuiNon(StrEnum):
    """A choice that may be taken back."""

    OUI = "oui"
    NON = "non"


FIN_EXIT = {"fini": 0, "hors_ligne": 3, "refuse": 1, "fourche": 1, "arrete": 3}


def enregistrer(app: typer.Typer) -> None:
    """Adds `passdesk poste …` and `passdesk synchroniser`."""
    groupe = typer.Typer(help="Le poste : le créer, le relier à la Région, voir où il en est.")
    groupe.command("creer")(creer)
    groupe.command("enroler")(demander)
    groupe.command("regler")(regler)
    groupe.command("etat")(etat)
    app.add_typer(groupe, name="poste")
    app.command("synchroniser")(envoyer)


def creer(
    agent: Annotated[str, typer.Option("--agent", metavar="NOM", help="Le nom de la personne qui tient le poste.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Crée un poste neuf, protégé par une phrase secrète."""
    from passdesk.services.poste import creer_poste, verifier_creation
    from passdesk.storage.verrou import tenir_seul

    dossier, phrase = dossier_du_poste(base_dir), lire_phrase(phrase_file, nouvelle=True)
    # Before the lock, which makes the folder.
    verifier_creation(dossier, phrase, agent)
    with tenir_seul(dossier):
        creer_poste(dossier, phrase, agent, HorlogeSysteme()).fermer()
    if en_json:
        imprimer_json({"cree": True, "agent": agent.strip()})
    else:
        imprimer("Le poste est prêt. Gardez la phrase secrète : sans elle, personne ne peut l’ouvrir.")


def demander(
    adresse: Annotated[
        str | None, typer.Option("--adresse", metavar="URL", help="L’adresse donnée par la Région.")
    ] = None,
    code_file: Annotated[
        Path | None,
        typer.Option("--code-file", metavar="FICHIER", help="Fichier des dix caractères (sinon : une question)."),
    ] = None,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Relie le poste à la Région. Sans --adresse, demande si elle a accepté."""
    from passdesk.services import enroler
    from passdesk.services.poste import etat_poste

    with tenu(base_dir, phrase_file) as poste:
        mots = None if adresse is None else enroler.demander(poste, adresse, _code(code_file))
        relie = mots is None and enroler.terminer(poste)
        nom = etat_poste(poste).nom_poste
    if en_json:
        imprimer_json({"mots": mots} if mots is not None else {"relie": relie, "poste": nom if relie else None})
    elif mots is not None:
        imprimer("Appelez la Région et comparez ces six mots :")
        imprimer("  " + "  ".join(mots))
        imprimer("S’ils sont les mêmes, elle accepte. Relancez ensuite : passdesk poste enroler")
    elif relie:
        imprimer(f"Ce poste est relié à la Région sous le nom « {nom} ».")
    else:
        imprimer("La Région n’a pas encore accepté. Réessayez dans un moment.")
    if mots is None and not relie:
        raise typer.Exit(1)


def _code(fichier: Path | None) -> str:
    if fichier is not None:
        return lire_texte(fichier).strip()
    if not sys.stdin.isatty():
        raise SaisieRefusee("code_enrolement_mal_ecrit")
    # Beside the answer, which may be for another program.
    print(typographie("Les dix caractères donnés par la Région : "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def regler(
    telephone_aide: Annotated[
        str | None,
        typer.Option("--telephone-aide", metavar="NUMÉRO", help="Le numéro d’aide imprimé sur chaque carnet."),
    ] = None,
    adresse_recours: Annotated[
        str | None,
        typer.Option(
            "--adresse-recours",
            metavar="LIGNES",
            help="Où écrire à la Région pour contester une réponse, donné par elle ; les lignes séparées par « | ».",
        ),
    ] = None,
    contact_donnees: Annotated[
        str | None,
        typer.Option(
            "--contact-donnees",
            metavar="LIGNES",
            help="À qui écrire à la Région pour ses données, donné par elle ; les lignes séparées par « | ».",
        ),
    ] = None,
    conservation_mois: Annotated[
        int | None,
        typer.Option(
            "--conservation-mois", metavar="MOIS", help="Combien de mois garder une fiche après le dernier contact."
        ),
    ] = None,
    position: Annotated[
        str | None,
        typer.Option(
            "--position",
            metavar="LATITUDE;LONGITUDE",
            help="Où est le guichet (« 50,1233 ; 3,9308 »), pour dire la distance des lieux.",
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy",
            metavar="CHOIX",
            help="Par où joindre la Région : « systeme » (comme cet ordinateur), « aucun », ou l’adresse d’un proxy.",
        ),
    ] = None,
    libelle: Annotated[
        str | None,
        typer.Option(
            "--libelle",
            metavar="NOM",
            help="Le nom de ce poste sur les papiers ; vide, celui que la Région lui donne.",
        ),
    ] = None,
    itinerant: Annotated[
        OuiNon | None,
        typer.Option("--itinerant", help="Ce poste se déplace : le lieu se demande une fois par jour."),
    ] = None,
    lieu_du_jour: Annotated[
        str | None,
        typer.Option(
            "--lieu-du-jour",
            metavar="CODE",
            help="Où ce poste est aujourd’hui : le code INSEE de la commune, ou le numéro d’un lieu de la liste.",
        ),
    ] = None,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Règle ce qui s’imprime sur les carnets et les lettres de ce poste, où il est, et par où il joint la Région."""
    from passdesk.services.connexion import regler_chemin
    from passdesk.services.donnees import regler_conservation, regler_contact_donnees
    from passdesk.services.lieu_du_jour import regler_itinerant, regler_libelle
    from passdesk.services.lieux import regler_position
    from passdesk.services.reglages import regler_adresse_recours, regler_telephone_aide

    bouge = itinerant is OuiNon.OUI
    deplace = "Le lieu se demandera une fois par jour." if bouge else "Ce poste reste au même endroit."

    def chemin_choisi(poste: Poste, choix: str) -> None:
        regler_chemin(poste, choix if choix in ("systeme", "aucun") else "adresse", choix)

    reglages: tuple[tuple[str, object, Callable[[Poste, Any], object], str], ...] = (
        ("telephone_aide", telephone_aide, regler_telephone_aide, "Les prochains carnets porteront ce numéro."),
        ("adresse_recours", adresse_recours, regler_adresse_recours, "Les prochaines lettres porteront cette adresse."),
        ("contact_donnees", contact_donnees, regler_contact_donnees, "La notice et le registre le diront."),
        ("conservation_mois", conservation_mois, regler_conservation, "La notice et le registre le diront."),
        ("position", position, regler_position, "Les distances se comptent de là."),
        ("proxy", proxy, chemin_choisi, "Ce poste appellera la Région par là."),
        (
            "libelle",
            libelle,
            regler_libelle,
            f"Les prochains papiers porteront {'ce nom' if libelle else 'celui de la Région'}.",
        ),
        ("itinerant", itinerant, lambda poste, _: regler_itinerant(poste, bouge), deplace),
        ("lieu_du_jour", lieu_du_jour, _etre_la, "Les papiers du jour le diront."),
    )
    donnes = [reglage for reglage in reglages if reglage[1] is not None]
    if not donnes:
        raise SaisieRefusee("reglage_absent")
    with ouvert(base_dir, phrase_file) as poste:
        for _, donne, faire, _ in donnes:
            faire(poste, donne)
    if en_json:
        imprimer_json({"regles": [nom for nom, *_ in donnes]})
        return
    for suite in dict.fromkeys(suite for *_, suite in donnes):
        imprimer(f"C’est noté. {suite}")


def _etre_la(poste: Poste, cle: str) -> None:
    from passdesk.domain.commune import lire_communes
    from passdesk.ressources import chemin
    from passdesk.services.lieu_du_jour import choisir_lieu, est_itinerant

    if not est_itinerant(poste):
        raise SaisieRefusee("poste_fixe")
    choisir_lieu(poste, cle.strip(), lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8")))


def etat(base_dir: OptionBaseDir = None, phrase_file: OptionPhrase = None, en_json: OptionJson = False) -> None:
    """Dit où en est le poste : relié ou non, carnets restants, actes à envoyer."""
    from passdesk.services.lieu_du_jour import est_itinerant, ici, libelle
    from passdesk.services.poste import etat_poste
    from passdesk.services.stock import stocks

    with ouvert(base_dir, phrase_file) as poste:
        lu, pots = etat_poste(poste), stocks(poste)
        nomme, itinerant, endroit = libelle(poste), est_itinerant(poste), ici(poste)
    if en_json:
        imprimer_json(
            {
                "enrole": lu.enrole,
                "poste": lu.nom_poste,
                "libelle": nomme or None,
                "itinerant": itinerant,
                "lieu_du_jour": endroit.nom if endroit else None,
                "carnets_5": lu.carnets_5,
                "carnets_10": lu.carnets_10,
                "cle_attendue": lu.cle_attendue,
                "stock": [{"pot": pot.pot, "carnets": {str(t): n for t, n in pot.carnets}} for pot in pots],
                "actes_a_envoyer": lu.actes_a_envoyer,
                "dernier_contact": lu.dernier_contact.isoformat() if lu.dernier_contact else None,
                "litiges": lu.litiges,
            }
        )
        return
    imprimer(f"Poste relié à la Région : {lu.nom_poste}" if lu.enrole else "Poste non relié à la Région")
    if lu.cle_attendue:
        imprimer("Clé du poste : attendue de la Région, qui la donne au prochain envoi")
    imprimer(f"Carnets restants : {lu.carnets_5} de 5, {lu.carnets_10} de 10")
    for pot in pots[1:]:
        dits = ", ".join(f"{nombre} de {taille}" for taille, nombre in reversed(pot.carnets))
        imprimer(f"Réservés aux lycéens : {dits or 'aucun'}")
    imprimer(f"Actes à envoyer : {lu.actes_a_envoyer}")


def envoyer(base_dir: OptionBaseDir = None, phrase_file: OptionPhrase = None, en_json: OptionJson = False) -> None:
    """Envoie à la Région ce qui attend, et reçoit ce qu’elle a à dire."""
    from passdesk.services.synchroniser import synchroniser

    with ouvert(base_dir, phrase_file) as poste:
        bilan = synchroniser(poste)
    if en_json:
        imprimer_json(
            {
                "fin": bilan.fin,
                "raison": bilan.raison,
                "envoyes": bilan.envoyes,
                "restent": bilan.restent,
                "recus": bilan.recus,
                "litiges": bilan.litiges,
                "en_attente": bilan.en_attente,
            }
        )
    elif bilan.fin == "fini":
        imprimer(phrase_bilan(bilan))
    else:
        print(typographie(phrase_bilan(bilan)), file=sys.stderr)
    raise typer.Exit(FIN_EXIT[bilan.fin])


def phrase_bilan(bilan: BilanEnvoi) -> str:
    """How an exchange ended, in words."""
    if bilan.fin == "fini":
        suite = f" {accorder(bilan.litiges, 'dossier')} à vérifier." if bilan.litiges else ""
        envoyes, recues = accorder(bilan.envoyes, "acte", "envoyé"), accorder(bilan.recus, "nouvelle", "reçue")
        return f"{message('bilan_fini')} {envoyes}, {recues}.{suite}"
    if bilan.fin == "arrete" or (bilan.fin == "hors_ligne" and bilan.envoyes):
        return str(message("bilan_arrete", restent=bilan.restent))
    return str(message(bilan.raison or "hors_ligne"))


def accorder(nombre: int, *mots: str) -> str:
    """ "1 acte envoyé", "3 actes envoyés", "0 acte envoyé"."""
    return " ".join((str(nombre), *(mot + "s" if nombre > 1 else mot for mot in mots)))
