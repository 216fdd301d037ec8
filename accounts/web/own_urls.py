"""A person's own pages: overview, profile, tokens, data."""

from django.urls import path

from accounts.web import account, own_data, tokens

urlpatterns = [
    path("", account.overview, name="overview"),
    path("profiel/", account.profile, name="profile"),
    path("mail/", account.mail, name="mail"),
    path("tokens/", tokens.own_tokens, name="tokens"),
    path("tokens/nieuw/", tokens.new_token, name="token-new"),
    path("tokens/<int:pk>/intrekken/", tokens.revoke, name="token-revoke"),
    path("gegevens/", own_data.data, name="data"),
    path("gegevens/bestand/", own_data.download, name="data-file"),
    path("verwijderen/", own_data.delete, name="delete"),
    path("verwijderd/", own_data.deleted, name="deleted"),
]
