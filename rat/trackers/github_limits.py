"""What an account wrote on GitHub of late, read off its comments: no header says how much it may still write."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from rat.trackers import github_replies as replies
from rat.trackers.calls import Call
from rat.trackers.github_pages import PAGE_SIZE, Pages

HOUR = 3600.0
MOST_COMMENTS = 1000
"""Comments that are looked through at most: ten requests, for twice as many writes as an hour allows."""


def recent_writes(pages: Pages, repository: str, *, login: str, now: float) -> Iterator[float]:
    """When *login* last wrote each comment of *repository* that changed within the hour before *now*, newest first.

    A comment that was made and edited within it counts twice. Times are in seconds since the epoch, rounded up: GitHub
    cuts them off. https://docs.github.com/rest/issues/comments#list-issue-comments-for-a-repository
    """
    since = datetime.fromtimestamp(now - HOUR, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    params = {"since": since, "sort": "updated", "direction": "desc", "per_page": str(PAGE_SIZE)}
    path = f"/repos/{repository}/issues/comments"
    call = Call(what=f"the newest comments of {repository}", path=path, params=params)
    for comment in islice(pages.entries(call, replies.comment), MOST_COMMENTS):
        if comment.author == login:
            for time in {comment.updated_at, comment.created_at}:
                written = datetime.fromisoformat(time).timestamp() + 1.0
                if written > now - HOUR:
                    yield written
