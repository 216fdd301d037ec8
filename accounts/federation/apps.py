from django.apps import AppConfig


class FederationConfig(AppConfig):
    """No models: what a federation says becomes a User and an Affiliation."""

    name = "accounts.federation"
    label = "federation"
