"""People who run things: who they are, what they may, what they did, what is held of them.

Knows no page and no address; the portal's pages for people stand on it.
"""
