"""The notice given to people about their data, and the page of the register: plain French, nothing of the State."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.domain.francais import telephone, typographie
from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "contact_donnees_refuse": Message(
        "Ce contact est trop long pour la notice.", "Rien n’a changé.", "Au plus {lignes} lignes de {signes} signes."
    ),
    "conservation_refusee": Message("Cette durée n’est pas possible.", "Rien n’a changé.", "De {mini} à {maxi} mois."),
}

NOTICE = "Vos informations et vos droits"
REGISTRE = "Registre des traitements"
CNIL = "CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07 · cnil.fr"


def duree(mois: int) -> str:
    """ "2 ans", "18 mois"."""
    ans, reste = divmod(mois, 12)
    if reste or not ans:
        return f"{mois}\u00a0mois"
    return f"{ans}\u00a0an{'s' if ans > 1 else ''}"


def notice(guichet: str, telephone_aide: str, contact: Sequence[str], mois: int, le: date) -> DossierPapier:
    """One page to give: what is kept, why, how long, who sees it, which rights, whom to write to."""
    numero = f", {telephone(telephone_aide)}" if telephone_aide else ""
    a_qui = [f"Au guichet : {guichet}{numero}", *([f"À la Région : {', '.join(contact)}"] if contact else [])]
    return _page(
        NOTICE,
        guichet,
        telephone_aide,
        le,
        ("Ce guichet donne des pass numériques pour la Région. Voici ce qu’il garde sur vous, et vos droits.",),
        {
            "Ce que nous gardons": (
                "Votre nom, votre date de naissance, votre commune, et comment vous joindre.",
                "Votre demande, les papiers que vous avez montrés, la réponse, vos carnets.",
                "Le temps passé à vous aider, et nos appels, si le guichet les note.",
            ),
            "Pourquoi": (
                "Pour vous donner les pass du règlement, ni plus ni moins, et vous appeler s’ils n’ont pas servi.",
                "C’est une mission de service public (RGPD, article 6-1-e) : votre accord n’est pas demandé.",
                "L’adresse, le courriel, la langue et la note sont facultatifs : vous pouvez ne pas les donner.",
            ),
            "Combien de temps": (
                f"{duree(mois)} après votre dernier passage. Ensuite, le guichet doit effacer votre fiche.",
                "Un repère sans votre nom reste jusqu’à la fin de la campagne : il évite de donner deux fois.",
            ),
            "Qui les voit": (
                "Les agents de ce guichet. La Région en garde une copie, fermée par une clé.",
                "Jamais les lieux où vous utilisez les pass : vos pass ne portent pas votre nom.",
            ),
            "Vos droits": (
                "Voir tout ce qui est gardé, et qui l’a regardé. Le faire corriger. Le faire mettre de côté un temps.",
                "Le faire effacer. Vous y opposer, pour une raison qui vous est propre. La réponse vient dans le mois.",
            ),
            "À qui le demander": a_qui,
            "Si la réponse ne vous convient pas": (CNIL,),
        },
    )


def registre(guichet: str, telephone_aide: str, contact: Sequence[str], mois: int, le: date) -> DossierPapier:
    """The page for a data protection officer (RGPD, article 30)."""
    return _page(
        REGISTRE,
        guichet,
        telephone_aide,
        le,
        (),
        {
            "Responsable et contact": (
                "La Région Hauts-de-France pour le pass ; la structure du guichet pour le suivi des personnes.",
                f"Contact pour les données : {', '.join(contact) if contact else 'à compléter dans Réglages'}.",
            ),
            "Finalités": (
                "Pass numérique : instruire les demandes, donner les carnets, tenir le maximum par personne.",
                "Suivre l’accompagnement au numérique. Rappeler qui n’a pas utilisé ses pass.",
            ),
            "Base": (
                "Mission d’intérêt public (article 6-1-e) : délibération du 1er février 2022. Aucun consentement.",
            ),
            "Personnes et données": (
                "Qui demande un pass : identité, naissance, domicile, coordonnées, aides à la lecture, note.",
                "Demandes, papiers vus (numérisés ou non), réponses et leurs faits, carnets, accompagnements, appels.",
                "Agents du guichet : nom, actes, fiches consultées.",
                "Ni diagnostic, ni numéro de sécurité sociale, ni mot de passe.",
            ),
            "Destinataires": (
                "Agents du guichet. Région : copie de chaque acte, chiffrée, clé rangée à part.",
                "Autres guichets : la clé d’identité et le nombre de pass. Lieux : un numéro de pass, aucun nom.",
                "PassDesk ne transmet rien à d’autres. L’hébergement de la Région est à décrire par elle.",
            ),
            "Durées": (
                f"Fiche : {duree(mois)} après le dernier contact ; un responsable efface.",
                "Clé d’identité et total des pass : fin de la campagne. Copies de secours de la Région : 30 jours.",
                "Journal : les entêtes des actes restent, sans identité.",
            ),
            "Sécurité": (
                "Fichier chiffré (AES-256), clé fermée par la phrase de chaque agent. Échanges signés et scellés.",
                "Effacement : corps et sels supprimés, fichier réécrit, copie de la Région supprimée à l’envoi.",
                "La clé d’identité vient du nom et de la naissance : elle reste une donnée personnelle.",
            ),
            "Droits": (
                "Accès et copie, rectification, limitation, effacement, opposition : au guichet, depuis la fiche.",
                "Notice remise et notée dans le journal. Consultations des fiches gardées au poste.",
            ),
        },
    )


def _page(
    titre: str,
    guichet: str,
    telephone_aide: str,
    le: date,
    introduction: Iterable[str],
    rubriques: dict[str, Sequence[str]],
) -> DossierPapier:
    return DossierPapier(
        titre=typographie(titre),
        personne="",
        guichet=guichet,
        telephone_aide=telephone_aide,
        le=le,
        introduction=tuple(map(typographie, introduction)),
        rubriques=tuple(
            Rubrique(typographie(nom), tuple(LigneDossier("", typographie(phrase)) for phrase in phrases))
            for nom, phrases in rubriques.items()
        ),
    )
