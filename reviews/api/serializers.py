"""The shapes of answers and bodies about reviews, for OpenAPI; representations.py builds the answers."""

from rest_framework import serializers

from catalogus.api.serializers import CodedSerializer, MethodReferenceSerializer, PublisherSerializer
from reviews.content import SECTORS
from reviews.models import (
    AfterDeletion,
    Duration,
    FlagReason,
    Interests,
    PupilCount,
    ReviewerRole,
    ShownAs,
    Unscored,
    Use,
    WouldChooseAgain,
)
from reviews.models.moderation import FLAG_LENGTH, NOTE_LENGTH
from reviews.models.reaction import REPLY_LENGTH
from reviews.models.review import BODY_LENGTH, INTERESTS_LENGTH, POINT_LENGTH
from reviews.models.score import REASON_LENGTH


class ReviewedProductSerializer(serializers.Serializer[object]):
    public_id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    ean = serializers.CharField(allow_null=True)


class ReviewEditionSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField(help_text="What edition= takes.")
    label = serializers.CharField()  # type: ignore[assignment]  # A field has an attribute of this name.
    ordinal = serializers.IntegerField(allow_null=True)


class ReviewScoreSerializer(serializers.Serializer[object]):
    criterion = serializers.CharField(help_text="Code in the rubric of this review.")
    label = serializers.CharField()  # type: ignore[assignment]  # Idem.
    score = serializers.IntegerField(allow_null=True, help_text="1 (onvoldoende) to 4 (goed); null where unscored.")
    unscored = serializers.ChoiceField(
        choices=Unscored.values, allow_null=True, help_text="nvt: not applicable; nb: the writer cannot judge."
    )
    reason = serializers.CharField(help_text="There below 3; else maybe empty.")


class ReplySerializer(serializers.Serializer[object]):
    publisher = PublisherSerializer()
    text = serializers.CharField(help_text="Plain text with paragraphs; links are not to be made clickable.")
    answered_version = serializers.IntegerField(help_text="The version of the review that it answers.")
    written_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)


class ReviewSerializer(serializers.Serializer[object]):
    id = serializers.CharField(help_text="Never changes.")
    url = serializers.URLField()
    page_url = serializers.URLField(help_text="Where people read it.")
    method = MethodReferenceSerializer(help_text="With which it is read now: what the reviewed one was merged into.")
    edition = ReviewEditionSerializer()
    is_older_edition = serializers.BooleanField(help_text="A later edition replaced it; no total holds it.")
    product = ReviewedProductSerializer(allow_null=True, help_text="Where the writer named one.")
    school_year = serializers.IntegerField(help_text="In which it was used: 2025 is 2025/2026.")
    school_year_label = serializers.CharField()
    sector = CodedSerializer()
    levels = CodedSerializer(many=True)
    years = CodedSerializer(many=True)
    subject = CodedSerializer(allow_null=True)
    use = CodedSerializer()
    duration = CodedSerializer()
    role = CodedSerializer()
    pupils = CodedSerializer(allow_null=True)
    rubric = serializers.CharField(help_text="Version of the rubric that it was made with.")
    scores = ReviewScoreSerializer(many=True)
    strong_point = serializers.CharField(help_text="Plain text.")
    weak_point = serializers.CharField(help_text="Plain text.")
    would_choose_again = CodedSerializer()
    body = serializers.CharField(help_text="Plain text with paragraphs; links are not to be made clickable.")
    interests = CodedSerializer()
    interests_text = serializers.CharField()
    author = serializers.CharField(help_text="As the writer chose to be shown: a name or a description.")
    school = serializers.CharField(allow_null=True, help_text="Where its section agreed; else null.")
    version = serializers.IntegerField(help_text="From 1; each change makes another.")
    published_on = serializers.DateField(allow_null=True, help_text="The day alone; lists go on by the moment.")
    edited_on = serializers.DateField(allow_null=True)
    helpful_count = serializers.IntegerField()
    reply = ReplySerializer(allow_null=True, help_text="The publisher's.")


