"""Processes that commands start: they end with the command that started them."""

import ctypes
import os
import signal
import sys


def end_with_parent() -> None:
    """Own group, so that Ctrl-C reaches them through us; and no life after ours (Linux).

    Called in the child between fork and exec.
    """
    os.setpgid(0, 0)
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
