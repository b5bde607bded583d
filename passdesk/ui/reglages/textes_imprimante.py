"""The words about the printer: its card in *Réglages*, and the page of its measures."""

from __future__ import annotations

from passdesk.domain.francais import date_longue, nombre_decimal
from passdesk.domain.reglage_imprimante import ReglageImprimante

CARTE = "Imprimante et papier"
SANS_IMPRIMANTE = "Cet ordinateur ne montre aucune imprimante\u00a0: les feuilles vont dans un fichier PDF."
VERS_FICHIER = "Les feuilles vont dans un fichier PDF, à imprimer en taille réelle (100\u00a0%)."
REGLER = "Régler cette imprimante"
PAS_REGLEE = "Pas encore réglée"
PAS_REGLEE_SUITE = "Une page d’essai et une règle suffisent."

IMPRIMER = "1. Imprimez la page de réglage"
IMPRIMER_AIDE = (
    "En taille réelle (100\u00a0%), sans «\u00a0ajuster à la page\u00a0». Elle ne vaut rien, et ne porte aucun pass."
)
IMPRIMER_BOUTON = "Imprimer la page"
PARTIE = "La page est partie à l’imprimante."
MESURER = "2. Notez ce que vous mesurez"
MESURER_AIDE = "En millimètres, avec une règle posée sur la page."
CHAMPS = {
    "couche": ("Trait &couché", "100\u00a0mm attendus"),
    "debout": ("Trait &debout", "100\u00a0mm attendus"),
    "gauche": ("De la croix au bord &gauche", "80\u00a0mm attendus"),
    "haut": ("De la croix au bord du &haut", "115\u00a0mm attendus"),
}
"""The label and the hint of each measure."""
ILLISIBLE = "Écrivez des millimètres, par exemple 99,5."
A_REVOIR = "Ces mesures s’écartent trop de ce qui est attendu. Mesurez encore une fois."
A_REMPLIR = "Notez d’abord les deux traits, couché et debout."
GARDER = "Garder ces mesures"
REVENIR = "Revenir aux réglages"
HORS_ECHELLE_SUITE = (
    "Aucun carnet ne sort sur cette imprimante. Imprimez la page encore une fois, en taille réelle, puis mesurez."
)


def titre(imprimante: str) -> str:
    """ "Régler l’imprimante « Accueil »"."""
    return f"Régler l’imprimante «\u00a0{imprimante}\u00a0»"


def etat(reglage: ReglageImprimante | None) -> tuple[str, str]:
    """What is known of a printer, bold, then what follows from it."""
    if reglage is None:
        return PAS_REGLEE, PAS_REGLEE_SUITE
    if not reglage.juste:
        return hors_echelle(reglage), HORS_ECHELLE_SUITE
    return f"Réglée le {date_longue(reglage.le)}", deplacement(reglage)


def hors_echelle(reglage: ReglageImprimante) -> str:
    """ "Elle change la taille : 96,6 mm au lieu de 100"."""
    return f"Elle change la taille\u00a0: {nombre_decimal(reglage.pire)}\u00a0mm au lieu de 100"


def deplacement(reglage: ReglageImprimante) -> str:
    """ "La taille est bonne. Les feuilles sont déplacées de 1 mm à gauche et de 0,5 mm vers le bas."."""
    x, y = reglage.decalage
    parts = []
    if x:
        parts.append(f"de {nombre_decimal(abs(x))}\u00a0mm {'à droite' if x > 0 else 'à gauche'}")
    if y:
        parts.append(f"de {nombre_decimal(abs(y))}\u00a0mm vers le {'bas' if y > 0 else 'haut'}")
    suite = f"Ce qui s’imprime est déplacé {' et '.join(parts)}." if parts else "Rien n’est à déplacer."
    return f"La taille est bonne. {suite}"
