"""Put docs/rights.md in place: `make rights`."""

from pathlib import Path

import django

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rights.md"


def main() -> None:
    django.setup()
    from tests.rights.document import document

    PAGE.write_text(document())


if __name__ == "__main__":
    main()
