"""The shapes of the answers, for OpenAPI; representations.py builds them."""

from rest_framework import serializers

from catalogus.search.suggest import Kind

MODES = ["full", "basic"]
_MODE_TEXT = (
    "basic: the database answered, in the place of the search engine or because there is none. Filters and counts"
    " mean the same; for q it may find less, and its order by relevance is rougher."
)


class CodedSerializer(serializers.Serializer[object]):
    code = serializers.CharField(help_text="Stable code, as the parameters take it.")
    label = serializers.CharField(  # type: ignore[assignment]  # A field has an attribute of this name.
        help_text="Name in the language of the answer."
    )


class PublisherSerializer(serializers.Serializer[object]):
    slug = serializers.CharField()
    name = serializers.CharField()


class MethodReferenceSerializer(serializers.Serializer[object]):
    public_id = serializers.CharField()
    url = serializers.URLField()
    name = serializers.CharField()


class ProductReferenceSerializer(serializers.Serializer[object]):
    public_id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()


class ReviewedSerializer(serializers.Serializer[object]):
    """What reviewers say of a method; of a product it is that of its method."""

    review_count = serializers.IntegerField(
        help_text="Published reviews of the method, without those of older editions."
    )
    older_review_count = serializers.IntegerField(help_text="Published reviews of older editions; no mean holds them.")
    review_mean = serializers.CharField(
        allow_null=True,
        help_text="1.00 to 4.00; null below 3 reviewers from 2 schools. Never show it without count and spread.",
    )
    review_low = serializers.CharField(
        allow_null=True,
        help_text="From here to review_high lies the middle half of the reviews; null where the mean is.",
    )
    review_high = serializers.CharField(allow_null=True, help_text="See review_low.")
    review_rank = serializers.IntegerField(
        allow_null=True,
        help_text="What sort=rating sorts by: the Bayesian mean in thousandths, 1000 to 4000, drawn to the mean of all"
        " reviews the more, the fewer there are of this method; null where the mean is.",
    )


class ProductHitSerializer(ReviewedSerializer):
    public_id = serializers.CharField(help_text="Never changes; a merged product answers 301 to the survivor.")
    url = serializers.URLField()
    ean = serializers.CharField(allow_null=True, help_text="13 digits with a right check digit.")
    title = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    method = MethodReferenceSerializer()
    edition = serializers.CharField(help_text='"onbekend" where it could not be told.')
    publisher = PublisherSerializer()
    state = CodedSerializer()
    medium = CodedSerializer()
    form = CodedSerializer()
    role = CodedSerializer()
    sectors = CodedSerializer(many=True)
    levels = CodedSerializer(many=True)
    years = CodedSerializer(many=True)
    subjects = CodedSerializer(many=True)
    price_cents = serializers.IntegerField(allow_null=True, help_text="With VAT; null where no price is stated.")
    is_withdrawn = serializers.BooleanField()


class MatchingProductSerializer(serializers.Serializer[object]):
    public_id = serializers.CharField()
    url = serializers.URLField()
    ean = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    edition = serializers.CharField()
    state = CodedSerializer()
    form = CodedSerializer()
    price_cents = serializers.IntegerField(allow_null=True)


class MethodHitSerializer(ReviewedSerializer):
    public_id = serializers.CharField(help_text="Never changes; a merged method answers 301 to the survivor.")
    url = serializers.URLField()
    name = serializers.CharField()
    publisher = PublisherSerializer()
    sectors = CodedSerializer(many=True)
    levels = CodedSerializer(many=True)
    years = CodedSerializer(many=True)
    subjects = CodedSerializer(many=True)
    price_from_cents = serializers.IntegerField(
        allow_null=True, help_text="Of its cheapest product that can be ordered, whether or not it fits; in euro."
    )
    matching_products = serializers.IntegerField(help_text="How many of its products fit the search.")
    products = MatchingProductSerializer(many=True, help_text="The best few of these.")


class FacetValueSerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    count = serializers.IntegerField(help_text="Results with this value alone chosen in its facet.")
    is_selected = serializers.BooleanField()
    broader = serializers.CharField(
        allow_null=True, help_text="Code of the listed value that takes this one in; null for none."
    )


class FacetSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    parameter = serializers.CharField(help_text="The parameter that takes its codes.")
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    total_values = serializers.IntegerField(help_text="How many values there are, also those not listed.")
    shown_values = serializers.IntegerField(help_text="How many are listed here; facets/{parameter}/ has all.")
    values = FacetValueSerializer(many=True)


class ReplacementSerializer(serializers.Serializer[object]):
    typed = serializers.CharField(help_text="A word of q that the catalogue does not have.")
    taken_for = serializers.CharField(help_text="What was looked for besides; hits with it come last.")
    q = serializers.CharField(help_text="The whole text with that word instead.")


