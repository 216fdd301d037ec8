from selection.models.digest import DigestLetter, DigestProgress
from selection.models.material_list import ListItem, MaterialList
from selection.models.saved_search import SavedSearch

__all__ = ["DigestLetter", "DigestProgress", "ListItem", "MaterialList", "SavedSearch"]
