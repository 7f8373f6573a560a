"""The git adapter: a work tree and its history, read so that nothing of the repository can run."""

from rat.checkout.repository import COMMITS, GitCheckout, open_checkout

__all__ = ["COMMITS", "GitCheckout", "open_checkout"]
