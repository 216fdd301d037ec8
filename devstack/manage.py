"""`manage`: one of the site's commands, in the environment of the demonstration that runs."""

from collections.abc import Sequence

from devstack.context import Context
from devstack.errors import DevstackError
from devstack.execute import in_foreground
from devstack.mainjob import MANAGE, JobOptions
from devstack.run import site_environment
from devstack.stack import Stack


def manage(context: Context, arguments: Sequence[str]) -> int:
    """Run manage.py with these arguments; its exit code. Raises DevstackError where the services do not run."""
    stack = Stack(context)
    if not all(service.is_external or service.pid() is not None for service in stack.services):
        raise DevstackError("De demonstratie draait hier niet.", remedy="Start haar in een ander venster met: make run")
    options = JobOptions(
        port=0,
        demo_port=0,
        federation_port=context.ports.get("federation") or 0,
        records=0,
        state=context.checkout.state,
    )
    return in_foreground(context, (*MANAGE, *arguments), site_environment(context, stack, options))
