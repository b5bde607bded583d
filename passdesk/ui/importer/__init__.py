"""People from a spreadsheet: the file, its columns, what becomes of each row, then all of them at once."""

from passdesk.ui.importer.page import PageImporter

__all__ = ["PageImporter"]
