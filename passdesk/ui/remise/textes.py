"""All the words of the hand-over, in one place."""

from __future__ import annotations

from datetime import date

from passdesk.domain.carnet import Carnet
from passdesk.domain.francais import date_longue, telephone
from passdesk.services.remise import numero_imprime
from passdesk.ui.etats import rangs_de_pass

TITRE = "Remettre le carnet"
A_DIRE = "À dire à la personne"
LE = "Remis le"
REMIS = "Carnet remis"
PLUS_TARD = "Remettre plus tard"
ENSUITE = "La suite"
TERMINEE = "Carnet remis"
FERMER = "Terminer la visite"
AUTRE = "Recevoir la personne suivante"
RASSURANCE = "La remise est enregistrée ici, même sans réseau."
RESUMER = "Résumé"
OFFRIR_RECEPISSE = "Imprimer le récépissé"
FAIRE_SIGNER, CONFIRMER = "Faire signer", "Confirmer"
FAIRE_SIGNER_DETAIL = "Le récépissé\u00a0: une moitié pour la personne, l’autre reste ici."
RECEPISSE = "Récépissé de remise"
RECEPISSE_DETAIL = "La moitié du haut est pour la personne, celle du bas reste au guichet."
RECEPISSE_ENVOYE = "Le récépissé est parti à l’imprimante."
RECEPISSE_ENREGISTRE = "Le récépissé est enregistré. Il porte un nom\u00a0: rangez-le ou supprimez-le."
NOM_CORRIGE = "Le nom a été corrigé depuis l’impression."
RECOUVRIR = "Réimprimer la couverture"
ANNULER = "Annuler la remise"
BLOQUES = "Dites-le à la personne\u00a0: aucun lieu ne les prend avant la décision de la Région."
VERIFIER_JOUR = "Vérifiez le jour de la remise."


def conseils(carnet: Carnet, aide: str = "") -> tuple[tuple[str, str], ...]:
    """Icon and sentence of each thing to tell; `aide`: the number printed on the carnet, "" when none is set."""
    faire = f"appelez vite le {telephone(aide)}, ou revenez" if aide else "revenez ici"
    fin = date_longue(carnet.dernier_jour)
    return (
        ("ticket", f"{_compte(carnet)}\u00a0: un pass se détache et se donne une seule fois."),
        ("calendar", f"Les pass sont valables jusqu’au {fin}. Après, ils ne valent plus rien."),
        ("map-pin", "Ils se donnent dans les lieux de médiation numérique qui les acceptent."),
        ("lock", f"En cas de perte ou de vol, {faire}\u00a0: le carnet sera bloqué."),
    )


def _compte(carnet: Carnet) -> str:
    """ "Voici 10 pass", "Voici 10 pass, dont 5 bloqués"."""
    bloques = len(carnet.rangs_bloques)
    dont = f", dont {bloques}\u00a0bloqué{'s' if bloques > 1 else ''}" if bloques else ""
    return f"Voici {carnet.taille}\u00a0pass{dont}"


def couverture_a_refaire(ancien: str) -> str:
    """ "La couverture dit encore « Awa Kone ». Les pass restent bons."."""
    return f"La couverture dit encore «\u00a0{ancien}\u00a0». Les pass restent bons."


def recepisse_d_un_autre_jour(le: date) -> str:
    """The paper signed and what is about to be recorded say two days."""
    return f"Le récépissé dit le {date_longue(le)}. Écrivez ce jour, ou faites-en signer un autre."


def bloques(carnet: Carnet) -> str:
    """ "Pass 6 à 10 bloqués", "" when none is."""
    rangs = carnet.rangs_bloques
    return f"{rangs_de_pass(rangs)} bloqué{'s' if len(rangs) > 1 else ''}" if rangs else ""


def numero(carnet: Carnet) -> str:
    """ "n° 127 0000021": what is read on the paper before it is given."""
    return f"n°\u00a0{numero_imprime(carnet)}".replace(" ", "\u00a0")


def sous_titre(carnet: Carnet, nom: str) -> str:
    """ "Maëlle Dufresnoy · n° 127 0000021": whose, then which, under a title that says a carnet."""
    return f"{nom} · {numero(carnet)}"


def remettez(carnet: Carnet) -> str:
    """Which carnet to give; several may lie on the table."""
    return f"Donnez le carnet {numero(carnet)}, faites signer, puis confirmez."


def etape(rang: int, acte: str) -> str:
    """ "1. Faire signer": an act of the bar, where the steps themselves may be out of sight."""
    return f"{rang}. {acte}"


def remis_le(le: date) -> str:
    """ "Remis le 23 novembre 2026"."""
    return f"{LE} {date_longue(le)}"


def remis_a_son_jour(jour: str) -> str:
    """ "Carnet remis le 23/11/2026": the day that the button records, where its field may be out of sight."""
    return f"{REMIS} le\u00a0{jour}"


def suites(carnet: Carnet) -> tuple[tuple[str, str], ...]:
    """What goes next."""
    lignes = [
        ("cloud", "L’acte part à la Région au prochain envoi. Vous n’avez rien à faire."),
    ]
    if carnet.taille == 5:
        lignes.append(("ticket", "Si le maximum n’est pas atteint, un second carnet de 5 peut être demandé."))
    return tuple(lignes)
