"""What readers keep: short links to their questions. Knows addresses, not what they show.

Nothing here says who kept something: there is no account, no network address, no cookie.
"""
