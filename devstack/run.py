"""`run`: services, main job, and a watch over both until Ctrl-C."""

import os
import secrets
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from devstack.context import Context
from devstack.errors import DevstackError, StopRequested
from devstack.mainjob import Await, AwaitService, Command, Entry, JobOptions, Start, daemons, main_job
from devstack.pidfile import write_whole
from devstack.port_holder import holder_of
from devstack.ports import is_free
from devstack.run_lock import only_run
from devstack.stack import Stack
from devstack.supervisor import Supervisor, with_environment
from devstack.tools import fresh_log, run_tool

WATCH_SECONDS = 0.5


def run(context: Context, *, port: int, records: int, without: Collection[str] = ()) -> int:
    """The whole main job until someone stops it; 0 after Ctrl-C, for that is how it ends well.

    without: as `Stack.up` has it.
    """
    context.checkout.make_folders()
    with only_run(context.checkout, port):
        stack = Stack(context)
        # Before ports are reserved: what an earlier run left behind holds those that people know the servers by.
        clear_leftovers(context)
        options = JobOptions(
            port=port,
            demo_port=context.ports.reserve("demo"),
            federation_port=context.ports.reserve("federation"),
            records=records,
            state=context.checkout.state,
        )
        _refuse_taken(port)
        supervisor: Supervisor | None = None
        try:
            stack.up(keep=False, command="make run", ready_later=("elasticsearch",), without=without)
            options = replace(options, has_engine=stack.has("elasticsearch"))
            environment = site_environment(context, stack, options)
            supervisor = Supervisor(context, environment=environment, folder=context.checkout.base)
            for entry in main_job(options):
                _carry_out(entry, context, stack, supervisor, environment)
            context.report.say(f"\nDe catalogus staat op {options.site}", style="bold")
            context.report.say("De code van een tweede stap geeft: make demo-code WHO=beheerder")
            context.report.say(f"Wat de catalogus mailt, komt in {options.mail}; het laatste toont: make demo-mail")
            context.report.say("Ctrl-C stopt alles wat hier gestart is.", style="dim")
            while True:
                supervisor.check()
                context.interrupts.sleep(WATCH_SECONDS)
        except StopRequested:
            return 0
        finally:
            context.interrupts.begin_stop()
            context.report.say("")
            if supervisor is not None:
                supervisor.stop()
            stack.leave()


def clear_leftovers(context: Context) -> None:
    """Stop the daemons of a run that was killed itself; the port numbers do not matter for that."""
    options = JobOptions(port=0, demo_port=0, federation_port=0, records=0, state=context.checkout.state)
    supervisor = Supervisor(context, environment={}, folder=context.checkout.base)
    supervisor.clear_leftovers(daemons(main_job(options)))


def _carry_out(
    entry: Entry, context: Context, stack: Stack, supervisor: Supervisor, environment: dict[str, str]
) -> None:
    supervisor.check()
    match entry:
        case Start(daemon):
            supervisor.start(daemon)
            if not daemon.ready_url:
                with context.report.step(f"{daemon.label} starten") as step:
                    step.done(f"{daemon.label} gestart")
        case Await(daemon):
            with context.report.step(f"Wachten op {daemon.label}") as step:
                supervisor.wait_until_ready(daemon)
                step.done(f"{daemon.label} gestart")
        case AwaitService(key):
            stack.wait(key)
        case Command():
            _run_command(entry, context, supervisor, environment)


def _run_command(command: Command, context: Context, supervisor: Supervisor, environment: dict[str, str]) -> None:
    log = None if command.shows_progress else fresh_log(context.checkout.log(command.key))
    with context.report.step(command.doing, child_writes=command.shows_progress) as step:
        run_tool(
            context,
            command.argv,
            what=command.doing,
            log=log,
            env=environment,
            cwd=context.checkout.base,
            while_waiting=supervisor.check,
        )
        step.done(command.done)


def site_environment(context: Context, stack: Stack, options: JobOptions) -> dict[str, str]:
    """What every process of the demonstration gets; a mail server that the environment names is used."""
    return with_environment(
        {
            **stack.environment(),
            **options.environment(),
            **{name: os.environ[name] for name in ("EMAIL_URL",) if os.environ.get(name)},
            "SECRET_KEY": secret_key(context.checkout.state / "secret-key"),
        }
    )


def secret_key(path: Path) -> str:
    """This checkout's own key, made once; a new one at every start would sign everyone out."""
    if not path.exists():
        write_whole(path, secrets.token_urlsafe(50), mode=0o600)
    return path.read_text()


def _refuse_taken(port: int) -> None:
    if is_free(port):
        return
    holder = holder_of(port)
    raise DevstackError(
        f"Poort {port} is bezet{f' door {holder}' if holder else ' door een ander programma'}.",
        remedy=f"Stop dat programma of kies een andere poort: make run PORT={port + 1}",
    )
