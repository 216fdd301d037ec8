"""Lists of learning materials (leermiddelenlijsten): of a person, or of a section."""

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Section, SectionMember, User
from catalogus.models import Method, Product

LIST_NAME_LENGTH = 100
DESCRIPTION_LENGTH = 1000
NOTE_LENGTH = 1000

MOST_QUANTITY = 100_000
"""More than the pupils of the largest school board; what is above it was typed by mistake, an EAN for example."""

# A section that merged leads on to the one that goes on, so its lists are those of that one's members. A section that
# ended for good still shows its lists to those who were in it to the end.
_SECTIONS = """
WITH RECURSIVE own (id, is_live) AS (
    SELECT section.id, section.ended_at IS NULL
    FROM {members} member JOIN {sections} section ON section.id = member.section_id
    WHERE member.user_id = %s AND (
        section.ended_at IS NULL AND member.left_at IS NULL
        OR section.merged_into_id IS NULL AND member.left_at >= section.ended_at
    )
    UNION
    SELECT section.id, own.is_live FROM {sections} section JOIN own ON section.merged_into_id = own.id
)
SELECT id FROM own WHERE is_live OR %s
"""


class MaterialListQuerySet(models.QuerySet["MaterialList"]):
    def changeable_by(self, user: User) -> "MaterialListQuerySet":
        """The person's own lists, and those of the sections that they are in now."""
        return self.filter(Q(user=user) | Q(section__in=_sections_of(user, with_ended=False)))

    def readable_by(self, user: User) -> "MaterialListQuerySet":
        """What the person may change, and lists of a section that ended while they were in it."""
        return self.filter(Q(user=user) | Q(section__in=_sections_of(user, with_ended=True)))

    def with_owner(self) -> "MaterialListQuerySet":
        """With what the name of the owner is made of."""
        return self.select_related("section__subject", "section__school", "section__merged_into__school")


class MaterialList(models.Model):
    """What a person or a section (exactly one of them) wants to look at, weigh or order.

    `share_number` counts how often a link to it was made: a link holds the number that it was made with, and works as
    long as `is_shared` and that number stand. `share_shows_notes`: whether who has the link reads the notes.
    """

    public_id = models.CharField(_("kenmerk"), max_length=13, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="material_lists",
        verbose_name=_("van gebruiker"),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="material_lists",
        verbose_name=_("van vaksectie"),
    )
    name = models.CharField(_("naam"), max_length=LIST_NAME_LENGTH)
    description = models.TextField(_("toelichting"), blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    updated_at = models.DateTimeField(_("gewijzigd op"), default=timezone.now)
    is_shared = models.BooleanField(_("gedeeld met een link"), default=False)
    share_number = models.PositiveIntegerField(_("nummer van de link"), default=0)
    share_shows_notes = models.BooleanField(_("met opmerkingen"), default=False)

    objects = MaterialListQuerySet.as_manager()

    class Meta:
        verbose_name = _("lijst")
        verbose_name_plural = _("lijsten")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, section__isnull=False) | Q(user__isnull=False, section=None),
                name="material_list_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="material_list_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_shared=False) | Q(share_number__gt=0), name="material_list_shared_by_a_link"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListItem(models.Model):
    """A product or a method (exactly one of them) on a list, at a place of its own.

    It points at the row that was put there. Where that was merged, readers see the survivor, and undoing the merge
    needs nothing. `quantity`: how many to order, in units of sale; None where nobody said. `added_by` is filled in on
    a section's list alone.
    """

    list = models.ForeignKey(MaterialList, on_delete=models.CASCADE, related_name="items", verbose_name=_("lijst"))
    # What is on somebody's list is never deleted behind their back; the catalogue withdraws and merges, and keeps rows.
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    method = models.ForeignKey(
        Method, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("methode")
    )
    place = models.PositiveIntegerField(_("plaats"))
    quantity = models.PositiveIntegerField(_("aantal"), null=True, blank=True)
    note = models.TextField(_("opmerking"), blank=True)
    added_at = models.DateTimeField(_("toegevoegd op"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("toegevoegd door"),
    )

    class Meta:
        verbose_name = _("regel van een lijst")
        verbose_name_plural = _("regels van lijsten")
        ordering = ["list", "place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None, method__isnull=False) | Q(product__isnull=False, method=None),
                name="list_item_is_product_or_method",
            ),
            models.UniqueConstraint(fields=["list", "product"], name="list_item_product_once"),
            models.UniqueConstraint(fields=["list", "method"], name="list_item_method_once"),
            # Looked at when the transaction ends, for two that change places meet on the way.
            models.UniqueConstraint(
                fields=["list", "place"], name="list_item_place_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0, quantity__lte=MOST_QUANTITY),
                name="list_item_quantity_orders_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.place}"


def _sections_of(user: User, *, with_ended: bool) -> RawSQL:
    sql = _SECTIONS.format(members=SectionMember._meta.db_table, sections=Section._meta.db_table)
    return RawSQL(sql, [user.pk, with_ended])  # noqa: S611  The names of two tables alone are written into it.
