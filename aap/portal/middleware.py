"""When a request reached the server, before anything else was done with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from aap import clock


class ArrivalMiddleware:
    """Stamp `request.arrived_at`. First of the list: a deposit is judged by its arrival, not by our queue."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = clock.now()  # type: ignore[attr-defined]
        return self.get_response(request)
