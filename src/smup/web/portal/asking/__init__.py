"""What pages ask of an address: figures, units side by side, own peers, a ranking."""
