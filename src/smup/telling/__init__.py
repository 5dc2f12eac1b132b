"""What a release says to people, without a framework: words, addresses, rows, figures, maps.

The portal puts it on pages, reports put it on paper; both say the same of the same cell.
"""
