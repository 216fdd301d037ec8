"""What the pages on which a teacher writes need of a template."""

from django import template

from reviews.school_years import school_year_label

register = template.Library()

register.filter("school_year", school_year_label)
