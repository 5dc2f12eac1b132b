"""Does a client hold these bytes already? (RFC 9110, 13.1.2: weak comparison)"""


def held(asked: str, etag: str) -> bool:
    """Is ``etag`` among those of ``asked``, the value of If-None-Match? ``*`` means any."""
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
