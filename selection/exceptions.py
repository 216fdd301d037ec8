"""The errors that this room raises on purpose; their texts are for who reads them.

* BadStopLink   a link to stop a letter that this site did not make, or that was cut off
* ListGone      a list that was deleted while somebody was changing it
* ListRefused   what was asked of a list cannot be done; nothing was changed
"""

from catalogus.exceptions import CatalogusError


class BadStopLink(CatalogusError):
    pass


class ListGone(CatalogusError):
    pass


class ListRefused(CatalogusError):
    pass
