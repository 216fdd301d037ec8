"""Entry of `python -m devstack`. Kept so plain that an old Python can read it as far as the message."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The very case that this line is for.
    sys.stderr.write("Python 3.11 of nieuwer is nodig; dit is %d.%d.\n" % sys.version_info[:2])  # noqa: UP031
    sys.stderr.write("Installeer een nieuwere Python en maak .venv opnieuw: make distclean run PYTHON=python3.11\n")
    sys.exit(1)

try:
    from devstack.cli import main
except ModuleNotFoundError as error:
    sys.stderr.write("Het Python-pakket %s ontbreekt.\n" % error.name)  # noqa: UP031
    sys.stderr.write("Installeer alles in .venv met: make install\n")
    sys.exit(1)

sys.exit(main(sys.argv[1:]))
