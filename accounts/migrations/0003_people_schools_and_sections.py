"""Schools, sections, who belongs to them, invitations and mail that waits."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_publisher_member"),
        ("catalogus", "0006_fill_origin_method"),
    ]

    operations = [
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("employee", "medewerker"),
                            ("staff", "onderwijzend personeel"),
                            ("affiliate", "betrokkene"),
                            ("student", "leerling of student"),
                        ],
                        max_length=10,
                        verbose_name="rol",
                    ),
                ),
                (
                    "assurance",
                    models.CharField(
                        choices=[
                            ("federation", "door de school zelf bevestigd"),
                            ("mail", "via het e-mailadres van de school"),
                        ],
                        max_length=10,
                        verbose_name="zekerheid",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "wacht op goedkeuring"),
                            ("approved", "bevestigd"),
                            ("refused", "afgewezen"),
                            ("ended", "beëindigd"),
                        ],
                        max_length=10,
                        verbose_name="toestand",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gevraagd op")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst bevestigd op")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="besloten op")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reden")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beëindigd op")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "zelf vertrokken"),
                            ("moved", "de school noemt een andere school"),
                            ("claims", "de school noemt de persoon niet meer zo"),
                            ("removed", "door een ander beëindigd"),
                            ("school", "de school is opgeheven of samengevoegd"),
                        ],
                        max_length=10,
                        verbose_name="waarom beëindigd",
                    ),
                ),
            ],
            options={
                "verbose_name": "band met een school",
                "verbose_name_plural": "banden met scholen",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("section", "vaksectie"), ("publisher", "uitgever")],
                        max_length=9,
                        verbose_name="soort",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "lid"),
                            ("lead", "voorzitter"),
                            ("reader", "lezer"),
                            ("editor", "redacteur"),
                            ("owner", "eigenaar"),
                        ],
                        max_length=8,
                        verbose_name="rol",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gestuurd op")),
                ("expires_at", models.DateTimeField(verbose_name="geldig tot")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="aangenomen op")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op")),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="soort")),
                ("is_wanted", models.BooleanField(verbose_name="gewenst")),
            ],
            options={
                "verbose_name": "keuze over mail",
                "verbose_name_plural": "keuzes over mail",
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="soort")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("about_id", models.BigIntegerField(blank=True, null=True, verbose_name="over")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="te sturen vanaf")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="laatste fout")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="opgegeven op")),
            ],
            options={
                "verbose_name": "te versturen bericht",
                "verbose_name_plural": "te versturen berichten",
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, unique=True, verbose_name="code (BRIN)")),
                ("institution_code", models.CharField(db_index=True, max_length=4, verbose_name="instellingscode")),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="plaats")),
                (
                    "board_code",
                    models.CharField(blank=True, max_length=10, verbose_name="nummer van het bevoegd gezag"),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sectoren",
                    ),
                ),
                ("search_key", models.CharField(editable=False, max_length=400, verbose_name="zoektekst")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="opgeheven op")),
                ("listed_on", models.DateField(blank=True, null=True, verbose_name="laatst genoemd op")),
            ],
            options={
                "verbose_name": "school",
                "verbose_name_plural": "scholen",
                "ordering": ["name", "place", "code"],
            },
        ),
        migrations.CreateModel(
            name="SchoolDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(db_index=True, max_length=253, verbose_name="maildomein")),
            ],
            options={
                "verbose_name": "maildomein van een school",
                "verbose_name_plural": "maildomeinen van scholen",
                "ordering": ["domain"],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="opgericht op")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="opgeheven op")),
            ],
            options={
                "verbose_name": "vaksectie",
                "verbose_name_plural": "vaksecties",
                "ordering": ["school", "subject"],
            },
        ),
        migrations.CreateModel(
            name="SectionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "lid"), ("lead", "voorzitter")],
                        default="member",
                        max_length=6,
                        verbose_name="rol",
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lid sinds")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="vertrokken op")),
            ],
            options={
                "verbose_name": "lid van een vaksectie",
                "verbose_name_plural": "leden van vaksecties",
                "ordering": ["joined_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="publishermember",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="vertrokken op"),
        ),
        migrations.AddField(
            model_name="publishermember",
            name="joined_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
                verbose_name="lid sinds",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="is_moderator",
            field=models.BooleanField(db_default=False, default=False, verbose_name="moderator van beoordelingen"),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("nl", "Nederlands"), ("en", "English")],
                db_default="",
                default="",
                max_length=5,
                verbose_name="taal",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishermember",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("joined_at")), _connector="OR"),
                name="publisher_member_leaves_after_joining",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="besloten door",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="affiliations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebruiker",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="aangenomen door",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uitgenodigd door",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="catalogus.publisher",
                verbose_name="uitgever",
            ),
        ),
        migrations.AddField(
            model_name="mailchoice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mail_choices",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebruiker",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="aan",
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="accounts.school",
                verbose_name="opgegaan in",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affiliations",
                to="accounts.school",
                verbose_name="school",
            ),
        ),
        migrations.AddField(
            model_name="schooldomain",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="domains",
                to="accounts.school",
                verbose_name="school",
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="accounts.section",
                verbose_name="opgegaan in",
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sections",
                to="accounts.school",
                verbose_name="school",
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogus.concept",
                verbose_name="vak",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="accounts.section",
                verbose_name="vaksectie",
            ),
        ),
        migrations.AddField(
            model_name="sectionmember",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="accounts.section",
                verbose_name="vaksectie",
            ),
        ),
        migrations.AddField(
            model_name="sectionmember",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="section_memberships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebruiker",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.UniqueConstraint(fields=("user", "kind"), name="mail_choice_once"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(condition=models.Q(("failed_at", None)), fields=["due_at"], name="outgoing_mail_due"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("user__isnull", False), models.Q(("email", ""), _negated=True), _connector="OR"),
                name="outgoing_mail_has_somebody_to_go_to",
            ),
        ),
        migrations.AddIndex(
            model_name="school",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="school_search_key_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{2}[A-Z]{2}([0-9]{2})?$")),
                name="school_code_is_a_brin",
                violation_error_message="Een BRIN is twee cijfers en twee letters, met of zonder twee cijfers.",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__startswith", models.F("institution_code"))),
                name="school_is_of_its_institution",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="school_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True), name="school_not_merged_into_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), models.Q(("ended_on", None), _negated=True), _connector="OR"),
                name="school_that_merged_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "school"),
                name="affiliation_one_live_per_school",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["employee", "staff", "affiliate", "student"])),
                name="affiliation_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("assurance__in", ["federation", "mail"])), name="affiliation_assurance_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "approved", "refused", "ended"])),
                name="affiliation_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_at", None)),
                    _connector="OR",
                ),
                name="affiliation_ended_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_reason", ""), ("ended_at__isnull", False), _connector="OR"),
                name="affiliation_end_reason_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assurance", "mail"), _negated=True),
                    models.Q(("state", "approved"), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="affiliation_by_mail_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "affiliate"), ("state", "approved"), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="affiliation_of_an_affiliate_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="schooldomain",
            constraint=models.UniqueConstraint(fields=("school", "domain"), name="school_domain_once"),
        ),
        migrations.AddConstraint(
            model_name="schooldomain",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain__regex", "^[a-z0-9-]+(\\.[a-z0-9-]+)+$")),
                name="school_domain_is_a_domain",
                violation_error_message="Een maildomein is wat na het apenstaartje staat, in kleine letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("school", "subject"),
                name="section_one_live_per_school_and_subject",
                violation_error_message="Deze vaksectie bestaat al op deze school.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="section_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("ended_at__isnull", False), _connector="OR"),
                name="section_that_merged_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "section"),
                        ("publisher__isnull", True),
                        ("role__in", ["member", "lead"]),
                        ("section__isnull", False),
                    ),
                    models.Q(
                        ("kind", "publisher"),
                        ("publisher__isnull", False),
                        ("role__in", ["reader", "editor", "owner"]),
                        ("section__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="invitation_is_to_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                name="invitation_accepted_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    ("kind", "section"),
                    ("withdrawn_at", None),
                    models.Q(("email", ""), _negated=True),
                ),
                fields=("section", "email"),
                name="invitation_one_open_per_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    ("kind", "publisher"),
                    ("withdrawn_at", None),
                    models.Q(("email", ""), _negated=True),
                ),
                fields=("publisher", "email"),
                name="invitation_one_open_per_publisher",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("section", "user"), name="section_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["member", "lead"])), name="section_member_role_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("left_at__gte", models.F("joined_at")), _connector="OR"),
                name="section_member_leaves_after_joining",
            ),
        ),
    ]
