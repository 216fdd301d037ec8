"""What a throw of the dice is for: part of its key, so that two throws about one record are never the same."""

from enum import IntEnum


class Throw(IntEnum):
    PLAN = 1
    BRANDS = 2
    FAMILY = 3
    EDITION = 4
    PRODUCT = 5
    REVISION = 6
    EXTRAS = 7