class UnderstoodSerializer(serializers.Serializer[object]):
    facet = serializers.CharField(help_text='The facet that was named, such as levels, or "price" or "edition".')
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    text = serializers.CharField(help_text="The words of q that name it.")
    codes = serializers.ListField(child=serializers.CharField(), help_text="Alternatives.")
    values = serializers.ListField(child=serializers.CharField(), help_text="The same, or the bounds, for people.")
    least_cents = serializers.IntegerField(allow_null=True, help_text="Of a price, included; null for no bound.")
    most_cents = serializers.IntegerField(allow_null=True, help_text="Of a price, included; null for no bound.")
    is_filter = serializers.BooleanField(help_text="Whether it must hold; else it is a strong preference.")


class FacetPageSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    parameter = serializers.CharField(help_text="The parameter of the lists that takes its codes.")
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    total_values = serializers.IntegerField(help_text="How many values the facet has in this search.")
    found_values = serializers.IntegerField(help_text="How many of them hold the text asked for.")
    shown_values = serializers.IntegerField(help_text="How many are in this answer.")
    mode = serializers.ChoiceField(choices=MODES, help_text=_MODE_TEXT)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    values = FacetValueSerializer(many=True)


class RelaxationSerializer(serializers.Serializer[object]):
    parameter = serializers.CharField(help_text="Leaving this parameter out gives so many results.")
    code = serializers.CharField(allow_null=True, help_text="Its value; null where it has several.")
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    total = serializers.IntegerField()


class PageSerializer(serializers.Serializer[object]):
    total = serializers.IntegerField(help_text="All results, on every page.")
    page_size = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    took_ms = serializers.IntegerField(help_text="The engine's own time, or the database's.")
    mode = serializers.ChoiceField(choices=MODES, help_text=_MODE_TEXT)
    is_loosened = serializers.BooleanField(
        help_text="Next to nothing has all the words of q, so the results may lack some of them."
    )
    complete_total = serializers.IntegerField(
        allow_null=True, help_text="How many results have all the words, and come first; null where all have."
    )
    replacements = ReplacementSerializer(many=True)
    understood = UnderstoodSerializer(many=True, help_text="What the words of q were taken for; literal=1 prevents it.")
    words = serializers.ListField(child=serializers.CharField(), help_text="The words of q that are looked for.")
    phrases = serializers.ListField(child=serializers.CharField(), help_text="What stood between quotation marks.")
    excluded = serializers.ListField(child=serializers.CharField(), help_text="What must not be there.")
    ean = serializers.CharField(allow_null=True, help_text="The article number in q, as an EAN; null without one.")
    facets = FacetSerializer(many=True, allow_null=True, help_text="null unless facets=1 was asked.")
    relaxations = RelaxationSerializer(
        many=True,
        allow_null=True,
        help_text="Where nothing is found: what there would be without one facet. null unless facets=1 was asked.",
    )


class ProductPageSerializer(PageSerializer):
    results = ProductHitSerializer(many=True)


class MethodPageSerializer(PageSerializer):
    results = MethodHitSerializer(many=True)


class ClassificationSerializer(serializers.Serializer[object]):
    sectors = serializers.ListField(child=serializers.CharField())
    levels = serializers.ListField(child=serializers.CharField())
    years = serializers.ListField(child=serializers.CharField())
    subjects = serializers.ListField(child=serializers.CharField())


class PartSerializer(serializers.Serializer[object]):
    identifier = serializers.CharField(help_text="As the package names it: an EAN or the publisher's own code.")
    product = ProductReferenceSerializer(allow_null=True, help_text="null where the catalogue does not have it.")


class PricePartSerializer(serializers.Serializer[object]):
    excl_cents = serializers.IntegerField(help_text="Without VAT.")
    vat_rate = serializers.CharField(help_text="Percent, as a decimal number.")


