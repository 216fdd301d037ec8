"""Lists of learning materials, of a person or of a section, and what stands on them."""

import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people_schools_and_sections"),
        ("catalogus", "0010_method_order"),
        ("selection", "0001_saved_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MaterialList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(editable=False, max_length=13, unique=True, verbose_name="kenmerk")),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                ("description", models.TextField(blank=True, verbose_name="toelichting")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gewijzigd op")),
                ("is_shared", models.BooleanField(default=False, verbose_name="gedeeld met een link")),
                ("share_number", models.PositiveIntegerField(default=0, verbose_name="nummer van de link")),
                ("share_shows_notes", models.BooleanField(default=False, verbose_name="met opmerkingen")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="material_lists",
                        to="accounts.section",
                        verbose_name="van vaksectie",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="material_lists",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van gebruiker",
                    ),
                ),
            ],
            options={
                "verbose_name": "lijst",
                "verbose_name_plural": "lijsten",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ListItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="plaats")),
                ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="aantal")),
                ("note", models.TextField(blank=True, verbose_name="opmerking")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="toegevoegd op")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="toegevoegd door",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogus.method",
                        verbose_name="methode",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogus.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="selection.materiallist",
                        verbose_name="lijst",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel van een lijst",
                "verbose_name_plural": "regels van lijsten",
                "ordering": ["list", "place"],
            },
        ),
        migrations.AddConstraint(
            model_name="materiallist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("section__isnull", False), ("user", None)),
                    models.Q(("section", None), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="material_list_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="materiallist",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S")), name="material_list_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="materiallist",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_shared", False), ("share_number__gt", 0), _connector="OR"),
                name="material_list_shared_by_a_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="listitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method__isnull", False), ("product", None)),
                    models.Q(("method", None), ("product__isnull", False)),
                    _connector="OR",
                ),
                name="list_item_is_product_or_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="listitem",
            constraint=models.UniqueConstraint(fields=("list", "product"), name="list_item_product_once"),
        ),
        migrations.AddConstraint(
            model_name="listitem",
            constraint=models.UniqueConstraint(fields=("list", "method"), name="list_item_method_once"),
        ),
        migrations.AddConstraint(
            model_name="listitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("list", "place"),
                name="list_item_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="listitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity", None), models.Q(("quantity__gt", 0), ("quantity__lte", 100000)), _connector="OR"
                ),
                name="list_item_quantity_orders_something",
            ),
        ),
    ]
