"""The official SMUP interface of GUS at ``/api/1.0.0/``, for programs that already speak it."""