class AppealSerializer(serializers.Serializer[object]):
    version = serializers.IntegerField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    state = CodedSerializer()
    answer = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class OwnReviewSerializer(ReviewSerializer):
    state = CodedSerializer(help_text="waiting, published, removed or withdrawn.")
    removal_reason = serializers.CharField(help_text="Why a moderator removed it; else empty.")
    written_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    shown_as = CodedSerializer()
    names_school = serializers.BooleanField()
    after_deletion = CodedSerializer()
    appeal = AppealSerializer(allow_null=True)


class ReviewPageSerializer(serializers.Serializer[object]):
    total = serializers.IntegerField(help_text="All that fit, on every page.")
    page_size = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    results = ReviewSerializer(many=True)


class OwnReviewPageSerializer(serializers.Serializer[object]):
    total = serializers.IntegerField()
    page_size = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    results = OwnReviewSerializer(many=True)


class SpreadSerializer(serializers.Serializer[object]):
    count = serializers.IntegerField(help_text="Published reviews.")
    mean = serializers.CharField(allow_null=True, help_text="1.00 to 4.00. Never show it without count and spread.")
    mean_of = serializers.IntegerField(
        allow_null=True,
        help_text="Of how many reviewers the mean is: of each the newest review with 5 scores or more counts.",
    )
    low = serializers.CharField(allow_null=True, help_text="From here to high lies the middle half of these.")
    high = serializers.CharField(allow_null=True)
    no_mean_because = serializers.ChoiceField(
        choices=["no-reviews", "too-few"],
        allow_null=True,
        help_text="A mean asks for 3 reviewers, each with a score for 5 criteria or more. Those of the method's current"
        " edition must be 3 too, from 2 schools: else no edition has a mean.",
    )


class EditionSummarySerializer(SpreadSerializer):
    id = serializers.IntegerField(help_text="What edition= takes.")
    label = serializers.CharField()  # type: ignore[assignment]  # See ReviewEditionSerializer.
    ordinal = serializers.IntegerField(allow_null=True)
    is_older = serializers.BooleanField(help_text="Its reviews are in older_count and in no total of the method.")


class AnswerCountsSerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # Idem.
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="How many gave 1, 2, 3, 4, nvt and nb.")


class ReviewSummarySerializer(SpreadSerializer):
    method = MethodReferenceSerializer()
    product = ReviewedProductSerializer(allow_null=True, help_text="What was asked by product= or ean=.")
    edition = ReviewEditionSerializer(allow_null=True, help_text="That of the product, or what edition= asked.")
    page_url = serializers.URLField(help_text="Where people read the reviews.")
    reviews_url = serializers.URLField(help_text="The reviews of the method in this API.")
    rubric = serializers.CharField(help_text="Version that the criteria are named by.")
    count = serializers.IntegerField(help_text="Published reviews of the method, without those of older editions.")
    older_count = serializers.IntegerField(help_text="Published reviews of older editions.")
    sort_value = serializers.IntegerField(
        allow_null=True, help_text="The Bayesian mean in thousandths, 1000 to 4000; null where the mean is."
    )
    last_reviewed_on = serializers.DateField(allow_null=True)
    editions = EditionSummarySerializer(many=True, help_text="Newest first, the unknown one last.")
    criteria = AnswerCountsSerializer(many=True, help_text="Without older editions; empty where there is no mean.")


class RubricItemSerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    text = serializers.CharField()


class RubricCriterionSerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # Idem.
    question = serializers.CharField()
    items = RubricItemSerializer(many=True)


class RubricSerializer(serializers.Serializer[object]):
    version = serializers.CharField()
    is_current = serializers.BooleanField(help_text="New reviews are made with it.")
    scale = CodedSerializer(many=True)
    criteria = RubricCriterionSerializer(many=True)


