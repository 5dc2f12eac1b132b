"""What every open data face shares: reading of parameters, refusals, headers. Knows no face."""
