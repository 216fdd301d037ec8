from reviews.web import answering_urls, moderation_urls, reading_urls, writing_urls

app_name = "reviews"
urlpatterns = [
    *reading_urls.urlpatterns,
    *writing_urls.urlpatterns,
    *answering_urls.urlpatterns,
    *moderation_urls.urlpatterns,
]
