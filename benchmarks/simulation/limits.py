"""The platforms' limits, enforced: what is refused, what was a violation."""

from collections import Counter, deque
from dataclasses import dataclass, field

MINUTE, HOUR = 60.0, 3600.0


class Window:
    """At most *most* units within any *span* of seconds."""

    def __init__(self, *, span: float, most: float) -> None:
        self.span = span
        self.most = most
        self._taken: deque[tuple[float, float]] = deque()
        self._sum = 0.0

    def wait(self, now: float, units: float = 1.0) -> float:
        """How long until *units* more would fit; 0 if they do."""
        while self._taken and self._taken[0][0] <= now - self.span:
            self._sum -= self._taken.popleft()[1]
        if self._sum + units <= self.most:
            return 0.0
        return self._taken[0][0] + self.span - now

    def take(self, now: float, units: float = 1.0) -> None:
        """Count *units*."""
        self._taken.append((now, units))
        self._sum += units


class Hour:
    """GitHub's primary limit: so many requests in an hour that begins with the first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.ends = 0.0
        self.used = 0

    def take(self, now: float) -> bool:
        """Whether one more request is allowed; it is counted then."""
        if now >= self.ends:
            self.ends, self.used = now + HOUR, 0
        if self.used >= self.most:
            return False
        self.used += 1
        return True


@dataclass(kw_only=True)
class Tally:
    """What was counted at the servers: requests by kind, refusals, and violations by kind."""

    requests: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)


@dataclass(kw_only=True)
class Client:
    """One job as the server sees it: until when it was told to stay away, and when it last wrote."""

    told_until: float = 0.0
    wrote: float = -1e9


class Account:
    """One token of GitHub: its hour, its points, what it created. Limits of
    https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api.
    """

    def __init__(self, *, an_hour: int) -> None:
        self.hour = Hour(an_hour)
        self.points = Window(span=MINUTE, most=900)
        self.created = (Window(span=MINUTE, most=80), Window(span=HOUR, most=500))

    def refusal(self, client: Client, *, writing: bool, now: float, tally: Tally) -> float | None:
        """The seconds to stay away with which a request is refused; None where it is served, and counted."""
        if now < client.told_until:
            tally.violations["sent while told to wait"] += 1
        if writing and now - client.wrote < 1.0 - 1e-6:
            tally.violations["writes less than a second apart"] += 1
        if writing:
            client.wrote = now
        if not self.hour.take(now):
            tally.refused["primary"] += 1
            return self._tell(client, now, self.hour.ends - now)
        weight = 5.0 if writing else 1.0
        if (seconds := self.points.wait(now, weight)) > 0:
            tally.violations["more than 900 points a minute"] += 1
            return self._tell(client, now, seconds)
        self.points.take(now, weight)
        if writing:
            for window in self.created:
                if (seconds := window.wait(now)) > 0:
                    tally.violations[f"more than {window.most:g} creations in {window.span:g} s"] += 1
                    return self._tell(client, now, seconds)
            for window in self.created:
                window.take(now)
        return None

    @staticmethod
    def _tell(client: Client, now: float, seconds: float) -> float:
        client.told_until = max(client.told_until, now + seconds)
        return seconds


class JiraLimits:
    """Jira Cloud: bursts an endpoint and second, writes an issue.
    https://developer.atlassian.com/cloud/jira/platform/rate-limiting/.
    """

    def __init__(self) -> None:
        self._bursts: dict[str, Window] = {}
        self._issues: dict[str, tuple[Window, Window]] = {}

    def refusal(
        self, client: Client, endpoint: str, issue: str, *, now: float, tally: Tally
    ) -> tuple[float, str] | None:
        """The seconds to stay away and the reason; None where the request is served, and counted."""
        if now < client.told_until:
            tally.violations["sent while told to wait"] += 1
        method = endpoint.partition(" ")[0]
        burst = self._bursts.setdefault(endpoint, Window(span=1.0, most=50 if method == "PUT" else 100))
        windows = [(burst, "jira-burst-based")]
        if method != "GET":
            pair = self._issues.setdefault(issue, (Window(span=2.0, most=20), Window(span=30.0, most=100)))
            windows += [(window, "jira-per-issue-on-write") for window in pair]
        for window, reason in windows:
            if (seconds := window.wait(now)) > 0:
                tally.violations[reason] += 1
                client.told_until = max(client.told_until, now + seconds)
                return seconds, reason
        for window, _ in windows:
            window.take(now)
        return None
