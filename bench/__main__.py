"""`python -m bench [PART…] [--records N]`: measure, and print a table."""

import argparse
import os

from bench.ground import prepare_environment

PARTS = ("harvest", "search", "suggest", "pages", "basic", "rebuild", "failover", "profile")


def main() -> None:
    """Run the parts that were asked for; all but profile work on what the harvest part brought in."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), help="what to measure; all without any")
    parser.add_argument("--records", type=int, default=int(os.environ.get("SIZE", "20830")))
    arguments = parser.parse_args()
    prepare_environment()

    # These need the settings, which read the environment that was just prepared.
    from bench import basic, failover, harvest, pages, profile, rebuild, search, suggest

    parts = arguments.parts or list(PARTS)
    if "harvest" in parts:
        harvest.measure(arguments.records)
    elif parts != ["profile"]:
        harvest.fill(arguments.records)
    if "search" in parts:
        search.measure()
    if "suggest" in parts:
        suggest.measure()
    if "pages" in parts:
        pages.measure()
    if "basic" in parts:
        basic.measure()
    if "rebuild" in parts:
        rebuild.measure()
    if "failover" in parts:
        failover.measure()
    if "profile" in parts:
        profile.measure()


if __name__ == "__main__":
    main()
