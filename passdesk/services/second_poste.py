"""The desk on a connection of its own, for what is long: sending, backing up, checking; the visits do not wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TypeVar

from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue
from passdesk.services import enroler
from passdesk.services.avancement import Avancement
from passdesk.services.connexion import ouvrir_chemin
from passdesk.services.integrite import VerificationArretee, verifier, verifier_si_utile
from passdesk.services.poste import Poste
from passdesk.services.sauvegarde import sauvegarder_au_poste, sauvegarder_si_utile
from passdesk.services.synchroniser import BilanEnvoi, synchroniser

T = TypeVar("T")


class SecondPoste:
    """The desk's second connection, opened and used in the `reseau` thread alone; without a desk while it is locked.

    `arreter`: True once the program is closing. `entre_deux` says the same, asked only between two exchanges: it may
    wait for the window, which neither an open socket nor a statement of the base may do.
    """

    def __init__(self, poste: Poste, arreter: Callable[[], bool], entre_deux: Callable[[], bool] | None = None) -> None:
        self._poste: Poste | None = poste
        self._arreter = arreter
        self._entre_deux = entre_deux or arreter
        self.assez = Event()
        """Set from another thread: the check under way is given up."""
        self._ouvert: Poste | None = None

    def faire(self, fonction: Callable[[Poste], T]) -> T:
        """What the function returns for the second poste; opens it the first time. Raises what the function raises.

        Raises PanneAttendue("poste_verrouille") while the desk is locked.
        """
        if self._ouvert is None:
            if self._poste is None:
                raise PanneAttendue("poste_verrouille")
            self._ouvert = self._poste.rouvrir()
        try:
            return fonction(self._ouvert)
        except BaseFermee:
            # A page that does not decipher makes the connection that met it useless for what can still be read.
            self.fermer()
            raise

    def fermer(self) -> None:
        """Closes the connection if it was opened."""
        if self._ouvert is not None:
            self._ouvert.fermer()
            self._ouvert = None

    def verrouiller(self) -> None:
        """Closes the connection; none is opened before `deverrouiller`."""
        ouvert, self._poste = self._ouvert, None
        self.fermer()
        if ouvert is not None:
            ouvert.oublier_la_cle()

    def deverrouiller(self, poste: Poste) -> None:
        """The desk was opened again, by the same agent or another one."""
        self.fermer()
        self._poste = poste

    def synchroniser(self, avancement: Avancement, arreter: Callable[[], bool]) -> BilanEnvoi:
        """One sending cycle; given up once the program is closing, or when `arreter` says so."""
        assez, entre_deux = (partial(_l_un_ou_l_autre, un, arreter) for un in (self._arreter, self._entre_deux))
        return self.faire(
            lambda poste: synchroniser(
                poste, partial(ouvrir_chemin, poste, assez), avancement=avancement, arreter=entre_deux
            )
        )

    def sauvegarder(self, en_tout_cas: bool) -> object:
        """A backup when one is due, or in any case: a stick may be slow, and the visits do not wait.

        Then the check of the week; at once when the backup found that the base is not sound.
        """
        try:
            self.faire(sauvegarder_au_poste if en_tout_cas else sauvegarder_si_utile)
        except KnownError as panne:
            if panne.code in ("sauvegarde_non_bonne", "page_illisible"):
                self.verifier()
            raise
        return self.faire(partial(verifier_si_utile, arreter=self._renoncer))

    def verifier(self) -> object:
        """A check now; given up once the program is closing, or when told to."""
        with suppress(VerificationArretee):
            return self.faire(partial(verifier, arreter=self._renoncer))
        return None

    def _renoncer(self) -> bool:
        return self._arreter() or self.assez.is_set()

    def demander(self, adresse: str, code: str) -> tuple[str, ...]:
        """Asks the Region to link this desk."""
        return self.faire(lambda poste: enroler.demander(poste, adresse, code))

    def terminer(self) -> bool:
        """True once the Region has accepted; it is not asked while the desk is locked."""
        return self._poste is not None and self.faire(enroler.terminer)

    def en_attente(self) -> bool:
        """True between the request and the answer."""
        return self.faire(enroler.en_attente)


def _l_un_ou_l_autre(un: Callable[[], bool], autre: Callable[[], bool]) -> bool:
    return un() or autre()
