"""Serve with granian. No models here: where workers cannot be copies of the process, each imports this module first."""

import signal
from collections.abc import Callable
from typing import Any

from django.db import connections

# Each thread holds a connection to the database; more of them would wait for the interpreter, not work.
THREADS_PER_WORKER = 4
SECONDS_TO_FINISH = 10


def serve(host: str, port: int, workers: int) -> None:
    """Serve until the process is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()  # a worker may be a copy of this process: none may share a connection
    server = Granian(
        "regional_presence.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        workers_kill_timeout=SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.warning,
    )
    # A closed terminal means stop. The server's own meaning, new workers, would live on without a terminal.
    if hasattr(signal, "SIGHUP"):
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=load_application, wrap_loader=False)


def load_application() -> Callable[..., Any]:
    """Return the application, in a worker.

    A terminal's Ctrl-C reaches every process; a worker that heard it, and then its parent's SIGTERM, would hang.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    from .wsgi import application

    return application
