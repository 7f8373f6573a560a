"""A run of `rat eval`: each variant refines every ticket of a data set, code measures, and a judge may compare."""

from rat.trial.run import evaluate, failures_of, keep
from rat.trial.setting import Trial

__all__ = ["Trial", "evaluate", "failures_of", "keep"]
