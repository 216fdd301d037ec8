"""Misbehaviour between the provider and whoever asks it."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.demo.federation.misbehaviour import ENDPOINTS, Trouble, current
from accounts.demo.federation.tampering import tampered


class MisbehaviourMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        endpoint = ENDPOINTS.get(request.path)
        if endpoint is None:
            return self.get_response(request)
        misbehaviour = current()
        trouble = misbehaviour.endpoints.get(endpoint, Trouble())
        if trouble.delay_seconds:
            time.sleep(trouble.delay_seconds)
        if trouble.is_an_answer:
            return _answer(trouble)
        return tampered(endpoint, self.get_response(request), misbehaviour)


def _answer(trouble: Trouble) -> HttpResponse:
    status = 302 if trouble.location and trouble.status == 200 else trouble.status
    response = HttpResponse(trouble.body, status=status, content_type=trouble.content_type)
    if trouble.location:
        response["Location"] = trouble.location
    return response
