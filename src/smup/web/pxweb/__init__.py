"""PxWebApi 2 under ``/pxweb/api/v2``: what clients of Nordic statistical offices read."""
