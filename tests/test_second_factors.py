"""The tests' own app computes what every app does."""

import base64

import pytest

from tests.second_factors import totp_code


@pytest.mark.parametrize(("at", "code"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")])
def test_the_examples_of_rfc_6238_appendix_b(at, code):
    assert totp_code(base64.b32encode(b"12345678901234567890").decode(), at=at, digits=8) == code
