"""Medians, spreads, and the rule by which a series does not fall."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured several times."""

    samples: list

    @property
    def median(self):
        """The middle of the samples."""
        return statistics.median(self.samples)

    def over(self, other):
        """How many times the other's median this one's is; the samples are the ratios of each round."""
        rounds = [mine / theirs for mine, theirs in zip(self.samples, other.samples)]
        return Ratio(rounds, self.median / other.median)

    def text(self, digits=0, unit=""):
        """The median, and in brackets the least and the greatest."""
        return self.spread(self.median, digits, unit)

    def spread(self, middle, digits, unit):
        """That number, and the least and the greatest in brackets."""
        low, high = min(self.samples), max(self.samples)
        if len(self.samples) == 1:
            return f"{middle:,.{digits}f}{unit}"
        return f"{middle:,.{digits}f}{unit} [{low:,.{digits}f}–{high:,.{digits}f}]"


@dataclass(frozen=True)
class Ratio(Figure):
    """The ratio of two medians, with the ratios of the rounds."""

    value: float

    @property
    def median(self):
        """The ratio of the medians."""
        return self.value

    def text(self, digits=2, unit="x"):
        """The ratio, and in brackets the least and the greatest of a round."""
        return self.spread(self.value, digits, unit)


def falls(series):
    """The keys of a series at which even the best sample is below the worst one of an earlier key.

    That is what a fall beyond the spread means: samples that overlap may be the same.
    """
    fallen, highest = [], float("-inf")
    for key, figure in series.items():
        if max(figure.samples) < highest:
            fallen.append(key)
        highest = max(highest, min(figure.samples))
    return fallen


def percentile(steps, share):
    """The value below which that share of a histogram is: sorted pairs of a value and a count."""
    rest = share * sum(count for _, count in steps)
    for value, count in steps:
        rest -= count
        if rest <= 0:
            return value
    raise ValueError("an empty histogram has no percentiles")
