"""The task runner: where the work runs, where the answers land, and what is dropped."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.tasks import ATELIERS, INTERROMPU, TaskRunner
from tests.ui.conftest import Bilan


def test_work_leaves_the_gui_thread_and_the_answer_comes_back_to_it(qtbot: QtBot, taches: TaskRunner) -> None:
    fils: dict[str, str] = {}
    for atelier in ATELIERS:

        def noter(nom: str, a: str = atelier) -> None:
            fils[a] = nom
            assert threading.current_thread() is threading.main_thread()

        taches.lancer(atelier, lambda: threading.current_thread().name, apres=noter)
    qtbot.waitUntil(lambda: len(fils) == len(ATELIERS))
    assert {nom.split("_")[0] for nom in fils.values()} == set(ATELIERS)


def test_one_executor_keeps_the_order_of_the_requests(qtbot: QtBot, taches: TaskRunner) -> None:
    recus: list[int] = []
    for rang in range(50):
        taches.lancer("base", lambda r=rang: r, apres=recus.append)
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert recus == list(range(50))


def test_answers_that_wait_come_in_one_batch(qtbot: QtBot, taches: TaskRunner) -> None:
    ouvert = threading.Event()
    sonneries: list[None] = []
    taches._arrivee.connect(lambda: sonneries.append(None))
    taches.lancer("base", ouvert.wait, 5)
    for rang in range(20):
        taches.lancer("base", lambda r=rang: r)
    ouvert.set()
    taches._executeurs["base"].submit(int).result(timeout=60)
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert len(sonneries) == 1


def test_no_work_begins_while_an_answer_is_shown(
    qtbot: QtBot, taches: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.tasks.PATIENCE_S", 60)
    commence = threading.Event()
    ordre: list[str] = []

    class Ecran(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            ordre.append("painted while it worked" if commence.wait(0.05) else "painted")

    def montrer(_: object) -> None:
        taches.lancer("rendu", commence.set, apres=lambda _: ordre.append("worked"))
        assert not commence.wait(0.05)
        ecran.update()

    ecran = Ecran()
    qtbot.addWidget(ecran)
    ecran.show()
    qtbot.waitUntil(lambda: bool(ordre))
    ordre.clear()
    taches.lancer("base", int, apres=montrer)
    qtbot.waitUntil(lambda: "worked" in ordre)
    assert ordre == ["painted", "worked"]


def test_a_timer_that_is_due_lets_no_work_begin_before_the_answer_is_painted(
    qtbot: QtBot, taches: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.tasks.PATIENCE_S", 60)
    commence = threading.Event()
    ordre: list[str] = []

    class Contenu(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            ordre.append("painted while it worked" if commence.is_set() else "painted")

    def montrer(_: object) -> None:
        taches.lancer("rendu", commence.set, apres=lambda _: ordre.append("worked"))
        souffle.wait(0.01)  # A page takes as long to build.
        place.addWidget(Contenu())

    ecran, souffle, autre = QWidget(), threading.Event(), QTimer()
    qtbot.addWidget(ecran)
    place = QVBoxLayout(ecran)
    ecran.resize(200, 100)
    ecran.show()
    autre.timeout.connect(lambda: commence.wait(0.02))
    autre.start(1)
    taches.lancer("base", int, apres=montrer)
    qtbot.waitUntil(lambda: "worked" in ordre)
    autre.stop()
    assert ordre == ["painted", "worked"]


def test_work_in_pieces_stops_between_two_of_them_while_an_answer_is_shown(
    qtbot: QtBot, taches: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.tasks.PATIENCE_S", 60)
    pieces: list[int] = []
    souffle = threading.Event()

    def travailler() -> None:
        while not taches.interrompu():
            pieces.append(len(pieces))
            souffle.wait(0.001)

    def montrer(_: object) -> None:
        avant = len(pieces)
        souffle.wait(0.05)
        pendant.append(len(pieces) - avant)

    pendant: list[int] = []
    taches.lancer("reseau", travailler)
    qtbot.waitUntil(lambda: len(pieces) > 3)
    taches.lancer("base", int, apres=montrer)
    qtbot.waitUntil(lambda: bool(pendant))
    assert pendant[0] <= 1
    fait = len(pieces)
    qtbot.waitUntil(lambda: len(pieces) > fait + 1)
    taches.fermer()
    assert taches.arret.is_set()


def test_closing_waits_for_nothing_to_be_shown(
    qtbot: QtBot, taches: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.tasks.PATIENCE_S", 60)
    faits: list[str] = []

    def fermer(_: object) -> None:
        taches.lancer("base", faits.append, "écriture")
        taches.fermer(("base", partial(faits.append, "fermeture")))

    taches.lancer("base", int, apres=fermer)
    qtbot.waitUntil(lambda: len(faits) == 2)


def test_the_answer_of_a_destroyed_screen_is_dropped(qtbot: QtBot, taches: TaskRunner) -> None:
    ouvert = threading.Event()
    recus: list[str] = []
    ecran = QObject()
    taches.lancer("base", lambda: ouvert.wait(5) and "tard", apres=recus.append, ecran=ecran)
    ecran.deleteLater()
    with qtbot.waitSignal(ecran.destroyed):
        pass
    ouvert.set()
    taches.lancer("base", lambda: "ensuite", apres=recus.append)
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert recus == ["ensuite"]


def test_a_closed_screen_that_still_exists_is_left_alone_even_by_a_known_trouble(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    ouvert = threading.Event()
    ecran = QObject()

    def tomber() -> None:
        ouvert.wait(5)
        raise PanneAttendue("reseau_absent")

    taches.lancer("reseau", tomber, sur_panne=lambda _: pytest.fail("too late"), ecran=ecran)
    taches.oublier(ecran)
    ouvert.set()
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert bilan.pannes == []


def test_a_known_trouble_goes_to_the_page_else_to_the_common_place(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    suivies: list[KnownError] = []

    def tomber(code: str) -> None:
        raise PanneAttendue(code)

    taches.lancer("rendu", tomber, "papier_non_ecrit", sur_panne=suivies.append)
    taches.lancer("rendu", tomber, "disque_plein")
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert [p.code for p in suivies] == ["papier_non_ecrit"]
    assert [p.code for p in bilan.pannes] == ["disque_plein"]
    bilan.pannes.clear()


def test_a_bug_in_the_work_or_in_the_callback_goes_to_one_place_and_stops_nothing(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    recus: list[str] = []

    def boguer(_: object = None) -> None:
        raise ZeroDivisionError

    taches.lancer("base", boguer)
    taches.lancer("base", lambda: 1, apres=boguer)
    taches.lancer("base", lambda: "la suite", apres=recus.append)
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert [type(i) for i in bilan.imprevus] == [ZeroDivisionError, ZeroDivisionError]
    assert recus == ["la suite"]
    bilan.imprevus.clear()


def test_who_waits_is_let_go_after_a_bug_unless_its_screen_is_closed(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    dits: list[object] = []
    ferme = QObject()

    def boguer() -> None:
        raise ZeroDivisionError

    def rendre(qui: str) -> None:
        dits.append(qui)
        assert bilan.imprevus == [], "let go before the dialog that tells it"

    def boguer_en_recevant(_: object) -> None:
        raise ZeroDivisionError

    def fermer_puis_boguer(_: object) -> None:
        taches.oublier(ferme)
        raise ZeroDivisionError

    def entendre(panne: KnownError) -> None:
        rendre(panne.code)

    demandes: list[tuple[Callable[[], object], dict[str, Any], list[str]]] = [
        (boguer, {"sur_panne": entendre}, [INTERROMPU]),
        (boguer, {"sur_panne": entendre, "sur_imprevu": lambda: rendre("page")}, ["page"]),
        (int, {"apres": boguer_en_recevant, "sur_panne": entendre}, [INTERROMPU]),
        (int, {"apres": fermer_puis_boguer, "sur_panne": entendre, "ecran": ferme}, []),
    ]
    for travail, suites, attendus in demandes:
        taches.lancer("base", travail, **suites)
        qtbot.waitUntil(lambda: taches.en_cours == 0)
        assert dits == attendus
        assert [type(i) for i in bilan.imprevus] == [ZeroDivisionError], "and it is told, once"
        bilan.imprevus.clear()
        dits.clear()
    taches.lancer("base", boguer, sur_panne=entendre, ecran=ferme)
    taches.lancer("base", int, sur_panne=entendre, sur_imprevu=lambda: rendre("sans bug"))
    taches.oublier(ferme)
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert dits == []
    bilan.imprevus.clear()


def test_workers_never_collect_what_belongs_to_the_gui_thread(qtbot: QtBot, taches: TaskRunner) -> None:
    """A widget in a cycle, collected by a worker, would be destroyed outside its thread."""
    ou: list[str] = []
    fini = threading.Event()

    class Cycle:
        def __init__(self) -> None:
            self.moi = self

        def __del__(self) -> None:
            ou.append(threading.current_thread().name)

    def allouer() -> None:
        for _ in range(20):
            Cycle()
        _ = [[] for _ in range(200_000)]
        fini.set()

    assert not gc.isenabled()
    taches.lancer("rendu", allouer)
    qtbot.waitUntil(fini.is_set)
    assert ou == []
    taches._ramassage.ramasser()
    gc.collect()
    assert set(ou) == {"MainThread"}
    taches.fermer()
    assert gc.isenabled()


def test_what_is_left_out_of_the_rounds_is_given_back_at_the_end(taches: TaskRunner) -> None:
    dans_un_cycle: list[object] = []
    dans_un_cycle.append(dans_un_cycle)
    taches.figer()
    apres: list[object] = []
    assert {id(objet) for objet in gc.get_objects()} & {id(dans_un_cycle), id(apres)} == {id(apres)}
    taches.fermer()
    assert {id(objet) for objet in gc.get_objects()} >= {id(dans_un_cycle), id(apres)}


def test_the_window_takes_the_interpreter_back_soon_while_work_computes(taches: TaskRunner) -> None:
    """At each call of Qt: with Python's five milliseconds, a page opened four times as late."""
    assert sys.getswitchinterval() <= 0.001
    taches.fermer()
    assert sys.getswitchinterval() == pytest.approx(0.005)


