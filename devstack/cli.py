"""The command line: up, down, status, run, exec, manage."""

import argparse
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.table import Table

from devstack.checkout import Checkout
from devstack.context import Context
from devstack.errors import DevstackError, StopRequested
from devstack.execute import execute
from devstack.external import without_password
from devstack.interrupts import Interrupts
from devstack.manage import manage
from devstack.no_engine import NO_ENGINE, no_engine_is_asked
from devstack.preflight import full_disk_named
from devstack.run import clear_leftovers, run
from devstack.run_lock import stop_running_run
from devstack.stack import Stack, own_services

INTERRUPTED = 130  # 128 + SIGINT, as shells have it.
_BASE = Path(__file__).resolve().parent.parent


def _without(options: argparse.Namespace) -> tuple[str, ...]:
    """Keys of the services that the reader does not want, by option or variable."""
    return ("elasticsearch",) if options.no_engine or no_engine_is_asked() else ()


def _up(context: Context, options: argparse.Namespace) -> int:
    Stack(context).up(keep=True, without=_without(options))
    hint = 'Adressen: eval "$(python -m devstack status --env)"; stoppen: python -m devstack down'
    context.report.say(hint, style="dim")
    return 0


def _down(context: Context, _options: argparse.Namespace) -> int:
    context.interrupts.begin_stop()
    stop_running_run(context)
    clear_leftovers(context)
    Stack(context, own_services(context)).down()
    return 0


def _run(context: Context, options: argparse.Namespace) -> int:
    return run(context, port=options.port, records=options.records, without=_without(options))


def _exec(context: Context, options: argparse.Namespace) -> int:
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise DevstackError("Er is geen opdracht gegeven.", remedy="Bijvoorbeeld: python -m devstack exec -- pytest -x")
    return execute(context, argv, keep=options.keep, without=_without(options))


def _manage(context: Context, options: argparse.Namespace) -> int:
    return manage(context, options.argv[1:] if options.argv[:1] == ["--"] else options.argv)


def _status(context: Context, options: argparse.Namespace) -> int:
    """0 when all run, 3 (as the services of an operating system have it) when one does not."""
    stack = Stack(context)
    running = {service.key: service.pid() for service in stack.services}
    complete = all(service.is_external or running[service.key] is not None for service in stack.services)
    if options.env:
        if not complete:
            raise DevstackError("Niet alle diensten draaien.", remedy="Start ze met: python -m devstack up")
        for variable, address in stack.environment().items():
            sys.stdout.write(f"export {variable}={shlex.quote(address)}\n")
        return 0
    table = Table(box=None, pad_edge=False)
    for heading in ("Dienst", "Toestand", "Adres", "Proces"):
        table.add_column(heading, overflow="fold")
    for service in stack.services:
        pid = running[service.key]
        if service.is_external:
            table.add_row(service.label, f"van buiten ({service.variable})", without_password(service.address()), "")
        elif pid is None:
            table.add_row(service.label, "gestopt", "", "")
        else:
            table.add_row(service.label, "draait", service.address(), str(pid))
    for service, reason in stack.done_without():
        table.add_row(service.label, "zonder", reason, "")
    context.report.show(table)
    return 0 if complete else 3


_COMMANDS: dict[str, Callable[[Context, argparse.Namespace], int]] = {
    "up": _up,
    "down": _down,
    "status": _status,
    "run": _run,
    "exec": _exec,
    "manage": _manage,
}


def _port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:  # Lower ones are kept for root.
        raise argparse.ArgumentTypeError(f"{text} is geen poort van 1024 tot en met 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is geen aantal")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m devstack", description="Start en stop de diensten en de catalogus."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="OPDRACHT")
    lean = argparse.ArgumentParser(add_help=False)
    lean.add_argument(
        "--no-engine",
        action="store_true",
        help=f"zonder zoekmachine, in de basismodus (ook door {NO_ENGINE}=1)",
    )
    commands.add_parser("up", parents=[lean], help="start de diensten en laat ze draaien")
    commands.add_parser("down", help="stop alles wat deze map startte")
    status = commands.add_parser("status", help="toon wat er draait")
    status.add_argument("--env", action="store_true", help="als export-regels, voor eval")
    job = commands.add_parser("run", parents=[lean], help="start alles: diensten, oogst, zoekindex, website en worker")
    job.add_argument("--port", type=_port, default=8000, help="poort van de website, 1024 tot 65535")
    job.add_argument("--records", type=_count, default=20830, help="aantal records van het demonstratie-Koppelpunt")
    command = commands.add_parser("exec", parents=[lean], help="voer een opdracht uit met de diensten eronder")
    command.add_argument("--keep", action="store_true", help="laat de diensten daarna draaien")
    command.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- OPDRACHT")
    site = commands.add_parser("manage", help="voer een opdracht van manage.py uit op de demonstratie die draait")
    site.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- OPDRACHT")
    return parser


def main(argv: Sequence[str], *, base: Path = _BASE) -> int:
    """Carry out one command for the checkout at base; the exit code."""
    options = _parser().parse_args(argv)
    with Interrupts() as interrupts:
        context = Context(Checkout(base), interrupts=interrupts)
        try:
            with full_disk_named(context.checkout.state):
                return _COMMANDS[options.command](context, options)
        except DevstackError as error:
            context.report.fail(error.message, error.remedy)
            return 1
        except StopRequested:
            context.report.say("Afgebroken.")
            return INTERRUPTED
