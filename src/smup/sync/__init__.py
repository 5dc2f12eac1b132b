"""Having sources asked: runs and their journal, what is held of each source, the next release.

One run at a time. Everything here is a file in ``<home>/sync``, written whole: what a page or a
command shows is true after any kill.
"""
