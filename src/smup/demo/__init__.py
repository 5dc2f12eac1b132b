"""A synthetic country for demonstration and load: figures invented for true units, never mixed
with official ones. Real population and area only give the sizes something to be plausible by.
"""

from smup.demo.release import SEED, build_demo, demo_home

__all__ = ["SEED", "build_demo", "demo_home"]
