"""The change of the school year, by the clock of the schools."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews.content import read_content
from reviews.rubric import rubric
from reviews.school_years import current_school_year, reviewable_school_years
from tests.factories import make_method
from tests.reviews.misuse.test_texts import said

HERE = ZoneInfo("Europe/Amsterdam")
BEFORE, AFTER = datetime(2026, 7, 31, 23, 59, 59, tzinfo=HERE), datetime(2026, 8, 1, 0, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (BEFORE, 2025),
        (AFTER, 2026),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), 2026),  # Where the server's clock still says July.
        (datetime(2026, 1, 1, 0, 0, tzinfo=HERE), 2025),
        (datetime(2028, 2, 29, 12, 0, tzinfo=HERE), 2027),
    ],
)
def test_the_school_year_of_a_moment(monkeypatch, now, year):
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert current_school_year() == year
    assert reviewable_school_years() == list(range(year, year - 10, -1))


@pytest.mark.django_db
def test_a_page_of_the_old_year_that_is_sent_in_the_new_one(monkeypatch):
    method = make_method()

    def years_refused(now: datetime) -> list[int]:
        monkeypatch.setattr(timezone, "now", lambda: now)
        refused = []
        for year in range(2014, 2029):
            try:
                read_content(said(method, school_year=str(year)), rubric=rubric(), method=method)
            except ValidationError as error:
                refused += [year] * (list(error.message_dict) == ["school_year"])
        return refused

    assert years_refused(BEFORE) == [2014, 2015, 2026, 2027, 2028]
    assert years_refused(AFTER) == [2014, 2015, 2016, 2027, 2028]
