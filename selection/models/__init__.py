from selection.models.digest import DigestLetter, DigestProgress
from selection.models.saved_search import SavedSearch

__all__ = ["DigestLetter", "DigestProgress", "SavedSearch"]
