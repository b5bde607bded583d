"""Sentences about the verdict of a pass, and about the files that a verdict needs (contracts §3)."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_REFUS = "Ne l’acceptez pas."
_GUICHET = "Ne l’acceptez pas. Invitez la personne à appeler son guichet."
_LISTE = "Prenez la liste la plus récente, ou vérifiez ce pass en ligne."
_RIEN = "Aucun pass n’a été vérifié."
_GARDEE = "La liste du poste reste en place."

MESSAGES: dict[str, Message] = {
    "verdict_valide": Message("Vous pouvez l’accepter, s’il n’a pas déjà servi."),
    "verdict_valide_tolerance": Message(
        "Ce pass est valide : sa date est passée depuis peu.", "La Région l’accepte encore.", "Vous pouvez l’accepter."
    ),
    "verdict_valide_sans_liste": Message(
        "Ce pass a bien été imprimé par un poste de la Région.",
        "Sans la liste, une perte ou une annulation ne se voit pas.",
        "Vérifiez-le en ligne si vous le pouvez.",
    ),
    "verdict_perime": Message("Ce pass est périmé.", faire=_REFUS),
    "verdict_annule_annule": Message("Ce pass a été annulé.", faire=_GUICHET),
    "verdict_annule_perdu": Message("Ce pass a été déclaré perdu.", faire=_GUICHET),
    "verdict_annule_vole": Message("Ce pass a été déclaré volé.", faire=_GUICHET),
    "verdict_annule_litige": Message("Ce pass est bloqué : la Région examine ce carnet.", faire=_GUICHET),
    "verdict_inconnu": Message("La campagne de ce pass n’est pas dans la liste.", faire=_LISTE),
    "verdict_inconnu_cle": Message(
        "Le poste qui a imprimé ce pass n’est pas connu ici.",
        faire="Sans liste, montrez aussi la couverture du carnet. Sinon, prenez la liste la plus récente.",
    ),
    "verdict_inconnu_hors_plage": Message(
        "Ce carnet est signé, mais son numéro n’est pas dans la liste.", "Il est peut-être plus récent qu’elle.", _LISTE
    ),
    "verdict_inconnu_liste_trop_ancienne": Message(
        "La liste a plus de 90 jours : elle ne suffit plus.", "Ce pass est bien signé.", _LISTE
    ),
    "verdict_falsifie": Message(
        "La signature de ce pass n’est pas la bonne.", faire="Ne l’acceptez pas. S’il a été tapé à la main, scannez-le."
    ),
    "verdict_illisible": Message(
        "Ce pass ne se lit pas en entier.", faire="Scannez-le à plat. Un numéro tapé se vérifie avec sa clé."
    ),
    "verdict_illisible_pas_un_pass": Message("Ce n’est pas un pass numérique.", faire="Scannez le carré du pass."),
    "verdict_illisible_en_ligne_seulement": Message(
        "Ce numéro est celui d’un pass. Sans réseau, il ne suffit pas.",
        faire="Scannez le carré du pass, ou vérifiez ce numéro en ligne.",
    ),
    "numero_juste": Message(
        "C’est bien le numéro d’un pass imprimé ici.",
        faire="Scannez le carré du pass, ou vérifiez ce numéro en ligne : rien ne dit s’il a déjà servi.",
    ),
    "pass_exemple": Message("Ce pass a été imprimé pour s’exercer.", faire="Il ne paie rien : ne l’acceptez pas."),
    "numero_faux": Message(
        "Ce numéro et ses cinq caractères ne vont pas ensemble.",
        faire="Relisez-les sur le papier. S’ils y sont bien ainsi, n’acceptez pas ce pass.",
    ),
    "carnet_sorti_ici": Message(
        "Ce carnet a été annulé sur ce poste.", "La liste de la Région ne le dit pas encore.", _REFUS
    ),
    "verification_sans_region": Message(
        "Ce poste n’est pas encore relié à la Région.",
        _RIEN,
        "Reliez-le depuis Aujourd’hui\u00a0: il recevra la liste qui sert à vérifier.",
    ),
    "liste_d_ailleurs": Message(
        "Cette liste n’est pas signée par votre Région.", _GARDEE, "Demandez à la Région le bon fichier."
    ),
    "liste_abimee": Message("Cette liste est abîmée.", _GARDEE, "Prenez-en une autre copie."),
    "liste_plus_ancienne": Message(
        "Cette liste, du {recue}, est plus ancienne que la vôtre.", _GARDEE, "Vous n’avez rien à faire."
    ),
    "verdict_aucun": Message("Aucun pass n’a été trouvé.", faire="Scannez le carré du pass, bien à plat."),
    "verdict_rien_demande": Message(
        "Il n’y a rien à vérifier.", faire="Donnez un pass, une image (--image) ou un fichier PDF (--pdf)."
    ),
    "racine_illisible": Message(
        "« {fichier} » n’est pas la clé publique de la Région.",
        _RIEN,
        "Ce fichier contient 64 caractères, de 0 à 9 et de a à f.",
    ),
    "jour_illisible": Message("« {jour} » n’est pas un jour.", _RIEN, "Écrivez-le ainsi : 2026-11-23."),
    "image_illisible": Message("« {fichier} » n’est pas une image lisible.", _RIEN, "Essayez une autre copie."),
    "pdf_illisible": Message("« {fichier} » n’est pas un PDF lisible.", _RIEN, "Essayez une autre copie."),
    "confiance_illisible": Message(
        "La liste de la Région ne se laisse pas lire.",
        "La liste précédente reste en place.",
        "Demandez-en une autre copie.",
    ),
    "confiance_refusee": Message("La liste « {fichier} » est abîmée.", _RIEN, "Prenez-en une autre copie."),
    "confiance_refusee_version": Message(
        "La liste « {fichier} » est plus récente que ce programme.", _RIEN, "Installez la mise à jour de PassDesk."
    ),
    "confiance_refusee_racine": Message(
        "La liste « {fichier} » n’est pas signée par cette Région.", _RIEN, "Vérifiez les deux fichiers donnés."
    ),
    "confiance_refusee_lien_expire": Message(
        "La liste « {fichier} » a été signée hors délai.", _RIEN, "Prenez la liste la plus récente."
    ),
}


def cle_verdict(verdict: str, raison: str | None) -> str:
    """The key of the sentence for a verdict and its reason (contracts §3)."""
    return f"verdict_{verdict}_{raison}" if raison else f"verdict_{verdict}"
