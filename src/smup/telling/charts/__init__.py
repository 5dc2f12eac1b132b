"""Figures that have an address of their own: ``/wykres/{kind}.{svg|png|csv|xlsx|json}?…``.

Pages and addresses draw a figure through the same maker, so the picture is the same everywhere.
``kinds`` lists the makers, ``asked`` reads their parameters, ``placing`` writes them, ``files``
makes what is downloaded. A new kind is a maker and a line in ``kinds``; a page that shows the
figure needs nothing more, for ``parts/figure.html`` offers the files of every figure placed.
"""
