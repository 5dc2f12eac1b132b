"""A drawn picture as part of an HTML page: named for screen readers, its ids its own."""

import re
from html import escape

_TAG = re.compile(r"<[^>]+>")
_OWN_NAME = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_IDS = re.compile(r'(?<= id=")([^"]+)(?=")|(?<=href="#)([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))')
_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|\s)*", re.IGNORECASE)


def inline_svg(svg: str, ident: str, title: str, description: str) -> str:
    """``svg`` as one image called ``title`` and read out as ``description``.

    Every id in it begins with ``ident``, which is unique on the page: pictures drawn apart may use
    the same ids. Names of pictures inside it are dropped, because it is one image to a reader.
    """
    body = _TAG.sub(lambda tag: _tag(tag[0], ident), _PROLOGUE.sub("", svg, count=1))
    opening, rest = body.split(">", 1)
    named = f'{opening} role="img" aria-labelledby="{ident}-title {ident}-words">'
    return (
        f'{named}<title id="{ident}-title">{escape(title, quote=False)}</title>'
        f'<desc id="{ident}-words">{escape(description, quote=False)}</desc>{rest}'
    )


def _tag(tag: str, ident: str) -> str:
    return _IDS.sub(lambda found: f"{ident}-{found[0]}", _OWN_NAME.sub("", tag))
