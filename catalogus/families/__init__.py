"""Family names (ProductFamilyName) taken apart into a method's name, its edition, and words for levels and years.

Pure functions, total on any text. The ids of methods and editions hang on what they return: a change of a rule moves
products between methods. So every rule prefers to split too little; its example stands in the tests of this package.
"""

from catalogus.families.editions import parse_edition_element
from catalogus.families.split import FamilyName, split_family

__all__ = ["FamilyName", "parse_edition_element", "split_family"]
