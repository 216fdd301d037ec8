"""The link by which a list can be read without an account.

It is signed, and stands nowhere: it is made of the list's own id and of the number of the link, so its owner can be
shown it again, and whoever gets hold of a copy of the database opens no list. A link stops working when it is
withdrawn, renewed, or the site's key changes.
"""

from django.core import signing

from selection.models import MaterialList
from selection.owners import surviving_section

_SIGNER_SALT = "selection.share"


def share_token(material_list: MaterialList) -> str:
    """A text for an address, of digits, letters and "-_:"; "" where the list is not shared."""
    if not material_list.is_shared:
        return ""
    return _signer().sign(f"{material_list.public_id}-{material_list.share_number}")


def list_of_token(token: str) -> MaterialList | None:
    """The list that a link opens; None for a link that was withdrawn or renewed, or that this site did not make.

    None as well for the list of somebody who was blocked, or of a section that ended and went on in no other.
    """
    try:
        public_id, _dash, number = _signer().unsign(token).rpartition("-")
    except signing.BadSignature:
        return None
    rows = MaterialList.objects.with_owner().exclude(user__is_active=False)
    found = rows.filter(public_id=public_id, share_number=int(number), is_shared=True).first()
    if found is None or (found.section is not None and surviving_section(found.section).ended_at is not None):
        return None  # Nobody is left who could withdraw it.
    return found


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT)
