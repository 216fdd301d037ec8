"""What every service and step is handed: the checkout, its ports, where to report, and who may interrupt."""

from dataclasses import dataclass, field

from devstack.checkout import Checkout
from devstack.interrupts import Interrupts
from devstack.ports import PortBook
from devstack.report import Report


@dataclass(frozen=True)
class Context:
    checkout: Checkout
    report: Report = field(default_factory=Report)
    interrupts: Interrupts = field(default_factory=Interrupts)

    @property
    def ports(self) -> PortBook:
        return PortBook(self.checkout.state / "ports.json", self.checkout.key)
