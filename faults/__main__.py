"""`python -m faults [NAME…] [--records N]`: try the faults one after the other, and tell what was seen."""

import argparse
import os
import signal
import sys

from bench.ground import prepare_environment
from bench.own_services import own_engine, own_valkey

NAMES = (
    "stopped", "killed", "frozen", "slow", "disk", "mapping", "alias", "half-built",
    "valkey", "two-drainers", "killed-rebuild", "killed-drain",
)  # fmt: skip


INTERRUPTED = 130  # 128 + SIGINT, as shells have it.


def main() -> int:
    """0 when all that was tried went well, 1 when something did not, 130 when somebody stopped it."""
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=(*NAMES, []), help="which faults; all without any")
    parser.add_argument("--records", type=int, default=int(os.environ.get("SIZE", "3000")))
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # Either way what was started is stopped.
    engine, valkey = own_engine(), own_valkey()
    try:
        valkey.start()
        sys.stderr.write("The engine of the faults starts; where it is not built yet, that takes a minute more.\n")
        engine.start()
        os.environ |= {"ELASTICSEARCH_URL": engine.url, "REDIS_URL": valkey.url}
        prepare_environment("keuzecatalogus_faults", prefix="faults")

        # These need the settings, which read the environment that was just prepared.
        from faults.trying import try_all

        return try_all(arguments.names or NAMES, records=arguments.records, engine=engine, valkey=valkey)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        engine.stop()
        valkey.stop()


if __name__ == "__main__":
    sys.exit(main())
