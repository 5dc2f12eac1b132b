"""What goes on paper: agreement with its annexes, declarations, programmes, attendance lists and
certificates.

Nothing here knows the database: facts come in as plain values, a ``documents.Document`` goes out.
The words are YAML in ``texts/``, a file for each version. All papers are in Polish, the language of
the bodies that sign them.
"""
