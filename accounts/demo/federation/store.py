"""What the provider's database holds: the invented people and the one client. To be imported once Django is set up."""

from allauth.idp.oidc.models import Client
from django.contrib.auth.models import User
from django.core.management import call_command

from accounts.demo.federation.options import Options
from accounts.demo.people import federated_people

SCOPES = ["openid", "profile", "email"]


def fill(options: Options) -> None:
    """Make the tables and what stands in them; may be done again."""
    call_command("migrate", interactive=False, verbosity=0)
    known = set(User.objects.values_list("username", flat=True))
    for person in federated_people():
        if person.key not in known:
            User.objects.create_user(username=person.key)
    client = Client.objects.filter(pk=options.client_id).first() or Client(id=options.client_id)
    client.name = "Open Keuzecatalogus"
    client.type = Client.Type.CONFIDENTIAL
    # Whoever presses a button on a page that says what it is, has consented.
    client.skip_consent = True
    client.set_secret(options.client_secret)
    client.set_scopes(SCOPES)
    client.set_redirect_uris(list(options.redirects))
    client.full_clean()
    client.save()
    Client.objects.exclude(pk=client.pk).delete()
