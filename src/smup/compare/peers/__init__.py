"""Statistical peers: the units most alike in what describes the place, area by area."""

from smup.compare.peers.everyone import PeerTables, all_peers
from smup.compare.peers.lists import FeatureUse, Peer, Peers
from smup.compare.peers.live import nearest_codes, peers_of
from smup.compare.peers.rules import DEFAULT_K, PeerRules, PeersError, is_alone, rules_of

__all__ = [
    "DEFAULT_K",
    "FeatureUse",
    "Peer",
    "PeerRules",
    "PeerTables",
    "Peers",
    "PeersError",
    "all_peers",
    "is_alone",
    "nearest_codes",
    "peers_of",
    "rules_of",
]
