"""Imports are Python's own again: PySide6 reads the source of every module that is imported after it.

It looks for `__feature__`, which nothing here uses, and what it has read stays in `linecache`: twenty megabytes, and a
seventh of the time to the first page. Imported before the rest of the program.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # puts its own

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
