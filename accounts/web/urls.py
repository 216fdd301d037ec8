from django.urls import path

from accounts.web import second_factor
from accounts.web.own_urls import urlpatterns as own
from accounts.web.school_urls import urlpatterns as school

app_name = "accounts"
urlpatterns = [
    path("tweede-stap/nodig/", second_factor.needed, name="second-factor-needed"),
    *own,
    *school,
]
