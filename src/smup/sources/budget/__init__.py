"""Budget reports of local government, published by the Ministry of Finance."""

from smup.sources.budget.files import read_file
from smup.sources.budget.provider import PROVIDER

__all__ = ["PROVIDER", "read_file"]
