"""Put docs/rights.md in place: `make rights`."""

import django

from tests.conftest import REPOSITORY


def main() -> None:
    django.setup()
    from tests.rights.document import document

    (REPOSITORY / "docs" / "rights.md").write_text(document())


if __name__ == "__main__":
    main()