class ProductSerializer(ProductHitSerializer):
    page_url = serializers.URLField(help_text="Where people read it.")
    identifier = serializers.CharField(help_text="The publisher's own product code.")
    description = serializers.CharField()
    form_confidence = serializers.IntegerField(help_text="Percent: the form is derived, the sources do not state it.")
    is_licensed = serializers.BooleanField(allow_null=True)
    is_consumable = serializers.BooleanField(allow_null=True)
    is_catalog_item = serializers.BooleanField(allow_null=True)
    is_separately_available = serializers.BooleanField(allow_null=True)
    classification = ClassificationSerializer(
        many=True, help_text="As the publisher stated it: what stands in one group belongs together."
    )
    price_excl_cents = serializers.IntegerField(allow_null=True)
    vat_rate = serializers.CharField(allow_null=True, help_text="Percent, as a decimal number.")
    currency = serializers.CharField(help_text="ISO 4217; empty without a price.")
    is_price_indicative = serializers.BooleanField(allow_null=True)
    price_parts = PricePartSerializer(many=True, help_text="Where it bears several rates of VAT; else empty.")
    sale_unit_size = serializers.IntegerField(allow_null=True)
    information_url = serializers.CharField()
    access_url = serializers.CharField()
    content_url = serializers.CharField()
    cover_url = serializers.CharField()
    publisher_logo_url = serializers.CharField()
    language = serializers.CharField(help_text="ISO 639; empty where it is not known.")
    version_text = serializers.CharField(help_text="As the publisher calls it.")
    aggregation_level = serializers.CharField()
    usages = serializers.ListField(child=serializers.CharField())
    platforms = serializers.ListField(child=serializers.CharField())
    devices = serializers.ListField(child=serializers.CharField())
    browsers = serializers.ListField(child=serializers.CharField())
    is_open = serializers.BooleanField(allow_null=True, help_text="Open learning material.")
    open_license = serializers.CharField()
    is_copyrighted = serializers.BooleanField(allow_null=True)
    accessibility_url = serializers.CharField(help_text="Its accessibility statement; empty where none is known.")
    license_availability = serializers.CharField()
    license_starts_on = serializers.DateField(allow_null=True)
    license_ends_on = serializers.DateField(allow_null=True)
    license_days = serializers.IntegerField(allow_null=True)
    license_count = serializers.IntegerField(allow_null=True)
    license_options = serializers.ListField(child=serializers.CharField())
    activation_days = serializers.IntegerField(allow_null=True, help_text="Within how many days it must be activated.")
    activation_until = serializers.DateField(allow_null=True)
    parts = PartSerializer(many=True, help_text="What a package consists of.")
    part_of = ProductReferenceSerializer(many=True, help_text="Packages that name it, 25 at most.")
    successor_identifier = serializers.CharField(help_text="As the record names it.")
    successor = ProductReferenceSerializer(allow_null=True)
    predecessors = ProductReferenceSerializer(many=True, help_text="Products that it succeeds, 25 at most.")
    counterparts = ProductReferenceSerializer(
        many=True,
        help_text="In the current edition, where this one is of an older: same role, form, level and year. Derived;"
        " empty where a successor is stated.",
    )
    companions = ProductReferenceSerializer(
        many=True, help_text="Of the same edition for the same level and year, 12 at most. Derived."
    )
    first_published_on = serializers.DateField(allow_null=True)
    end_of_life_on = serializers.DateField(allow_null=True)
    last_revised_on = serializers.DateField(allow_null=True)
    deprecated_on = serializers.DateField(allow_null=True)
    supported_until = serializers.DateField(allow_null=True)
    first_seen_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    is_withdrawn = None  # type: ignore[assignment]  # withdrawn_at says it, and when.


class EditionSerializer(serializers.Serializer[object]):
    label = serializers.CharField()  # type: ignore[assignment]  # See CodedSerializer.
    ordinal = serializers.IntegerField(allow_null=True)
    is_current = serializers.BooleanField(help_text="The newest edition with a product that can be ordered.")
    product_count = serializers.IntegerField()


class MethodSerializer(ReviewedSerializer):
    public_id = serializers.CharField()
    url = serializers.URLField()
    page_url = serializers.URLField(help_text="Where people read it.")
    name = serializers.CharField()
    publisher = PublisherSerializer()
    sectors = CodedSerializer(many=True)
    levels = CodedSerializer(many=True)
    years = CodedSerializer(many=True)
    subjects = CodedSerializer(many=True)
    editions = EditionSerializer(many=True, help_text="Newest first, the unknown one last.")
    product_count = serializers.IntegerField()


class RelatedMethodSerializer(serializers.Serializer[object]):
    public_id = serializers.CharField()
    url = serializers.URLField()
    name = serializers.CharField()
    publisher = PublisherSerializer()
    sectors = CodedSerializer(many=True)
    levels = CodedSerializer(many=True)
    years = CodedSerializer(many=True)
    subjects = CodedSerializer(many=True)


class RelatedMethodsSerializer(serializers.Serializer[object]):
    results = RelatedMethodSerializer(many=True, help_text="The most alike first, 6 at most.")


class SuggestionSerializer(serializers.Serializer[object]):
    kind = serializers.ChoiceField(
        choices=[kind.value for kind in Kind], help_text="methods, subjects, publishers or titles (products)."
    )
    code = serializers.CharField(help_text="Public id of a method or product, code of a subject, slug of a publisher.")
    name = serializers.CharField()
    about = serializers.CharField(help_text="A method's publisher, a title's method or publisher; else empty.")
    url = serializers.URLField(help_text="The method or product, or the methods with this subject or publisher.")
    page_url = serializers.URLField(help_text="Where people read it.")


class SuggestionsSerializer(serializers.Serializer[object]):
    suggestions = SuggestionSerializer(many=True, help_text="10 at most: methods, subjects, publishers, then titles.")
    is_complete = serializers.BooleanField(
        help_text="false while the search engine is away: then these are subjects and publishers alone."
    )


class IndexSerializer(serializers.Serializer[object]):
    products = serializers.URLField()
    methods = serializers.URLField()
    suggest = serializers.CharField(help_text="With {q} to fill in.")
    product_by_ean = serializers.CharField(help_text="With {ean} to fill in.")
    reviews = serializers.URLField()
    review_summaries = serializers.URLField(help_text="Takes method, product, ean or edition.")
    rubrics = serializers.URLField()
    openapi = serializers.URLField()


class ProblemErrorSerializer(serializers.Serializer[object]):
    field = serializers.CharField()
    value = serializers.CharField(required=False)
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[object]):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemErrorSerializer(many=True)  # type: ignore[assignment]  # Serializer has a property of this name.
