"""What editors do to methods, editions and publishers: planned, done, written down, and undone.

Each action has a plan that says what it would do and what stands in its way; the action makes the same plan anew, alone
with the catalogue, and raises EditRefused with its refusals. It leaves one Edit with what undoing needs, a version for
each product that changed, and stale marks for the documents that show it.
"""

from catalogus.services.editing.editions import EditionNamePlan, plan_rename_edition, rename_edition
from catalogus.services.editing.methods import (
    LockPlan,
    MergeMethodsPlan,
    MethodNamePlan,
    lock_method,
    merge_methods,
    plan_lock,
    plan_merge_methods,
    plan_rename_method,
    rename_method,
    unlock_method,
)
from catalogus.services.editing.moving import MovePlan, move_products, plan_move_products
from catalogus.services.editing.publishers import (
    MergePublishersPlan,
    PublisherNamePlan,
    merge_publishers,
    plan_merge_publishers,
    plan_rename_publisher,
    rename_publisher,
)
from catalogus.services.editing.undoing import UndoPlan, plan_undo, undo

__all__ = [
    "EditionNamePlan",
    "LockPlan",
    "MergeMethodsPlan",
    "MergePublishersPlan",
    "MethodNamePlan",
    "MovePlan",
    "PublisherNamePlan",
    "UndoPlan",
    "lock_method",
    "merge_methods",
    "merge_publishers",
    "move_products",
    "plan_lock",
    "plan_merge_methods",
    "plan_merge_publishers",
    "plan_move_products",
    "plan_rename_edition",
    "plan_rename_method",
    "plan_rename_publisher",
    "plan_undo",
    "rename_edition",
    "rename_method",
    "rename_publisher",
    "undo",
    "unlock_method",
]
