"""The letter of a carnet that is void: lost, stolen or returned; and of the one that takes its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.francais import ESPACE, date_longue, euros, typographie
from passdesk.printing.flux import grasse
from passdesk.printing.lettre import BlocLettre, Courrier, LigneLettre, TexteLettre
from passdesk.printing.lettre_mots import DONNEES, phrase, question, titre_de_bloc

TITRE_PDF = "Un carnet de pass numériques bloqué"
_TITRES = {
    "perdu": "Votre carnet perdu est bloqué",
    "vole": "Votre carnet volé est bloqué",
    "retourne": "Votre carnet rendu est bloqué",
}
_FAITS = {
    "perdu": "Vous avez déclaré perdu votre carnet n°",
    "vole": "Vous avez déclaré volé votre carnet n°",
    "retourne": "Vous avez rendu votre carnet n°",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LettreCarnet(Courrier):
    """`etat`: "perdu", "vole" or "retourne", since `depuis_le`; `ancien`: its number as printed.

    `nouveau`: number of the carnet that takes its place, "" while there is none; both hold `taille` pass of
    `valeur_cents`, valid until `dernier_jour`. `remplacable`: another one may still be asked for. `remis`: the person
    had been handed the old one, so that its pass stay counted.
    """

    etat: str
    ancien: str
    depuis_le: date = field(repr=False)
    taille: int
    valeur_cents: int
    dernier_jour: date
    nouveau: str = ""
    remplacable: bool = False
    remis: bool = True


def texte_lettre_carnet(lettre: LettreCarnet) -> TexteLettre:
    """What happened, what the old paper is worth, what the person has now."""
    ancien = lettre.ancien.replace(" ", ESPACE)
    blocs = [
        BlocLettre(
            (
                phrase("Bonjour,"),
                phrase(f"{_FAITS[lettre.etat]}{ESPACE}", (ancien,), f", le {date_longue(lettre.depuis_le)}."),
            )
        ),
        BlocLettre(_ancien(lettre), "cadenas", cadre=True),
    ]
    if lettre.nouveau:
        blocs.append(BlocLettre(_nouveau(lettre), "coupon_donne", cadre=True))
    elif lettre.remplacable:
        blocs.append(
            BlocLettre(
                (titre_de_bloc("Et ensuite ?"), phrase("Vous pouvez demander un autre carnet, au même guichet.")),
                "coupon_donne",
            )
        )
    if lettre.etat == "vole":
        blocs.append(BlocLettre((phrase("Vous pouvez aussi déclarer le vol à la police ou à la gendarmerie."),)))
    blocs.append(question(lettre))
    return TexteLettre(
        titre=_TITRES[lettre.etat],
        blocs=tuple(blocs),
        pied=(typographie(DONNEES.format(", ou les faire effacer")),),
    )


def _ancien(lettre: LettreCarnet) -> tuple[LigneLettre, ...]:
    lignes = [
        LigneLettre(grasse("Ce carnet ne vaut plus rien"), fort=True),
        phrase("Personne ne peut plus l’utiliser, vous non plus."),
    ]
    if lettre.etat != "retourne":
        lignes.append(phrase("Vous le retrouvez ? Déchirez-le : les lieux le refusent."))
    else:
        compte = "Ces pass restent comptés pour vous." if lettre.remis else "Ces pass ne sont pas comptés pour vous."
        lignes += [phrase(compte), phrase("Gardez cette lettre : elle dit que vous l’avez rendu.")]
    return tuple(lignes)


def _nouveau(lettre: LettreCarnet) -> tuple[LigneLettre, ...]:
    total = f"{lettre.taille} pass de {euros(lettre.valeur_cents)}, soit {euros(lettre.taille * lettre.valeur_cents)}."
    return (
        LigneLettre(grasse("Vous recevez un autre carnet"), fort=True),
        phrase(f"Carnet n°{ESPACE}", (lettre.nouveau.replace(" ", ESPACE),), f"{ESPACE}: {total}"),
        phrase("Valable jusqu’au ", (date_longue(lettre.dernier_jour),), "."),
        phrase("Il remplace l’ancien. Les pass déjà utilisés de l’ancien carnet ne sont pas rendus."),
    )
