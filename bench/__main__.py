"""`python -m bench [PART…] [--records N]`: measure, and print a table."""

import argparse
import os
from collections.abc import Callable

from bench.ground import prepare_environment

PARTS = ("harvest", "search", "suggest", "pages", "basic", "reviews", "rebuild", "failover", "profile")


def main() -> None:
    """Run the parts that were asked for; all but profile work on what the harvest part brought in."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), help="what to measure; all without any")
    parser.add_argument("--records", type=int, default=int(os.environ.get("SIZE", "20830")))
    parser.add_argument("--reviews", type=int, default=50_000, help="how many are generated for the part reviews")
    arguments = parser.parse_args()
    prepare_environment()

    # These need the settings, which read the environment that was just prepared.
    from bench import basic, failover, harvest, pages, profile, rebuild, reviews, search, suggest

    parts = arguments.parts or list(PARTS)
    if "harvest" in parts:
        harvest.measure(arguments.records)
    elif parts != ["profile"]:
        harvest.fill(arguments.records)
    measured: dict[str, Callable[[], None]] = {
        "search": search.measure,
        "suggest": suggest.measure,
        "pages": pages.measure,
        "basic": basic.measure,
        "reviews": lambda: reviews.measure(arguments.reviews),
        "rebuild": rebuild.measure,
        "failover": failover.measure,
        "profile": profile.measure,
    }
    for part, measure in measured.items():
        if part in parts:
            measure()


if __name__ == "__main__":
    main()
