from django.urls import path

from reviews.api import answering, reading, writing

app_name = "reviews-api"
urlpatterns = [
    path("reviews/", writing.ReviewsView.as_view(), name="reviews"),
    path("reviews/<str:public_id>/", writing.OneReviewView.as_view(), name="review"),
    path("reviews/<str:public_id>/withdraw/", writing.WithdrawView.as_view(), name="withdraw"),
    path("reviews/<str:public_id>/flags/", answering.FlagView.as_view(), name="flags"),
    path("reviews/<str:public_id>/helpful/", answering.HelpfulView.as_view(), name="helpful"),
    path("reviews/<str:public_id>/reply/", answering.ReplyView.as_view(), name="reply"),
    path("reviews/<str:public_id>/appeals/", writing.AppealView.as_view(), name="appeals"),
    path("review-summaries/", reading.SummaryView.as_view(), name="summaries"),
    path("rubrics/", reading.RubricsView.as_view(), name="rubrics"),
    path("rubrics/current/", reading.CurrentRubricView.as_view(), name="rubric-current"),
    path("me/reviews/", writing.OwnReviewsView.as_view(), name="own"),
]
