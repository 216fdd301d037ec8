"""The picture of a product's cover, as this site holds it or tries to get it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.product import Product


class CoverState(models.TextChoices):
    WAITING = "waiting", _("wordt nog opgehaald")
    HELD = "held", _("is er")
    GIVEN_UP = "given_up", _("is opgegeven")


class CoverImage(models.Model):
    """What became of the address that a product's record names.

    `content_hash` names the files, several rows may share them; width and height are of the larger one, in pixels.
    `next_try_at`: when the address is asked next. `reason`: why the last try failed.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="cover", verbose_name=_("product"))
    address = models.TextField(_("adres"))
    state = models.CharField(_("toestand"), max_length=8, choices=CoverState.choices, default=CoverState.WAITING)
    tries = models.PositiveSmallIntegerField(_("mislukte pogingen"), default=0)
    next_try_at = models.DateTimeField(_("volgende poging"))
    fetched_at = models.DateTimeField(_("opgehaald"), null=True, blank=True)
    width = models.PositiveSmallIntegerField(_("breedte"), default=0)
    height = models.PositiveSmallIntegerField(_("hoogte"), default=0)
    content_hash = models.CharField(_("kenmerk van de inhoud"), max_length=32, blank=True)
    reason = models.TextField(_("reden"), blank=True)

    class Meta:
        verbose_name = _("omslag")
        verbose_name_plural = _("omslagen")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_try_at"], name="cover_next_try"),
            models.Index(fields=["content_hash"], condition=~Q(content_hash=""), name="cover_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CoverState.HELD) ^ Q(content_hash=""), name="cover_held_has_its_content"
            ),
        ]

    def __str__(self) -> str:
        return self.address
