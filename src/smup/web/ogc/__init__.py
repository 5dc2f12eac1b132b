"""OGC API – Features under ``/ogc``: gminas, powiats and województwa as layers of a map, with the
indicators a reader chooses as their properties."""
