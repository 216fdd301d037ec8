"""The catalogue in the Django admin: all can be looked up, and changed by the actions of catalogus.services alone.

No field is edited in place and nothing is deleted. Each action has a page that shows what it will do and asks why.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogus.admin.concepts import ConceptAdmin, ConceptAliasAdmin
from catalogus.admin.editions import EditionAdmin
from catalogus.admin.edits import EditAdmin
from catalogus.admin.methods import MethodAdmin
from catalogus.admin.products import ProductAdmin
from catalogus.admin.publishers import PublisherAdmin
from catalogus.admin.words import CompoundWordAdmin, SearchWordAdmin, SynonymAdmin

admin.site.site_header = admin.site.site_title = _("Open Keuzecatalogus, redactie")
admin.site.index_title = _("Beheer")
# Lists need the room, and the breadcrumbs lead everywhere.
admin.site.enable_nav_sidebar = False

__all__ = [
    "CompoundWordAdmin",
    "ConceptAdmin",
    "ConceptAliasAdmin",
    "EditAdmin",
    "EditionAdmin",
    "MethodAdmin",
    "ProductAdmin",
    "PublisherAdmin",
    "SearchWordAdmin",
    "SynonymAdmin",
]