def test_only_the_gui_thread_may_ask(taches: TaskRunner) -> None:
    refus: list[BaseException] = []

    def demander_d_ailleurs() -> None:
        try:
            taches.lancer("base", int)
        except RuntimeError as trouble:
            refus.append(trouble)

    fil = threading.Thread(target=demander_d_ailleurs)
    fil.start()
    fil.join()
    assert len(refus) == 1


def test_closing_finishes_the_writings_cancels_the_rest_and_closes_in_the_right_thread(taches: TaskRunner) -> None:
    ouvert = threading.Event()
    faits: list[str] = []
    taches.lancer("base", ouvert.wait, 5)
    taches.lancer("base", faits.append, "écriture", apres=lambda _: pytest.fail("nobody listens any more"))
    taches.lancer("reseau", ouvert.wait, 5)
    taches.lancer("reseau", faits.append, "envoi annulé")
    threading.Timer(0.05, ouvert.set).start()
    taches.fermer(("base", lambda: faits.append(threading.current_thread().name.split("_")[0])))
    assert faits == ["écriture", "base"]
    assert taches.arret.is_set()
    assert not [f for f in threading.enumerate() if f.name.split("_")[0] in ATELIERS]
    taches.lancer("base", faits.append, "trop tard")
    assert faits == ["écriture", "base"]
