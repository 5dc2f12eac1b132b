"""Reports on request, shared by the pages and the API: kept definitions and templates, and files
made by a process of its own.

Nothing here is in a database: a definition is a file named by its content, and the state of a job
is which files are there.
"""
