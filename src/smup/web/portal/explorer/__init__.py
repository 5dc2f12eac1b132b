"""``/analizy``: indicators x units x years chosen by the reader, as a table and as a picture.

The address is the whole question: ``question`` reads and writes it, ``phrases`` understands it in
words, ``selection`` finds the units and years, ``cube`` their figures, ``pivot`` and ``pictures``
show them.
"""
