from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration, behind this site's own sign-in and second factor."""

    default = False
    default_site = "accounts.admin_site.Administration"
