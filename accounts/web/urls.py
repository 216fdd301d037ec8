from django.urls import path

from accounts.web import account, second_factor

app_name = "accounts"
urlpatterns = [
    path("", account.overview, name="overview"),
    path("tweede-stap/nodig/", second_factor.needed, name="second-factor-needed"),
]
