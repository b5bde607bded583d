"""Guards of the program taken away one at a time: each must be seen, or the simulator sees nothing.

A mutant is the program's own text with a few words changed, compiled again for the time of some histories.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from tests.simulation import monde
from tests.simulation.modele import Modele

HISTOIRES_MAX = 40
"""Histories given to a mutant before it is said to have passed."""


@dataclass(frozen=True, slots=True)
class Coupe:
    """Words of a function (or of a method "Classe.methode") replaced by others."""

    module: str
    fonction: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A guard that is gone. `graine`: a history that shows it soon; others follow if it does not."""

    nom: str
    coupes: tuple[Coupe, ...]
    graine: int = 0


def _mutant(nom: str, *coupes: tuple[str, str, str, str], graine: int = 0) -> Mutant:
    return Mutant(nom, tuple(Coupe(*coupe) for coupe in coupes), graine)


SERVER, SERVICES, STORAGE = "passdesk.server.", "passdesk.services.", "passdesk.storage."

MUTANTS = (
    _mutant(
        "lots disjoints",
        (SERVER + "escrow", "_numeros", "avancer(tx, compteur, carnets)", "1"),
    ),
    _mutant(
        "stock des pots",
        (SERVER + "escrow", "doter", ' AND stock - accorde + rendu >= ?"', ' AND 0 < ?"'),
        (
            SERVER + "magasin_sqlite",
            "MagasinSqlite._connecter",
            "PRAGMA foreign_keys = ON",
            "PRAGMA ignore_check_constraints = ON",
        ),
        graine=4,
    ),
    _mutant(
        "réserve de 4 000 des lycéens",
        (SERVER + "campagnes", "_borner_la_reserve", "RESERVE_LYCEE", "99_999"),
        graine=2,
    ),
    _mutant(
        "valeur rendue une fois",
        (SERVER + "publication", "_rendre_les_annules", "SET valeur_rendue = {issue}", "SET valeur_rendue = 0"),
        graine=1,
    ),
    _mutant(
        "un numéro gâché ne rend que ce qui fut donné",
        (
            SERVER + "publication",
            "_rendre_les_annules",
            "if lot is not None and",
            'if (lot := lot or ("general", 10)) is not None and',
        ),
        graine=3_000_000,
    ),
    _mutant(
        "acquit après l’écriture",
        (
            "tests.simulation.region",
            "MagasinFragile.perdre",
            'raise PanneAttendue("region_disque")',
            '[tx._connexion.execute(ordre) for ordre in ("ROLLBACK", "BEGIN")]',
        ),
        graine=5,
    ),
    _mutant(
        "un acte reçu deux fois compte une fois (appareil, époque, numéro)",
        (SERVER + "reception", "recevoir", "connues.get(piece.seq)", "None"),
        (SERVER + "magasin_sqlite", "_TransactionSqlite.inserer", "INSERT INTO", "INSERT OR REPLACE INTO"),
    ),
    _mutant(
        "fourche reconnue",
        (SERVER + "reception", "recevoir", "!= request.prev_hash", "is ..."),
        (SERVER + "reception", "recevoir", "connue[0] != piece.hash", "connue[0] is ..."),
        graine=1,
    ),
    _mutant(
        "plafond réglé dans la même transaction",
        (
            SERVER + "attributions",
            "accorder",
            "regler_plafond(tx, contexte.maintenant, cle, homonyme=homonyme) or litige",
            "litige",
        ),
    ),
    _mutant(
        "plafond réglé quand un carnet de remplacement s’en va",
        (SERVER + "attributions", "sortir", "return regler_plafond(tx, contexte.maintenant, cle)", "return None"),
        graine=2000380,
    ),
    _mutant("pass en trop bloqués", (SERVER + "settlement", "_bloquer", "if libres:", "if False:")),
    _mutant(
        "le dossier d’un dépassement",
        (SERVER + "settlement", "regler_plafond", "excedent = sum(", "excedent = -10 + sum("),
    ),
    _mutant("compteur des requêtes", (SERVER + "echange", "_compter", "AND compteur < ?", "AND 0 < ?")),
    _mutant(
        "signature des requêtes",
        (
            SERVER + "echange",
            "traiter_sync",
            "verify_request(cle, method=http.method, url=http.url, headers=http.headers, body=http.body)",
            "declared_sender(http.headers)",
        ),
    ),
    _mutant(
        "signature des réponses",
        (SERVICES + "synchroniser", "_echanger", "verify_answer(", "str("),
    ),
    _mutant(
        "numéro hors de tout lot, à la Région",
        (SERVER + "attributions", "_numero_permis", "elif lot is not None:", "elif True:"),
    ),
    _mutant(
        "numéro attribué deux fois, à la Région", (SERVER + "attributions", "_numero_permis", "if deja:", "if False:")
    ),
    _mutant(
        "un poste n’annule que les numéros de ses lots",
        (SERVER + "attributions", "sortir", "if tient(tx, contexte.device, campagne, carnet):", "if True:"),
    ),
    _mutant(
        "pas d’attribution hors des lots, au poste",
        (STORAGE + "lots", "_libres", "suivant <= dernier", "suivant <= dernier + 9"),
        (
            STORAGE + "projections.attributions",
            "_consommer",
            "BETWEEN suivant AND dernier",
            "BETWEEN suivant AND dernier + 9",
        ),
        graine=1,
    ),
    _mutant(
        "un lot rendu ne sert plus",
        (STORAGE + "projections.attributions", "rendre", "SET rendu = 1", "SET rendu = 0"),
        graine=21,
    ),
    _mutant(
        "ce que la Région a dit d’ailleurs compte",
        (SERVICES + "anterieurs", "pass_recus", "ailleurs += index_regional", "_ = index_regional"),
        graine=5,
    ),
    _mutant(
        "l’index dit à tous",
        (SERVER + "settlement", "indexer", "if len(cle) == 16:", "if False:"),
        (SERVER + "ordinaires", "Ordinaires._accorder", "if len(cle) == 16:", "if False:"),
    ),
    _mutant(
        "ce qui est dit par des clés d’avant un vol est comparé tel que dit",
        (STORAGE + "index_regional", "ajouter", "if plus_recents:", "if False:"),
        graine=398,
    ),
    _mutant(
        "un poste révoqué n’est plus entendu",
        (SERVER + "echange", "_garder", 'etat != "actif"', 'etat == ""'),
        graine=7,
    ),
    _mutant(
        "les numéros d’un poste volé sont nuls",
        (SERVER + "limbes", "mettre_en_limbes", "annuler(tx, lot.campagne, numero, raison, limbes=True)", "pass"),
        graine=7,
    ),
    _mutant(
        "un litige tranché : la même personne n’en a pas plus",
        (SERVER + "litiges", "excedent_admis", "('meme_personne', 'fraude')", "('fraude')"),
        graine=92,
    ),
    _mutant(
        "un litige tranché : deux personnes ont chacune leurs pass",
        (SERVER + "trancher", "trancher", "elif decision not in MAINTIENNENT:", 'elif decision == "erreur":'),
        graine=5,
    ),
    _mutant(
        "un litige tranché : une erreur du poste ne coûte rien",
        (SERVER + "trancher", "trancher", "elif decision not in MAINTIENNENT:", 'elif decision == "homonyme":'),
        graine=11,
    ),
    _mutant(
        "un litige tranché : une fraude annule tout le carnet",
        (SERVER + "trancher", "trancher", "annules = _annuler_tout(tx, litige)", "annules = 0"),
        graine=26,
    ),
    _mutant(
        "une attribution prise avec d’autres reste sous le plafond",
        (SERVER + "ordinaires", "Ordinaires._accorder", "total > PLAFOND or", "False or"),
        graine=5,
    ),
    _mutant(
        "une attribution prise avec d’autres est de son lot",
        (SERVER + "ordinaires", "_du_lot", "return any(", "return True or any("),
    ),
    _mutant(
        "le curseur ne dépasse pas ce qui est appliqué",
        (
            SERVICES + "synchroniser",
            "appliquer",
            "zip(reponse.events, lus, strict=True)",
            "zip(reponse.events[:-1], lus)",
        ),
    ),
    _mutant(
        "le curseur d’une page s’arrête à la page",
        (SERVER + "diffusion", "evenements_apres", "events[-1].srv_seq, True", 'dernier(tx, "srv_seq"), False'),
    ),
    _mutant(
        "un bail se lit une fois tout entendu",
        (
            SERVICES + "synchroniser",
            "appliquer",
            "if not reponse.more:\n            lots_dits.conclure(base, acte)",
            "lots_dits.conclure(base, acte)\n        if not reponse.more:",
        ),
        graine=2,
    ),
    _mutant(
        "l’acquit est celui de ce journal",
        (SERVICES + "synchroniser", "_acquitter", "== have.hash", '!= b""'),
        graine=5,
    ),
    _mutant(
        "une Région remise à une copie est reconnue",
        (STORAGE + "envoi", "noter_serveur", "not in (0, server_epoch)", "is ..."),
        graine=31,
    ),
    _mutant(
        "la génération de la liste avance",
        (SERVICES + "synchroniser", "appliquer", "depassee(base, ", "bool(None and "),
    ),
    _mutant(
        "une époque neuve laisse les lots",
        (STORAGE + "projections.poste", "changer_epoque", "SET rendu = 1", "SET rendu = rendu"),
        graine=29,
    ),
    _mutant(
        "la marque à côté de la base",
        (SERVICES + "poste", "_reconnaitre_une_copie", "connues.append((secrets.epoch, secrets.seq))", "pass"),
        graine=31,
    ),
    _mutant(
        "les actes à côté de la base reviennent",
        (SERVICES + "seconde_copie", "reprendre_copie", "if faisables < len(suite) or not suite:", "if True:"),
        graine=2,
    ),
    _mutant(
        "ce qui est à côté de la base, et n’y revient pas, est gardé",
        (STORAGE + "engine", "Base.actes_detaches", "or bool(detaches)", "or False"),
        graine=1,
    ),
    _mutant(
        "une copie qui ne se lit pas n’est pas récrite",
        (STORAGE + "engine", "Base._copie_sure", "if self._copie_reprise:", "if True:"),
        graine=16,
    ),
    _mutant(
        "la réponse lue est celle du courrier attendu",
        (SERVICES + "courrier", "_verifier", 'raise SaisieRefusee("courrier_autre") from None', "pass"),
    ),
    _mutant(
        "la réponse d’un courrier se lit une fois",
        (SERVICES + "courrier", "recevoir", "!= (etat.cursor, etat.server_epoch)", "is ..."),
        (SERVICES + "courrier", "recevoir", "COURRIER_ATTENDU, None", "COURRIER_ATTENDU, canonique.encode(attendu)"),
        graine=9,
    ),
    _mutant(
        "un échange rend inutile le courrier d’avant",
        (
            SERVICES + "synchroniser",
            "appliquer",
            "identite.ecrire_octets(base, noms.COURRIER_ATTENDU, None)",
            "pass",
        ),
        (SERVICES + "courrier", "recevoir", "!= (etat.cursor, etat.server_epoch)", "is ..."),
        graine=1,
    ),
    _mutant(
        "un courrier n’acquitte pas ce qui le précède",
        (
            SERVICES + "courrier",
            "recevoir",
            "if not envoi.suit_l_acquit(",
            "if None and (",
        ),
        graine=68,
    ),
    _mutant(
        "l’heure d’un courrier n’est pas celle du jour",
        (SERVICES + "courrier", "_prendre", "en_direct=False", "en_direct=True"),
    ),
    _mutant(
        "un effacement est rejoué au poste",
        (SERVICES + "effacements_dits", "entendre", "is not None", "is ..."),
        graine=37,
    ),
    _mutant(
        "un effacement vide les corps, à la Région",
        (SERVER + "effets", "_vider", "o.sujet = ?", "o.sujet <> ?"),
        graine=1,
    ),
    _mutant(
        "un effacement vide ce qui est à part",
        (SERVER + "quarantaine", "effacer_branches", "if a_un_corps and concerne(entete):", "if False:"),
        graine=76,
    ),
    _mutant(
        "un effacement sur une autre suite efface",
        (SERVER + "effets", "effacer_autres", "sujets.update(_effacer_du_journal(contexte, litiges))", "pass"),
        graine=29,
    ),
    _mutant(
        "qui continue un poste n’en est pas un neuf",
        (SERVER + "enrolement", "_accepter", "verifier_la_parole(tx, ligne.suite, a_la_place_de)", "pass"),
        graine=9,
    ),
    _mutant(
        "ce que dit l’ordinateur d’avant est gardé",
        (SERVER + "gardes", "_preparer", "sceller_ouverte(", "(lambda *_: None)("),
        graine=14,
    ),
    _mutant(
        "un carnet donné par un poste revenu redevient bon",
        (SERVER + "attributions", "_numero_permis", 'lot[0] == "limbes"', "False"),
        graine=8,
    ),
    _mutant(
        "une Région d’avant le changement d’ordinateur relie encore le poste",
        (SERVICES + "lien", "noter_refus", "in REFUS_DEFINITIFS", "in REFUS_DEFINITIFS[:2]"),
        graine=9,
    ),
    _mutant(
        "un poste relié dit sa clé en dernier",
        (SERVICES + "enroler", "_installer", "if cle_pass.deja_annoncee(base):", "if False:"),
        graine=24,
    ),
)


