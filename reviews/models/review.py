"""A teacher's review of a method and an edition of it, maybe of one of its products."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Assurance, School, Section
from catalogus.models import Edition, Method, Product
from reviews.models.rubric import RubricVersion
from reviews.school_years import EARLIEST

POINT_LENGTH = 1000
BODY_LENGTH = 5000
INTERESTS_LENGTH = 500


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("wacht op een moderator")
    PUBLISHED = "published", _("gepubliceerd")
    REMOVED = "removed", _("weggehaald door een moderator")
    WITHDRAWN = "withdrawn", _("ingetrokken door de schrijver")


class Use(models.TextChoices):
    MAIN = "main", _("als hoofdmateriaal")
    SUPPLEMENT = "supplement", _("als aanvulling")


class Duration(models.TextChoices):
    """How long it was used, in months: the rubric asks for them, and nobody remembers the exact number."""

    UNDER_6 = "under-6", _("korter dan een half jaar")
    FROM_6 = "6-12", _("een half jaar tot een jaar")
    FROM_12 = "12-36", _("een tot drie jaar")
    FROM_36 = "36-plus", _("langer dan drie jaar")


class ReviewerRole(models.TextChoices):
    TEACHER = "teacher", _("docent")
    SUPPORT = "support", _("onderwijsassistent of ondersteuner")
    COORDINATOR = "coordinator", _("coördinator of schoolleider")
    OTHER = "other", _("iets anders op school")


class PupilCount(models.TextChoices):
    """With how many pupils, in orders of size."""

    UNDER_30 = "under-30", _("minder dan 30")
    FROM_30 = "30-100", _("30 tot 100")
    FROM_100 = "100-300", _("100 tot 300")
    FROM_300 = "300-plus", _("300 of meer")


class WouldChooseAgain(models.TextChoices):
    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNSURE = "unsure", _("weet ik niet")


class Interests(models.TextChoices):
    """Who wrote the material or was paid by its publisher does not review it; all other ties are told to readers."""

    NONE = "none", _("geen belang")
    TOLD = "told", _("er is iets dat lezers moeten weten")


class ShownAs(models.TextChoices):
    NAME = "name", _("met mijn naam")
    DESCRIPTION = "description", _("met een omschrijving, zonder naam")


class AfterDeletion(models.TextChoices):
    """What becomes of the review when its writer deletes their account."""

    STAYS = "stays", _("de beoordeling blijft staan, zonder wie haar schreef")
    GOES = "goes", _("de beoordeling verdwijnt mee")


class Review(models.Model):
    """What one teacher says about a method as used in one school year.

    `method`, `edition` and `product` are those that were reviewed, for ever. `shown_method` and `shown_edition` are
    where it is read now: those of the product where one is named, else what the method was merged into;
    services.placing keeps them. Columns hold the newest version; ReviewVersion holds all of them.

    `total`: mean of the scored criteria, 1 to 4, only where it counts: where enough of them
    have a score (rubric.LEAST_SCORED).
    """

    public_id = models.CharField(_("kenmerk"), max_length=13, unique=True, editable=False)
    # Nobody when the writer deleted their account and let the review stay.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("schrijver"),
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vaksectie")
    )
    assurance = models.CharField(_("zekerheid over de schrijver"), max_length=10, choices=Assurance.choices)
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="+", verbose_name=_("methode"))
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("uitgave"))
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    shown_method = models.ForeignKey(
        Method, on_delete=models.PROTECT, related_name="shown_reviews", verbose_name=_("getoond bij methode")
    )
    shown_edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("getoond bij uitgave")
    )
    rubric = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("rubriek"))

    # The use that it is about: the first thing that readers ask of it.
    school_year = models.PositiveSmallIntegerField(_("schooljaar"))
    sector = models.SlugField(_("sector"), max_length=60)
    levels = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("niveaus"))
    years = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("leerjaren"))
    subject = models.SlugField(_("vak"), max_length=60, blank=True)
    use = models.CharField(_("gebruikt"), max_length=10, choices=Use.choices)
    duration = models.CharField(_("hoe lang gebruikt"), max_length=8, choices=Duration.choices)
    role = models.CharField(_("rol"), max_length=12, choices=ReviewerRole.choices)
    pupils = models.CharField(_("met hoeveel leerlingen"), max_length=8, choices=PupilCount.choices, blank=True)

    strong_point = models.TextField(_("sterk punt"), blank=True)
    weak_point = models.TextField(_("verbeterpunt"), blank=True)
    would_choose_again = models.CharField(_("zou opnieuw kiezen"), max_length=6, choices=WouldChooseAgain.choices)
    body = models.TextField(_("toelichting"), blank=True)
    interests = models.CharField(_("belangen"), max_length=4, choices=Interests.choices)
    interests_text = models.TextField(_("welke belangen"), blank=True)
    shown_as = models.CharField(_("getoond"), max_length=11, choices=ShownAs.choices)
    names_school = models.BooleanField(_("met de naam van de school"), default=False)
    after_deletion = models.CharField(_("na verwijdering van het account"), max_length=5, choices=AfterDeletion.choices)

    total = models.DecimalField(_("totaal"), max_digits=3, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("toestand"), max_length=9, choices=ReviewState.choices)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    written_at = models.DateTimeField(_("geschreven op"))
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True)
    edited_at = models.DateTimeField(_("gewijzigd op"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ingetrokken of weggehaald op"), null=True, blank=True)
    # Why a moderator removed it, as its writer reads it.
    removal_reason = models.TextField(_("reden van weghalen"), blank=True)
    helpful_count = models.PositiveIntegerField(_("nuttig gevonden door"), default=0)

    class Meta:
        verbose_name = _("beoordeling")
        verbose_name_plural = _("beoordelingen")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["shown_method", "-published_at", "-id"], name="review_by_shown_method",
                         condition=Q(state=ReviewState.PUBLISHED)),
            models.Index(fields=["-published_at", "-id"], name="review_by_day",
                         condition=Q(state=ReviewState.PUBLISHED)),
            models.Index(fields=["written_at"], name="review_waiting", condition=Q(state=ReviewState.WAITING)),
            models.Index(fields=["method"], name="review_by_method"),
            models.Index(fields=["product"], name="review_by_product", condition=Q(product__isnull=False)),
            models.Index(fields=["school", "-written_at"], name="review_by_school"),
        ]  # fmt: skip
        constraints = [
            # A removed one keeps its place: withdrawing and writing anew would go around the moderator.
            models.UniqueConstraint(
                fields=["method", "edition", "author", "school_year"],
                condition=~Q(state=ReviewState.WITHDRAWN),
                name="review_one_live_per_author",
                violation_error_message=_(
                    "U hebt deze uitgave voor dit schooljaar al beoordeeld; wijzig die beoordeling."
                ),
            ),
            models.CheckConstraint(
                condition=Q(school_year__gte=EARLIEST),
                name="review_school_year_since_2000",
                violation_error_message=_("Kies het schooljaar waarin u het gebruikte."),
            ),
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_is_known"),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="review_use_is_known"),
            models.CheckConstraint(condition=Q(duration__in=Duration.values), name="review_duration_is_known"),
            models.CheckConstraint(condition=Q(role__in=ReviewerRole.values), name="review_role_is_known"),
            models.CheckConstraint(condition=Q(pupils__in=["", *PupilCount.values]), name="review_pupils_is_known"),
            models.CheckConstraint(
                condition=Q(would_choose_again__in=WouldChooseAgain.values), name="review_choosing_again_is_known"
            ),
            models.CheckConstraint(condition=Q(shown_as__in=ShownAs.values), name="review_shown_as_is_known"),
            models.CheckConstraint(
                condition=Q(after_deletion__in=AfterDeletion.values), name="review_after_deletion_is_known"
            ),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="review_assurance_is_known"),
            models.CheckConstraint(
                condition=Q(interests=Interests.NONE, interests_text="")
                | Q(interests=Interests.TOLD) & Q(interests_text__regex=r"\S"),
                name="review_interests_are_told",
                violation_error_message=_("Vertel welk belang het is, of kies “geen belang”."),
            ),
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__gte=1, total__lte=4), name="review_total_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.PUBLISHED) | Q(published_at__isnull=False),
                name="review_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.WAITING, ReviewState.PUBLISHED], closed_at=None)
                | Q(state__in=[ReviewState.REMOVED, ReviewState.WITHDRAWN], closed_at__isnull=False),
                name="review_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.REMOVED) & Q(removal_reason__regex=r"\S")
                | ~Q(state=ReviewState.REMOVED) & Q(removal_reason=""),
                name="review_removed_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="review_version_from_1"),
            models.CheckConstraint(
                condition=Q(edited_at=None) | Q(edited_at__gte=F("written_at")), name="review_edited_after_writing"
            ),
            # A school is named where its section agreed, so there must be one to ask.
            models.CheckConstraint(
                condition=Q(names_school=False) | Q(section__isnull=False), name="review_school_named_by_a_section"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id
