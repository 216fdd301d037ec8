from reviews.web import after_deletion_urls, answering_urls, moderation_urls, reading_urls, writing_urls

app_name = "reviews"
urlpatterns = [
    *reading_urls.urlpatterns,
    *writing_urls.urlpatterns,
    *answering_urls.urlpatterns,
    *moderation_urls.urlpatterns,
    *after_deletion_urls.urlpatterns,
]
