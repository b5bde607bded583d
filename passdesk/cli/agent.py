"""The agents of a desk from the command line: who works here, comes, leaves; passphrases, the key, the sheet."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
)
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeSysteme

if TYPE_CHECKING:
    from passdesk.services.agents import AgentDuPoste
    from passdesk.services.poste import Poste

VARIABLE_NOUVELLE = "PASSDESK_NOUVELLE_PHRASE"
VARIABLE_SECOURS = "PASSDESK_SECOURS"
OptionNouvelle = Annotated[
    Path | None,
    typer.Option(
        "--nouvelle-phrase-file",
        metavar="FICHIER",
        help=f"Fichier de la nouvelle phrase secrète (sinon : {VARIABLE_NOUVELLE}, ou une question).",
    ),
]
ArgumentNom = Annotated[str, typer.Argument(metavar="NOM", help="Le nom de l’agent, tel que le poste l’écrit.")]


class Role(StrEnum):
    """What an agent may do; it guides, it does not protect."""

    MEDIATEUR = "mediateur"
    RESPONSABLE = "responsable"


def enregistrer(app: typer.Typer) -> None:
    """Adds `passdesk agent …`."""
    groupe = typer.Typer(help="Les agents du poste : qui peut l’ouvrir, et avec quelle phrase secrète.")
    for nom, commande in (
        ("lister", lister),
        ("ajouter", ajouter),
        ("retirer", retirer),
        ("phrase", changer),
        ("feuille", feuille),
        ("cle", cle),
        ("retrouver", retrouver),
    ):
        groupe.command(nom)(commande)
    app.add_typer(groupe, name="agent")


def lister(base_dir: OptionBaseDir = None, phrase_file: OptionPhrase = None, en_json: OptionJson = False) -> None:
    """Dit qui travaille à ce poste, et si une feuille de secours existe."""
    from passdesk.services.agents import agents_du_poste
    from passdesk.services.secours import etat_secours

    with ouvert(base_dir, phrase_file) as poste:
        agents, secours = agents_du_poste(poste), etat_secours(poste)
    if en_json:
        imprimer_json(
            {
                "agents": [{"nom": a.nom, "role": a.role, "moi": a.moi, "phrase": a.a_une_phrase} for a in agents],
                "feuille_de_secours": secours.faite_le.isoformat() if secours.faite_le else None,
            }
        )
        return
    for agent in agents:
        suite = "" if agent.a_une_phrase else ", sans phrase secrète"
        imprimer(f"{agent.nom} : {agent.role}{suite}")
    imprimer(
        f"Feuille de secours : faite le {secours.faite_le:%d/%m/%Y}"
        if secours.faite_le
        else "Feuille de secours : aucune"
    )


def ajouter(
    nom: ArgumentNom,
    role: Annotated[Role, typer.Option("--role", help="Ce que l’agent peut faire.")] = Role.MEDIATEUR,
    nouvelle_phrase_file: OptionNouvelle = None,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Ajoute un agent, avec sa propre phrase secrète. Réservé à un responsable."""
    from passdesk.services.agents import ajouter_agent

    with tenu(base_dir, phrase_file) as poste:
        ajouter_agent(poste, nom, role, _nouvelle(nouvelle_phrase_file))
        ecrit = _designer(poste, nom).nom
    _repondre({"agent": ecrit, "role": str(role)}, en_json, "C’est noté. Cette phrase ouvre maintenant le poste.")


