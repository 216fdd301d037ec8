"""The pages of saved searches, below /account/zoekopdrachten/."""

from django.urls import path

from selection.web import letter, searches, stopping

urlpatterns = [
    path("", searches.searches_page, name="searches"),
    path("bewaren/", searches.save, name="save"),
    path("bericht/", searches.choose_digest, name="digest"),
    path("bericht/<int:pk>/", letter.letter_page, name="letter"),
    path("stoppen/<str:token>/", stopping.stop_page, name="stop"),
    path("<int:pk>/", searches.change, name="search"),
    path("<int:pk>/verwijderen/", searches.delete, name="delete"),
]
