"""What a password must be: Django's rules, in words of ours, for its Dutch is partly English."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem er een van ten minste %(length)d tekens.") % {
            "length": self.min_length
        }


class UnlikeThePerson(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        """Django fills in which of the person's own data it is like."""
        return _("Dit wachtwoord lijkt te veel op uw %(verbose_name)s. Neem een ander.")


class Uncommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord gebruiken zo veel mensen dat het meteen wordt geraden. Neem een ander.")


class NotOnlyDigits(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord bestaat uit alleen cijfers. Neem er ook letters in op.")
