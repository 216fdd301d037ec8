from django.urls import path

from accounts.federation import views

urlpatterns = [
    path("<slug:name>/", views.login, name="federation_login"),
    path("<slug:name>/terug/", views.callback, name="federation_callback"),
]
