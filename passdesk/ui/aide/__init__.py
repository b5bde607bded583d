"""The manual inside the window (`F1`): read from `resources/aide` when it is first asked for, never before."""
