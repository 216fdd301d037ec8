"""The errors that this room raises on purpose; their texts are for who reads them.

* BadStopLink   a link to stop a letter that this site did not make, or that was cut off
"""

from catalogus.exceptions import CatalogusError


class BadStopLink(CatalogusError):
    pass
