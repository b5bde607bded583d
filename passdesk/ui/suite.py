"""All that the program needs once its first page is on the screen: read meanwhile, in `rendu` (decision 0065)."""

from __future__ import annotations

from passdesk.services.effacement import faire_le_menage
from passdesk.services.impression import ranger_papiers
from passdesk.services.poste import etat_poste
from passdesk.services.restauration import restaurer
from passdesk.services.second_poste import SecondPoste
from passdesk.ui.agents import PageOubli
from passdesk.ui.aide import textes as textes_aide
from passdesk.ui.aide.entrainement import BandeEntrainement, commencer
from passdesk.ui.aide.manuel import manuel_livre
from passdesk.ui.aide.vue import VueAide
from passdesk.ui.bureau import Bureau
from passdesk.ui.contexte import Contexte, Remplacement
from passdesk.ui.cycle import CycleEnvoi
from passdesk.ui.diagnostic import montrer_diagnostic
from passdesk.ui.messages import familles
from passdesk.ui.parcours import Parcours
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.reglages import textes_sauvegarde
from passdesk.ui.reprise import PageReprise
from passdesk.ui.reseau import SigneReseau, preparer_signe
from passdesk.ui.retour import PageRetour

__all__ = [
    "BandeEntrainement",
    "Bureau",
    "Contexte",
    "CycleEnvoi",
    "PageOubli",
    "PagePremierDepart",
    "PageReprise",
    "PageRetour",
    "Parcours",
    "Remplacement",
    "SecondPoste",
    "SigneReseau",
    "VueAide",
    "commencer",
    "etat_poste",
    "faire_le_menage",
    "familles",
    "manuel_livre",
    "montrer_diagnostic",
    "preparer_signe",
    "ranger_papiers",
    "restaurer",
    "textes_aide",
    "textes_sauvegarde",
]
