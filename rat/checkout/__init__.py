"""The git adapter: a work tree and its history, read so that nothing of the repository can run."""

from rat.checkout.repository import GitCheckout, open_checkout

__all__ = ["GitCheckout", "open_checkout"]
