"""Reports people hand in: a definition and a release become a document, a document becomes files.

``definition`` says what is asked for, ``kinds/`` what a kind consists of, ``sections/`` writes the
parts, ``compose`` puts them together, ``files`` writes the forms. The same definition and the same
release give the same bytes.
"""
