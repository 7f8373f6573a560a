import pytest

from rat.search.companions import Companions, name_of, subject_of


@pytest.mark.parametrize(
    ("test", "subject"),
    [
        ("tests/test_url.py", "url"),
        ("pkg/url_test.go", "url"),
        ("src/url.spec.ts", "url"),
        ("spec/url_spec.rb", "url"),
        ("src/test/java/UrlTest.java", "url"),
        ("tests/Support/OnceTest.php", "once"),
        ("tests/latest.py", "latest"),
        ("test/test_site.rb", "site"),
        ("mypy/test/testformatter.py", "formatter"),
    ],
)
def test_a_test_is_named_after_its_subject(test: str, subject: str) -> None:
    assert subject_of(test) == subject


def test_a_package_goes_by_the_name_of_its_folder() -> None:
    assert [name_of(path) for path in ("src/url/__init__.py", "web/diff/index.js", "src/URL.py")] == [
        "url",
        "diff",
        "url",
    ]


def test_the_tests_in_the_nearest_folders_come_first() -> None:
    companions = Companions(
        ["tests/web/test_url.py", "tests/core/test_url.py", "tests/core/test_other.py", "tests/url.bin"]
    )
    assert companions.tests_of("src/core/url.py") == ("tests/core/test_url.py", "tests/web/test_url.py")
    assert companions.tests_of("src/absent.py") == ()