@contextmanager
def muter(mutant: Mutant) -> Iterator[None]:
    """The program without this guard while the block runs. Raises AssertionError when its text has changed."""
    with ExitStack() as pile:
        for cible in dict.fromkeys((coupe.module, coupe.fonction) for coupe in mutant.coupes):
            siennes = [coupe for coupe in mutant.coupes if (coupe.module, coupe.fonction) == cible]
            module = importlib.import_module(cible[0])
            classe, _, nom = cible[1].rpartition(".")
            porteur: Any = getattr(module, classe) if classe else module
            neuve = _recompiler(module, inspect.unwrap(getattr(porteur, nom)), siennes)
            vraie = getattr(porteur, nom)
            if classe:
                pile.enter_context(mock.patch.object(porteur, nom, neuve))
            for ou in [] if classe else _modules():
                for sous, valeur in list(vars(ou).items()):
                    if valeur is vraie:
                        pile.enter_context(mock.patch.object(ou, sous, neuve))
                    elif isinstance(valeur, dict) and not sous.startswith("__"):
                        neuves = {cle: neuve for cle, contenu in valeur.items() if contenu is vraie}
                        pile.enter_context(mock.patch.dict(valeur, neuves))
        yield


def _modules() -> list[ModuleType]:
    """Where the program may have a function under a name, or in a table: its own module, and those that imported it."""
    return [
        module for chemin, module in list(sys.modules.items()) if chemin.startswith(("passdesk.", "tests.simulation"))
    ]


def _recompiler(module: ModuleType, fonction: Callable[..., Any], coupes: list[Coupe]) -> Any:
    texte = textwrap.dedent(inspect.getsource(fonction))
    for coupe in coupes:
        assert coupe.avant in texte, f"{coupe.module}.{coupe.fonction} no longer says {coupe.avant!r}"
        texte = texte.replace(coupe.avant, coupe.apres)
    lieu: dict[str, Any] = {}
    code = compile(f"from __future__ import annotations\n{texte}", f"<mutant of {fonction.__name__}>", "exec")
    exec(code, vars(module), lieu)
    return lieu[fonction.__name__]


def attraper(mutant: Mutant, modele: Modele, lieu: Path) -> tuple[int, str] | None:
    """(histories played, rule broken) once one of them shows that the guard is gone; None when none does."""
    with muter(mutant):
        for rang in range(HISTOIRES_MAX):
            histoire = monde.jouer(mutant.graine + rang, modele, lieu)
            if histoire.violation is not None:
                return rang + 1, histoire.regle or "imprevu"
    return None