def retirer(
    nom: ArgumentNom,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Retire un agent : sa phrase secrète n’ouvre plus rien ici. Réservé à un responsable."""
    from passdesk.services.agents import retirer_agent

    with tenu(base_dir, phrase_file) as poste:
        agent = _designer(poste, nom)
        retirer_agent(poste, agent.agent_id)
    _repondre(
        {"agent": agent.nom},
        en_json,
        "C’est noté. Sa phrase n’ouvre plus le poste ; ses actes restent à son nom.",
        "Une sauvegarde faite avant ce jour s’ouvre encore avec elle : gardez-les sous clé.",
    )


def changer(
    nom: Annotated[
        str | None, typer.Option("--agent", metavar="NOM", help="Pour un collègue qui a perdu la sienne.")
    ] = None,
    nouvelle_phrase_file: OptionNouvelle = None,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Change votre phrase secrète, ou donne une nouvelle phrase à un collègue (réservé à un responsable)."""
    from passdesk.services.agents import agents_du_poste, changer_phrase, donner_phrase

    with tenu(base_dir, phrase_file) as poste:
        if nom is None:
            agent = next(agent for agent in agents_du_poste(poste) if agent.moi)
            changer_phrase(poste, lire_phrase(phrase_file), _nouvelle(nouvelle_phrase_file))
        else:
            agent = _designer(poste, nom)
            donner_phrase(poste, agent.agent_id, _nouvelle(nouvelle_phrase_file))
    _repondre({"agent": agent.nom}, en_json, "C’est noté. L’ancienne phrase n’ouvre plus le poste.")


def feuille(
    out: Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Le PDF à imprimer, hors du dossier du poste.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Fait une nouvelle feuille de secours, à imprimer puis à effacer. La précédente n’ouvre plus rien."""
    from passdesk.services.secours import dessiner_feuille, retenir_feuille, tirer_feuille
    from passdesk.ui.messages.agents import feuille_de_secours

    _verifier_place(out, dossier_du_poste(base_dir))
    with tenu(base_dir, phrase_file) as poste:
        faite = tirer_feuille(poste)
        dessin = feuille_de_secours(faite.cle_de_secours, faite.guichet, faite.le)
        octets = dessiner_feuille(dessin).papier.pdf
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as flux:
            flux.write(octets)
        retenir_feuille(poste, faite)
    _repondre(
        {"fichier": str(out), "faite_le": faite.le.isoformat()},
        en_json,
        "La feuille de secours est écrite. Imprimez-la, rangez-la sous clé, puis effacez ce fichier.",
    )


def cle(base_dir: OptionBaseDir = None, phrase_file: OptionPhrase = None, en_json: OptionJson = False) -> None:
    """Change la clé du poste : seule votre phrase l’ouvre ensuite. Réservé à un responsable."""
    from passdesk.services.cle_du_poste import changer_la_cle
    from passdesk.storage.verrou import tenir_seul

    dossier = dossier_du_poste(base_dir)
    phrase = lire_phrase(phrase_file)
    with tenir_seul(dossier):
        changer_la_cle(dossier, phrase, HorlogeSysteme())
    _repondre(
        {"changee": True},
        en_json,
        "C’est fait. Les clés et les copies d’avant n’ouvrent plus ce que le poste enregistre à partir de maintenant.",
        "Donnez une nouvelle phrase à chaque collègue, et faites une nouvelle feuille de secours.",
    )


def retrouver(
    nom: ArgumentNom,
    secours_file: Annotated[
        Path | None,
        typer.Option(
            "--secours-file",
            metavar="FICHIER",
            help=f"Fichier de la clé de secours (sinon : {VARIABLE_SECOURS}, ou une question).",
        ),
    ] = None,
    nouvelle_phrase_file: OptionNouvelle = None,
    base_dir: OptionBaseDir = None,
    en_json: OptionJson = False,
) -> None:
    """Donne une nouvelle phrase secrète à un agent, grâce à la feuille de secours."""
    from passdesk.services import secours
    from passdesk.storage.verrou import tenir_seul

    dossier = dossier_du_poste(base_dir)
    cle = lire_phrase(secours_file, variable=VARIABLE_SECOURS, question="Clé de secours")
    agents = secours.agents_a_retrouver(dossier, cle, HorlogeSysteme())
    trouves = [agent for agent in agents if agent.nom.casefold() == nom.strip().casefold()]
    if not trouves:
        raise SaisieRefusee("agent_inconnu")
    with tenir_seul(dossier):
        secours.retrouver(dossier, cle, trouves[0].agent_id, _nouvelle(nouvelle_phrase_file), HorlogeSysteme()).fermer()
    _repondre(
        {"agent": trouves[0].nom},
        en_json,
        "C’est noté. La nouvelle phrase ouvre le poste ; la feuille de secours reste bonne.",
    )


def _repondre(objet: dict[str, object], en_json: bool, *phrases: str) -> None:
    """What was done, for another program or for a person."""
    if en_json:
        imprimer_json(objet)
        return
    for phrase in phrases:
        imprimer(phrase)


def _nouvelle(fichier: Path | None) -> str:
    return lire_phrase(fichier, nouvelle=True, variable=VARIABLE_NOUVELLE, question="Nouvelle phrase secrète")


def _designer(poste: Poste, nom: str) -> AgentDuPoste:
    from passdesk.services.agents import agents_du_poste

    voulu = " ".join(nom.split()).casefold()
    trouves = [agent for agent in agents_du_poste(poste) if agent.nom.casefold() == voulu]
    if not trouves:
        raise SaisieRefusee("agent_inconnu")
    return trouves[0]


def _verifier_place(out: Path, dossier: Path) -> None:
    """Beside the base, the sheet would open it for whoever takes both. Raises SaisieRefusee."""
    if out.exists() or out.is_symlink():
        raise SaisieRefusee("secours_existe_deja", fichier=out.name)
    if out.resolve().is_relative_to(dossier.resolve()):
        raise SaisieRefusee("secours_dans_le_poste")
