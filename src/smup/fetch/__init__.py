"""The one door to the network: what is asked, how often it may be, what came back.

Answers are kept byte for byte before anybody reads them; the same question is never asked twice.
"""
