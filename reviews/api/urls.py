from django.urls import URLPattern

app_name = "reviews-api"
urlpatterns: list[URLPattern] = []
