"""Mail: letters, the outbox they wait in, and the rounds that send them. Knows no training."""
