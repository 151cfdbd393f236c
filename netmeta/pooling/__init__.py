"""Pairwise pooling of log hazard ratios: a model goes in as a value, a result comes out as one.

PyMARE estimates (``door``), the likelihood is checked after it, and what PyMARE lacks stands beside it.
Importing this package loads neither PyMARE nor SciPy; the first pooling does.
"""

from __future__ import annotations

from netmeta.pooling import presets
from netmeta.pooling.fitting import fit
from netmeta.pooling.interval import Interval
from netmeta.pooling.model import (
    INTERVALS,
    PREDICTIONS,
    TAU2_METHODS,
    CommonEffect,
    Model,
    RandomEffects,
)
from netmeta.pooling.pooled import pool
from netmeta.pooling.result import Fit, PooledResult

__all__ = [
    "INTERVALS",
    "PREDICTIONS",
    "TAU2_METHODS",
    "CommonEffect",
    "Fit",
    "Interval",
    "Model",
    "PooledResult",
    "RandomEffects",
    "fit",
    "pool",
    "presets",
]
