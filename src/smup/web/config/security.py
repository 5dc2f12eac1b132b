"""Headers that forbid what pages never do: foreign content, inline script or style, frames."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
# For the small pages that other sites may show in a frame.
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
# All of Django, its own SecurityMiddleware included, for answers that are given without it.
SAFETY = [
    *_HEADERS.items(),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityMiddleware:
    """Outermost, so that static files and error pages carry the headers too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers["Content-Security-Policy"] == FRAMED:
            del response.headers["X-Frame-Options"]
        return response
