"""Paper seen from the screen: the painter of sheets, the system's printers, their choice, a sheet to look at."""
