"""Hosts where anybody can have a mailbox. An address there says nothing of where its owner works.

Were one of these a school's domain, then all their users could ask to be known as its staff, and leads would be asked
about strangers. The list holds what people in the Netherlands use most; who adds a school's domain is staff and looks
at it, so it is a net below that, and need not be whole.
"""

_ABROAD = (
    "aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.be hotmail.com hotmail.nl icloud.com"
    " live.be live.com live.nl mac.com mail.com mail.ru me.com msn.com outlook.be outlook.com outlook.nl pm.me"
    " proton.me protonmail.ch protonmail.com tuta.com tutanota.com web.de yahoo.com yahoo.nl yandex.com ymail.com"
    " zoho.com"
)
_DUTCH = (
    "12move.nl caiway.nl casema.nl chello.nl delta.nl freedom.nl hccnet.nl hetnet.nl home.nl kliksafe.nl kpnmail.nl"
    " kpnplanet.nl multiweb.nl online.nl onsbrabantnet.nl onsnet.nl planet.nl quicknet.nl solcon.nl soverin.net"
    " startmail.com t-mobilethuis.nl tele2.nl telfort.nl upcmail.nl versatel.nl vodafonethuis.nl wxs.nl xs4all.nl"
    " zeelandnet.nl ziggo.nl zonnet.nl"
)

PUBLIC_HOSTS = frozenset(f"{_ABROAD} {_DUTCH}".split())


def is_public_host(domain: str) -> bool:
    """Whether anybody can have an address at this domain, or at one above it ("mail.gmail.com")."""
    parts = domain.split(".")
    return any(".".join(parts[place:]) in PUBLIC_HOSTS for place in range(len(parts)))
