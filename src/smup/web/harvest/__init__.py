"""The face catalogues read: DCAT-AP of what there is, and the list for the national portal."""
