"""What a network is asked for where nothing is said."""

from __future__ import annotations

from typing import Final

from netmeta.errors import NetworkError
from netmeta.pooling.model import CommonEffect, RandomEffects

__all__ = ["NETWORK", "checked_model"]

NETWORK: Final = RandomEffects(tau2_method="REML", interval="wald", prediction="t(k-1)")
"""REML with Wald intervals, as metafor's ``rma.mv`` and R's netmeta draw them; in prediction intervals t with the
degrees of freedom of Q, as R's netmeta since 2023. With ``tau2_method="DL"`` it is R's netmeta to the last digit.
The intervals of Hartung and Knapp are to be had: their factor is then that of Jackson & Riley 2014 (Stat Med
33:541)."""


def checked_model(model: object) -> RandomEffects | CommonEffect:
    """Return a model, or raise saying what is one."""
    if isinstance(model, RandomEffects | CommonEffect):
        return model
    raise NetworkError(
        f"The model is a RandomEffects(...) or a CommonEffect(...), not {model!r}: "
        "for example RandomEffects(tau2_method='REML', interval='wald', prediction='t(k-1)')."
    )
