from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", params=[True, False], ids=["by automaton", "by expression"])
def either_matcher(request: pytest.FixtureRequest) -> Iterator[None]:
    """Words are found by ahocorasick_rs, and then as on a machine that has no such package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rat.search.matcher.FAST", request.param)
        yield