class RubricsSerializer(serializers.Serializer[object]):
    results = RubricSerializer(many=True, help_text="The newest first.")


# Bodies


class AnswerBody(serializers.Serializer[object]):
    answer = serializers.ChoiceField(choices=["1", "2", "3", "4", *Unscored.values])
    reason = serializers.CharField(required=False, max_length=REASON_LENGTH, help_text="Required below 3.")


class ContentBody(serializers.Serializer[object]):
    edition = serializers.IntegerField(
        required=False, help_text="Id of the edition, as review-summaries names it; required without a product."
    )
    product = serializers.CharField(required=False, help_text="Public id; says the edition.")
    school = serializers.CharField(required=False, help_text="Code of your school, where you work at more than one.")
    school_year = serializers.IntegerField(help_text="2025 for 2025/2026; this one and the nine before it.")
    sector = serializers.ChoiceField(choices=SECTORS)
    levels = serializers.ListField(child=serializers.CharField(), required=False, help_text="Codes, as search has.")
    years = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Codes; a level or a year is required."
    )
    subject = serializers.CharField(required=False, help_text="Code.")
    use = serializers.ChoiceField(choices=Use.values)
    duration = serializers.ChoiceField(choices=Duration.values)
    role = serializers.ChoiceField(choices=ReviewerRole.values)
    pupils = serializers.ChoiceField(choices=PupilCount.values, required=False)
    scores = serializers.DictField(child=AnswerBody(), help_text="Code of each criterion of the rubric -> answer.")
    strong_point = serializers.CharField(required=False, max_length=POINT_LENGTH)
    weak_point = serializers.CharField(
        required=False, max_length=POINT_LENGTH, help_text="This or the strong point is required."
    )
    would_choose_again = serializers.ChoiceField(choices=WouldChooseAgain.values)
    body = serializers.CharField(required=False, max_length=BODY_LENGTH)
    interests = serializers.ChoiceField(choices=Interests.values)
    interests_text = serializers.CharField(required=False, max_length=INTERESTS_LENGTH)
    shown_as = serializers.ChoiceField(choices=ShownAs.values)
    names_school = serializers.BooleanField(required=False, default=False)
    after_deletion = serializers.ChoiceField(choices=AfterDeletion.values)
    acknowledged = serializers.BooleanField(
        required=False, default=False, help_text="You looked at what an earlier answer (409) pointed out."
    )


class NewReviewBody(ContentBody):
    method = serializers.CharField(help_text="Public id.")


class ChangedReviewBody(ContentBody):
    version = serializers.IntegerField(
        required=False, help_text="The version that you saw, where If-Match is not sent."
    )


class FlagBody(serializers.Serializer[object]):
    reason = serializers.ChoiceField(choices=FlagReason.values)
    text = serializers.CharField(required=False, max_length=FLAG_LENGTH, help_text="Required for other.")
    is_of_reply = serializers.BooleanField(required=False, default=False, help_text="About the publisher's reply.")
    version = serializers.IntegerField(required=False, help_text="The version that you read.")


class FlagSerializer(serializers.Serializer[object]):
    review = serializers.URLField()
    reason = CodedSerializer()
    is_of_reply = serializers.BooleanField()
    version = serializers.IntegerField()
    at = serializers.DateTimeField()


class HelpfulSerializer(serializers.Serializer[object]):
    is_helpful = serializers.BooleanField(help_text="Whether you find it of use.")
    helpful_count = serializers.IntegerField()


class ReplyBody(serializers.Serializer[object]):
    text = serializers.CharField(max_length=REPLY_LENGTH)
    version = serializers.IntegerField(required=False, help_text="The version of the review that you answer.")


class AppealBody(serializers.Serializer[object]):
    text = serializers.CharField(max_length=NOTE_LENGTH)
    version = serializers.IntegerField(required=False, help_text="The version that was removed, where If-Match is not.")
