"""What everybody may read about the trainings; no page here sets a cookie."""
